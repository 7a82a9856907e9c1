// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.virt.VnicPath;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NoUplinkTest {

  private static final Duration STEP = Duration.ofMillis(1);

  @RegisterExtension final TestLabs labs = new TestLabs();

  /** A host whose aggregation takes time for each step of a failover. */
  private Lab stepByStep() {
    return labs.open(
        host ->
            host.pnics(2)
                .virtualFunctions(1)
                .vms("web")
                .aggregator(AggregatorConfig.DEFAULT.withStepDelay(STEP)));
  }

  private Lab withoutUplink() {
    Lab lab = labs.open();
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();
    return lab;
  }

  @Test
  void without_a_healthy_nic_mappings_are_gone_and_no_nic_is_active() {
    Lab lab = withoutUplink();

    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NO_UPLINK);
    assertThat(lab.host().aggregator().activeName()).isNull();
    assertThat(lab.vm("vm1").directAccessThrough()).isNull();
    assertThat(lab.host().vnic("vm1").path()).isEqualTo(VnicPath.SWITCHED);
    assertThat(lab.host().pnics()).noneMatch(nic -> nic.isActive());
    assertThat(lab.journal().events()).contains(Event.of(EventKind.NO_STANDBY, "aggr0"));
  }

  @Test
  void packets_for_the_network_are_dropped_for_want_of_an_uplink() {
    Lab lab = withoutUplink();

    lab.vm("vm1").send(number(1, lab.wire()));

    assertThat(lab.ledger().dropped(DropReason.NO_UPLINK)).isEqualTo(1);
    assertThat(losses(lab)).containsOnlyKeys(DropReason.NO_UPLINK);
    assertThat(lab.host().aggregator().held()).isZero();
  }

  @Test
  void guests_of_the_host_still_reach_each_other() {
    Lab lab = withoutUplink();
    VirtualMachine one = lab.vm("vm1");
    VirtualMachine two = lab.vm("vm2");

    one.ping(two);
    two.send(number(7, one));

    assertThat(one.received()).hasSize(2);
    assertThat(two.received()).hasSize(1);
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void what_was_held_is_dropped_when_no_nic_is_left() {
    Lab lab = stepByStep();
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();
    lab.advance(STEP);
    lab.vm("web").send(number(1, lab.wire()));
    assertThat(lab.host().aggregator().held()).isEqualTo(1);

    lab.advance(STEP);

    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NO_UPLINK);
    assertThat(lab.ledger().dropped(DropReason.NO_UPLINK)).isEqualTo(1);
    assertThat(lab.journal().events()).contains(Event.of(EventKind.HOLD_QUEUE_DROPPED, "1"));
  }

  @Test
  void the_first_nic_that_is_repaired_takes_over() {
    Lab lab = withoutUplink();

    lab.host().pnic("p1").repair();

    assertThat(lab.vm("vm1").directAccessThrough()).isEqualTo("p1");
    lab.host().pnic("p0").repair();
    assertThat(lab.host().aggregator().activeName()).isEqualTo("p1");
    lab.vm("vm1").send(number(1, lab.wire()));
    lab.wire().send(number(2, lab.vm("vm1")));
    assertThat(numbers(lab.wire().received())).containsExactly(1);
    assertThat(numbers(lab.vm("vm1").received())).containsExactly(2);
  }

  @Test
  void a_nic_that_is_added_takes_over() {
    Lab lab = withoutUplink();

    lab.host().addPnic();

    assertThat(lab.host().aggregator().memberNames()).containsExactly("p0", "p1", "p2");
    assertThat(lab.vm("vm1").directAccessThrough()).isEqualTo("p2");
    lab.wire().send(number(2, lab.vm("vm1")));
    assertThat(numbers(lab.vm("vm1").received())).containsExactly(2);
  }

  @Test
  void a_nic_that_is_added_to_a_healthy_host_stands_by() {
    Lab lab = labs.open();

    lab.host().addPnic();

    assertThat(lab.host().aggregator().activeName()).isEqualTo("p0");
    assertThat(lab.host().pnic("p2").isActive()).isFalse();
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();
    assertThat(lab.vm("vm1").directAccessThrough()).isEqualTo("p2");
  }

  @Test
  void an_up_delay_is_not_waited_for_without_an_uplink() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(1)
                    .vms("web")
                    .aggregator(AggregatorConfig.DEFAULT.withUpDelay(Duration.ofSeconds(5))));
    lab.host().pnic("p1").fail();
    lab.host().pnic("p1").repair();
    assertThat(lab.host().aggregator().isHealthy("p1")).isFalse();

    lab.host().pnic("p0").fail();

    assertThat(lab.host().aggregator().activeName()).isEqualTo("p1");
    lab.host().pnic("p1").fail();
    lab.host().pnic("p0").repair();
    assertThat(lab.host().aggregator().activeName()).isEqualTo("p0");
  }

  @Test
  void there_is_no_uplink_exactly_while_no_nic_is_healthy() {
    Lab lab = labs.open(host -> host.pnics(3).virtualFunctions(1).vms("web"));
    for (int healthy = 0; healthy < 8; healthy++) {
      for (int nic = 0; nic < 3; nic++) {
        if ((healthy >> nic & 1) == 0) {
          lab.host().pnic("p" + nic).fail();
        } else {
          lab.host().pnic("p" + nic).repair();
        }
      }
      assertThat(lab.host().aggregator().state() == AggregatorState.NO_UPLINK)
          .isEqualTo(healthy == 0);
      TestLabs.checkLaws(lab);
    }
  }

  @Test
  void nothing_is_told_of_a_hold_queue_that_has_held_nothing() {
    Lab lab = withoutUplink();
    lab.host().pnic("p1").repair();

    assertThat(lab.journal().events(EventKind.HOLD_QUEUE_DROPPED)).isEmpty();
    assertThat(lab.journal().events(EventKind.HOLD_QUEUE_FLUSHED)).isEmpty();
  }

  @Test
  void the_trace_of_a_packet_says_that_no_nic_is_active() {
    Lab lab = withoutUplink();

    assertThat(lab.trace(lab.vm("vm1").send(number(1, lab.wire()))).toString())
        .contains("DROPPED NO_UPLINK: aggr0 without an active NIC, 0 held");
  }

  @Test
  void packets_are_held_again_as_soon_as_a_nic_is_repaired() {
    Lab lab = stepByStep();
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();
    lab.advance(STEP.multipliedBy(3));
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NO_UPLINK);

    lab.host().pnic("p0").repair();
    lab.vm("web").send(number(1, lab.wire()));

    assertThat(lab.host().aggregator().held()).isEqualTo(1);
    lab.advance(STEP.multipliedBy(3));
    assertThat(numbers(lab.wire().received())).containsExactly(1);
  }

  @Test
  void with_all_nics_active_packets_are_held_too_until_one_takes_over() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(1)
                    .vms("web")
                    .portSelection(PortSelectionPolicies.roundRobin())
                    .aggregator(AggregatorConfig.DEFAULT.withStepDelay(STEP)));
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();
    lab.host().pnic("p0").repair();
    lab.advance(STEP);

    Packet held = lab.vm("web").send(number(1, lab.wire()));

    assertThat(lab.host().aggregator().held()).isEqualTo(1);
    assertThat(lab.trace(held).last().toString()).endsWith("held");
    lab.advance(STEP.multipliedBy(3));
    assertThat(numbers(lab.wire().received())).containsExactly(1);
    assertThat(lab.vm("web").directAccessThrough()).isEqualTo("p0");
  }
}
