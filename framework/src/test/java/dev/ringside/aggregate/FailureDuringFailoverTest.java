// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static dev.ringside.TestLabs.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens between two steps, the failover ends well. */
class FailureDuringFailoverTest {

  private static final Duration STEP = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(1);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab(int pnics) {
    return labs.open(
        host ->
            host.pnics(pnics)
                .virtualFunctions(3)
                .vms("a", "b")
                .aggregator(AggregatorConfig.DEFAULT.withStepDelay(STEP)));
  }

  private static void checkWorking(Lab lab, String through) {
    assertThat(lab.host().aggregator().activeName()).isEqualTo(through);
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NORMAL);
    for (VirtualMachine vm : lab.host().vms()) {
      assertThat(vm.directAccessThrough()).isEqualTo(through);
      vm.inbox().clear();
      lab.wire().inbox().clear();
      vm.send(number(9, lab.wire()));
      lab.wire().send(number(8, vm));
      assertThat(numbers(lab.wire().received())).containsExactly(9);
      assertThat(numbers(vm.received())).containsExactly(8);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void the_next_candidate_takes_over_if_the_chosen_one_fails_too(int steps) {
    Lab lab = lab(3);
    VirtualMachine a = lab.vm("a");
    lab.host().pnic("p0").fail();
    int next = 1;
    for (int step = 0; step < 12; step++) {
      if (step == steps) {
        lab.host().pnic("p1").fail();
      }
      a.send(number(next++, lab.wire()));
      lab.advance(STEP);
      TestLabs.checkLaws(lab);
    }

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, next - 1));
    assertThat(losses(lab)).isEmpty();
    checkWorking(lab, "p2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void without_another_candidate_there_is_no_uplink_until_one_is_repaired(int steps) {
    Lab lab = lab(2);
    lab.host().pnic("p0").fail();
    lab.advance(STEP.multipliedBy(steps));

    lab.host().pnic("p1").fail();
    lab.advance(LONG);
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NO_UPLINK);
    assertThat(lab.host().aggregator().activeName()).isNull();

    lab.host().pnic("p0").repair();
    lab.advance(LONG);
    checkWorking(lab, "p0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void the_failed_nic_may_be_repaired_between_any_two_steps(int steps) {
    Lab lab = lab(2);
    lab.host().pnic("p0").fail();
    lab.advance(STEP.multipliedBy(steps));
    lab.vm("a").send(number(1, lab.wire()));

    lab.host().pnic("p0").repair();
    lab.advance(LONG);

    assertThat(numbers(lab.wire().received())).containsExactly(1);
    // Before the choice it is a candidate like the others, and the first; after it, it stands by.
    checkWorking(lab, steps < 2 ? "p0" : "p1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void a_guest_may_be_removed_between_any_two_steps(int steps) {
    Lab lab = lab(2);
    lab.host().pnic("p0").fail();
    lab.advance(STEP.multipliedBy(steps));
    VirtualMachine a = lab.vm("a");
    lab.host().removeVm("a");
    lab.advance(LONG);

    checkWorking(lab, "p1");
    lab.wire().send(number(1, a));
    lab.vm("b").send(number(2, a));
    assertThat(a.received()).isEmpty();
    assertThat(lab.host().pnic("p1").virtualFunctions())
        .filteredOn(function -> function.owner() != null)
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void a_guest_may_be_added_between_any_two_steps(int steps) {
    Lab lab = lab(2);
    lab.host().pnic("p0").fail();
    lab.advance(STEP.multipliedBy(steps));

    VirtualMachine late = lab.host().addVm(VmSpec.named("late"));
    late.send(number(1, lab.wire()));
    lab.advance(LONG);

    assertThat(numbers(lab.wire().received())).containsExactly(1);
    checkWorking(lab, "p1");
    assertThat(lab.journal().events(EventKind.FUNCTION_MAPPED).subList(2, 5))
        .containsExactlyInAnyOrder(
            Event.functionMapped("a", "p1"),
            Event.functionMapped("b", "p1"),
            Event.functionMapped("late", "p1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void a_switch_by_hand_in_its_midst_is_taken_up(int steps) {
    Lab lab = lab(3);
    lab.host().pnic("p0").fail();
    lab.advance(STEP.multipliedBy(steps));

    lab.host().aggregator().switchTo("p2");
    lab.advance(LONG);

    checkWorking(lab, "p2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void a_primary_that_is_repaired_in_its_midst_becomes_active_again(int steps) {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(2)
                    .vms("a", "b")
                    .aggregator(
                        AggregatorConfig.DEFAULT
                            .withStepDelay(STEP)
                            .withPolicy(FailoverPolicies.primary("p0", PrimaryReselect.ALWAYS))));
    lab.host().pnic("p0").fail();
    lab.advance(STEP.multipliedBy(steps));

    lab.host().pnic("p0").repair();
    lab.advance(LONG);

    checkWorking(lab, "p0");
  }

  @Test
  void repeated_reports_change_nothing() {
    Lab lab = lab(3);
    lab.host().pnic("p0").fail();
    lab.host().pnic("p0").fail();
    lab.host().pnic("p0").linkDown();
    lab.cable("p0").unplug();
    lab.advance(LONG);
    List<Event> once = lab.journal().events(EventKind.PNIC_ACTIVATED);

    lab.host().pnic("p0").fail();
    lab.host().pnic("p0").hang();
    lab.advance(LONG);

    assertThat(lab.journal().events(EventKind.PNIC_ACTIVATED)).isEqualTo(once);
    assertThat(lab.journal().events(EventKind.FAILURE_DETECTED))
        .containsExactly(Event.failureDetected("p0"));
    checkWorking(lab, "p1");
  }

  @Test
  void a_report_for_a_deactivated_nic_only_marks_it_unusable() {
    Lab lab = lab(3);
    int before = lab.journal().events().size();

    lab.host().pnic("p1").fail();
    lab.advance(LONG);

    assertThat(lab.host().aggregator().isHealthy("p1")).isFalse();
    List<Event> after = lab.journal().events();
    assertThat(after.subList(before, after.size()))
        .containsExactly(Event.pnicFailed("p1"), Event.failureDetected("p1"));
    lab.host().pnic("p0").fail();
    lab.advance(LONG);
    checkWorking(lab, "p2");
  }

  @Test
  void a_nic_that_fails_while_what_was_held_is_flushed_hands_on_the_rest() {
    Lab lab = lab(3);
    for (String nic : List.of("p1", "p2")) {
      lab.cable(nic).toNetwork().setBandwidth(1_000_000);
    }
    lab.host().pnic("p0").fail();
    lab.advance(STEP);
    for (int i = 1; i <= 100; i++) {
      lab.vm("a").send(number(i, lab.wire()));
    }
    lab.advance(STEP.multipliedBy(8));
    assertThat(lab.host().aggregator().activeName()).isEqualTo("p1");
    assertThat(numbers(lab.wire().received())).hasSizeBetween(1, 99);

    lab.host().pnic("p1").fail();
    lab.advance(LONG);

    assertThat(numbers(lab.wire().received())).containsExactlyInAnyOrderElementsOf(range(1, 100));
    assertThat(losses(lab)).isEmpty();
    lab.cable("p2").toNetwork().setBandwidth(0);
    checkWorking(lab, "p2");
  }
}
