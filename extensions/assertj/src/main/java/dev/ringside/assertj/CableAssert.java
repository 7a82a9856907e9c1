// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHold;
import dev.ringside.trace.Account;
import dev.ringside.wire.Cable;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a cable.
 *
 * <pre>{@code
 * assertThat(lab.cable("p0")).isUp().carried(3);
 * }</pre>
 */
public class CableAssert extends AbstractDropperAssert<CableAssert, Cable> {

  /** Assertions about this one. */
  public CableAssert(@Nullable Cable actual) {
    super(actual, CableAssert.class);
  }

  @Override
  protected Account account() {
    return actual.account();
  }

  @Override
  protected String subject() {
    return "cable " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  /**
   * That it carries a signal.
   *
   * <pre>{@code
   * assertThat(cable).isUp(); // passes
   * cable.unplug();
   * assertThat(cable).isUp(); // fails
   * }</pre>
   */
  public CableAssert isUp() {
    return verify(
        () ->
            actual.isUp()
                ? null
                : new ShouldBe(
                    subject(), "plugged in", "unplugged", evidence(), "cable " + actual.name()));
  }

  /**
   * That it carries no signal.
   *
   * <pre>{@code
   * assertThat(cable).isUnplugged(); // fails
   * cable.unplug();
   * assertThat(cable).isUnplugged(); // passes
   * }</pre>
   */
  public CableAssert isUnplugged() {
    return verify(
        () ->
            !actual.isUp()
                ? null
                : new ShouldBe(
                    subject(), "unplugged", "plugged in", evidence(), "cable " + actual.name()));
  }

  /**
   * That so many packets have arrived through it, both directions together.
   *
   * <pre>{@code
   * assertThat(cable).carried(3); // passes
   * assertThat(cable).carried(4); // fails
   * }</pre>
   */
  public CableAssert carried(long packets) {
    return verifyCount("carried", packets, () -> actual.account().sent());
  }

  /**
   * That so many packets are under way in it.
   *
   * <pre>{@code
   * assertThat(cable).holds(0); // passes
   * assertThat(cable).holds(1); // fails
   * }</pre>
   */
  public CableAssert holds(long packets) {
    return verify(
        () ->
            actual.live() == packets
                ? null
                : new ShouldHold(
                    subject(),
                    packets + (packets == 1 ? " packet" : " packets"),
                    actual.live(),
                    actual,
                    evidence()));
  }
}
