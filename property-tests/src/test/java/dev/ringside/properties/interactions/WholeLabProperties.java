// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.interactions;

import dev.ringside.jqwik.system.LabActions;
import dev.ringside.jqwik.system.LabPlan;
import dev.ringside.jqwik.system.LabPlans;
import dev.ringside.jqwik.system.LabRun;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

/** Rule 19: whatever is composed, each packet has one fate, and each flow its order. */
class WholeLabProperties {

  private static final int STEPS = 50;

  @Provide
  Arbitrary<LabPlan> calm() {
    return LabPlans.calm();
  }

  @Provide
  Arbitrary<LabPlan> any() {
    return LabPlans.any();
  }

  @Provide
  Arbitrary<ActionChain<LabRun>> chains() {
    return LabActions.chains().withMaxTransformations(STEPS).dontShrink();
  }

  @Property(tries = 300)
  void rule_19_a_lab_in_which_all_is_over_at_once_does_what_its_twin_says(
      @ForAll("calm") LabPlan lab, @ForAll("chains") ActionChain<LabRun> chain) {
    LabActions.run(chain, () -> LabRun.of(lab)).close();
  }

  @Property(tries = 300)
  void rule_19_conservation_and_order_hold_in_any_composition(
      @ForAll("any") LabPlan lab, @ForAll("chains") ActionChain<LabRun> chain) {
    LabActions.run(chain, () -> LabRun.of(lab)).close();
  }
}
