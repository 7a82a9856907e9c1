// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.bridge.LearningSwitch;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a learning switch: a host's virtual switch, or the one outside.
 *
 * <pre>{@code
 * assertThat(lab.externalSwitch()).hasHeard(web).on("p1");
 * }</pre>
 */
public class SwitchAssert extends AbstractSwitchAssert<SwitchAssert, LearningSwitch> {

  /** Assertions about this one. */
  public SwitchAssert(@Nullable LearningSwitch actual) {
    super(actual, SwitchAssert.class);
  }
}
