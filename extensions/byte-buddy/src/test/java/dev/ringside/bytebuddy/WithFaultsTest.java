// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.ringside.Lab;
import dev.ringside.junit.jupiter.HostSpec;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.lifecycle.UncleanLabError;
import dev.ringside.nic.PhysicalNic;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

@ExtendWith(RingsideExtension.class)
class WithFaultsTest {

  @Test
  @WithFaults
  void a_test_gets_the_faults_of_its_lab(Lab lab, PhysicalNic nic, Faults faults) {
    assertThat(Faults.of(lab)).isSameAs(faults);
    faults.before(PhysicalNic::repair).drop();

    nic.fail();
    nic.repair();
    assertThat(nic.isFailed()).isTrue();
  }

  @Test
  void other_tests_have_labs_without(Lab lab) {
    assertThat(lab.world().partsSource()).isNull();
  }

  @WithFaults
  @HostSpec(name = "outer", pnics = 1)
  @Nested
  class OnTheClass {
    @Test
    void holds_for_all_tests_and_leaves_their_topology_alone(Lab lab, Faults faults) {
      assertThat(lab.host().name()).isEqualTo("outer");
      assertThat(faults.planned()).isEmpty();
    }

    @Test
    @HostSpec(name = "inner", pnics = 1)
    void holds_for_tests_with_a_topology_of_their_own(Lab lab, Faults faults) {
      assertThat(lab.host().name()).isEqualTo("inner");
      assertThat(Faults.of(lab)).isSameAs(faults);
    }
  }

  // ---- what fails ----

  @ExtendWith(RingsideExtension.class)
  static class Without {
    @Test
    void test(Faults faults) {}
  }

  @WithFaults
  @ExtendWith(RingsideExtension.class)
  static class Unused {
    @Test
    void test(Faults faults) {
      Fault unused = faults.before(PhysicalNic::repair).drop();
    }
  }

  @Test
  void faults_of_a_lab_without_are_refused() {
    run(Without.class)
        .assertThatEvents()
        .haveExactly(
            1,
            finishedWithFailure(
                instanceOf(ParameterResolutionException.class),
                message(
                    text ->
                        text.endsWith(
                            " of Without.test: the lab was opened without Faults; say"
                                + " @LabParts(Faults.class) on the test or its class"))));
  }

  @Test
  void a_fault_that_never_fires_fails_the_test() {
    run(Unused.class)
        .assertThatEvents()
        .haveExactly(
            1,
            finishedWithFailure(
                instanceOf(UncleanLabError.class),
                message(
                    """
                    the test leaves its lab unclean
                    - unused faults: fault 'before PhysicalNic.repair: drop' never fired; no call matched
                      let the test cause what the fault is for, take it away, or make it lenient()
                    Replay with @LabSeed(0x5eedL)""")));
  }

  private static Events run(Class<?> test) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
        .selectors(selectClass(test))
        .execute()
        .testEvents();
  }
}
