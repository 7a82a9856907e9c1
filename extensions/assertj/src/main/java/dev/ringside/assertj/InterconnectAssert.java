// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.chassis.Interconnect;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about the interconnect of a chassis.
 *
 * <pre>{@code
 * assertThat(chassis.interconnect()).isWorking().droppedNothing();
 * }</pre>
 */
public class InterconnectAssert extends AbstractSwitchAssert<InterconnectAssert, Interconnect> {

  /** Assertions about this one. */
  public InterconnectAssert(@Nullable Interconnect actual) {
    super(actual, InterconnectAssert.class);
  }

  @Override
  protected String subject() {
    return "interconnect " + actual.name();
  }

  private InterconnectAssert isFailed(boolean wanted) {
    return verify(
        () ->
            actual.isFailed() == wanted
                ? null
                : new ShouldBe(
                    subject(),
                    wanted ? "failed" : "working",
                    wanted ? "working" : "failed",
                    evidence(),
                    actual.name()));
  }

  /**
   * That it carries frames.
   *
   * <pre>{@code
   * assertThat(interconnect).isWorking(); // passes
   * interconnect.fail();
   * assertThat(interconnect).isWorking(); // fails
   * }</pre>
   */
  public InterconnectAssert isWorking() {
    return isFailed(false);
  }

  /**
   * That it carries nothing.
   *
   * <pre>{@code
   * interconnect.fail();
   * assertThat(interconnect).isFailed(); // passes
   * }</pre>
   */
  public InterconnectAssert isFailed() {
    return isFailed(true);
  }
}
