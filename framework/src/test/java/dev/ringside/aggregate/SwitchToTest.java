// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static dev.ringside.TestLabs.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.trace.EventKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Making another NIC the active one by hand. */
class SwitchToTest {

  private static final Duration STEP = Duration.ofMillis(1);

  @RegisterExtension final TestLabs labs = new TestLabs();

  @Test
  void direct_access_follows_and_the_former_nic_stands_by() {
    Lab lab = labs.open();

    lab.host().aggregator().switchTo("p1");

    assertThat(lab.vm("vm1").directAccessThrough()).isEqualTo("p1");
    assertThat(lab.host().pnic("p0").isActive()).isFalse();
    assertThat(lab.host().aggregator().isHealthy("p0")).isTrue();
    assertThat(lab.journal().events(EventKind.FAILURE_DETECTED)).isEmpty();
  }

  @Test
  void nothing_is_lost_in_either_direction_at_any_step() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(2)
                    .vms("a")
                    .aggregator(AggregatorConfig.DEFAULT.withStepDelay(STEP)));
    lab.vm("a").announce();
    for (int i = 1; i <= 20; i++) {
      lab.vm("a").send(number(i, lab.wire()));
      lab.wire().send(number(i, lab.vm("a")));
      if (i == 5) {
        lab.host().aggregator().switchTo("p1");
      } else if (i == 12) {
        lab.host().aggregator().switchTo("p0");
      }
      lab.advance(STEP.dividedBy(2));
    }
    lab.advance(Duration.ofSeconds(1));

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 20));
    assertThat(numbers(lab.vm("a").received())).isEqualTo(range(1, 20));
    assertThat(losses(lab)).isEmpty();
    assertThat(lab.vm("a").directAccessThrough()).isEqualTo("p0");
  }

  /** The ring of p1 takes both announcements and two packets; the others stay where they are. */
  @Test
  void a_nic_that_hangs_before_all_held_packets_are_sent_can_be_left() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .nic(NicConfig.DEFAULT.withVirtualFunctions(0).withRingCapacity(6))
                    .vms("a"));
    PhysicalNic p0 = lab.host().pnic("p0");
    lab.cable("p0").toNetwork().setBandwidth(1_000);
    for (int i = 1; i <= 7; i++) { // the first is on its way, the others wait
      lab.vm("a").send(number(i, lab.wire()));
    }
    lab.host().pnic("p1").hang();
    p0.fail();
    lab.cable("p0").toNetwork().setBandwidth(0);
    p0.repair();

    lab.host().aggregator().switchTo("p0");

    assertThat(lab.host().aggregator().activeName()).isEqualTo("p0");
    lab.advance(Duration.ofSeconds(10));
    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 7));
  }

  /** The ring of p1 takes the four announcements, and of what was held two packets. */
  @Test
  void guests_stay_switched_until_the_next_nic_has_taken_all_held_packets() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .nic(NicConfig.DEFAULT.withVirtualFunctions(2).withRingCapacity(6))
                    .vms("a", "b"));
    lab.host().pnic("p0").hang();
    for (int i = 1; i <= 6; i++) {
      lab.vm("a").send(number(i, lab.wire()));
    }
    PhysicalNic p1 = lab.host().pnic("p1");
    p1.hang();
    lab.host().aggregator().switchTo("p1");

    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.SWAPPED);
    assertThat(lab.vm("a").directAccessThrough()).isNull();
    lab.vm("a").send(number(7, lab.vm("b")));
    assertThat(numbers(lab.vm("b").received())).isEqualTo(range(7, 7));

    p1.repair();

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 6));
    assertThat(lab.vm("a").directAccessThrough()).isEqualTo("p1");
  }

  @Test
  void switching_to_the_active_one_does_nothing() {
    Lab lab = labs.open();
    int before = lab.journal().size();

    lab.host().aggregator().switchTo("p0");

    assertThat(lab.journal().size()).isEqualTo(before);
  }

  @Test
  void the_target_may_fail_on_the_way() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(3)
                    .virtualFunctions(2)
                    .vms("a")
                    .aggregator(AggregatorConfig.DEFAULT.withStepDelay(STEP)));
    lab.host().aggregator().switchTo("p2");
    lab.host().pnic("p2").fail();
    lab.advance(Duration.ofSeconds(1));

    assertThat(lab.vm("a").directAccessThrough()).isEqualTo("p0");
  }

  @Test
  void only_a_healthy_member_can_be_switched_to() {
    Lab lab = labs.open();
    lab.host().pnic("p1").fail();

    assertThatThrownBy(() -> lab.host().aggregator().switchTo("p1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot switch aggr0 to p1, which is not healthy; repair it first");
    assertThatThrownBy(() -> lab.host().aggregator().switchTo("p7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no PNIC named 'p7' in aggr0 of host h1; it has [p0, p1]");
    assertThatThrownBy(() -> lab.host().aggregator().isHealthy("p7"))
        .hasMessage("no PNIC named 'p7' in aggr0 of host h1; it has [p0, p1]");
  }

  @Test
  void an_aggregator_tells_its_state_in_one_line() {
    Lab lab = labs.open();

    assertThat(lab.host().aggregator()).hasToString("aggr0 (NORMAL, active p0, 0 held)");
  }
}
