// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.interactions;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.flow.Destination.drop;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.properties.interactions.InteractionLabs.LARGE;
import static dev.ringside.properties.interactions.InteractionLabs.large;
import static dev.ringside.properties.interactions.InteractionLabs.numbers;
import static dev.ringside.properties.interactions.InteractionLabs.small;

import dev.ringside.Lab;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.flow.FlowTable;
import dev.ringside.host.Host;
import dev.ringside.host.HostBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.memory.ChargedConsumer;
import dev.ringside.memory.Quota;
import dev.ringside.monitor.Monitor;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.packet.UdpSpec;
import dev.ringside.steering.Containment;
import dev.ringside.steering.ContainmentPolicy;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules 3 to 6: what the containing of an attack does to the other systems, and they to it. */
class SteeringRulesTest {

  private static final UdpSpec ATTACK = udp().port(666);
  private static final Duration TICK = Duration.ofMillis(1);

  @RegisterExtension private final InteractionLabs labs = new InteractionLabs();

  private static HostBuilder redundant(HostBuilder host) {
    return host.pnics(2).virtualFunctions(2).vms("web", "db");
  }

  // ---- rule 3: attacks and virtual functions ----

  @Test
  void rule_03_steering_on_the_card_covers_traffic_of_functions_that_the_host_never_sees() {
    Lab lab = labs.open(SteeringRulesTest::redundant);
    lab.host().steering().contain(ATTACK);
    PhysicalNic p0 = lab.host().pnic("p0");

    Packet attack = lab.wire().send(small(666, lab.vm("web")));
    Packet good = lab.wire().send(small(667, lab.vm("web")));

    assertThat(lab.trace(attack))
        .reached(Stage.STANDBY_RING, "p0/standby0")
        .neverPassed(Stage.VIRTUAL_FUNCTION, Stage.VNIC, Stage.VIRTUAL_SWITCH);
    assertThat(lab.trace(good)).neverPassed(Stage.STANDBY_RING).wasDelivered();
    assertThat(p0.boundFunctions().get(0)).isBoundTo("web").received(1);
    assertThat(p0.receiveRing(0).received()).as("rings of the host").isZero();
    assertThat(p0.standbyRing().interrupts()).isZero();
    assertThat(p0.standbyRing().packets()).hasSize(1);
  }

  @Test
  void rule_03_the_signature_is_on_every_active_pnic() {
    Lab lab =
        labs.open(h -> redundant(h).pnics(3).portSelection(PortSelectionPolicies.roundRobin()));
    Containment containment = lab.host().steering().contain(ATTACK);
    assertThat(containment).isIn("p0/standby0", "p1/standby0", "p2/standby0");

    for (int i = 1; i <= 40; i++) {
      lab.wire().send(small(666, lab.vm("web")).fromPort(i));
    }

    assertThat(containment).contained(40);
    assertThat(lab.host().pnics()).allMatch(nic -> nic.standbyRing().size() > 0);
    assertThat(lab.vm("web")).receivedNothing();
    PhysicalNic late = lab.host().addPnic();
    assertThat(late.classifier().steering()).hasSize(1);
  }

  @Test
  void rule_03_it_is_installed_on_the_next_pnic_before_functions_are_mapped_so_nothing_leaks() {
    Lab lab = labs.open(SteeringRulesTest::redundant);
    Host host = lab.host();
    host.aggregator().configure(AggregatorConfig.DEFAULT.withStepDelay(TICK));
    host.steering().contain(ATTACK);

    host.pnic("p0").fail();
    for (int i = 0; i < 100; i++) {
      lab.wire().send(small(666, lab.vm("web")));
      lab.advance(TICK.dividedBy(10));
    }

    assertThat(lab.journal())
        .containsInOrder(
            Event.containmentInstalled("udp port 666", "p1"),
            Event.pnicActivated("p1"),
            Event.functionMapped("web", "p1"));
    assertThat(lab.vm("web")).hasDirectAccessThrough("p1").receivedNothing();
    assertThat(host.pnic("p1").standbyRing().size()).isPositive();
  }

  @Test
  void rule_03_a_standby_ring_is_of_its_pnic_and_its_content_is_lost_with_it() {
    Lab lab = labs.open(SteeringRulesTest::redundant);
    lab.host().steering().contain(ATTACK);
    PhysicalNic p0 = lab.host().pnic("p0");
    for (int i = 0; i < 7; i++) {
      lab.wire().send(small(666, lab.vm("web")));
    }

    p0.fail();

    assertThat(p0.standbyRing().packets()).isEmpty();
    assertThat(p0.standbyRing().account().dropped(DropReason.PNIC_FAILED)).isEqualTo(7);
    assertThat(lab.host().pnic("p1").standbyRing().packets()).isEmpty();
  }

  // ---- rule 4: attacks and quotas ----

  @Test
  void rule_04_contained_packets_ask_for_no_memory() {
    Lab lab = labs.open(SteeringRulesTest::redundant);
    Quota quota = lab.host().memory().reserve("web", bytes(2 * LARGE));
    lab.host().steering().contain(ATTACK);
    for (int i = 0; i < 9; i++) {
      lab.wire().send(large(666, lab.vm("web")));
    }

    assertThat(quota).hasUsed(0).hasLive(0).isNotWaiting().hasNeverUsedMoreThan(0);
    assertThat(quota.grants()).isZero();
    lab.wire().send(large(1, lab.vm("web")));
    assertThat(quota).hasUsed(LARGE);
  }

  @Test
  void rule_04_with_low_priority_the_quarantine_is_charged_and_never_the_victim() {
    Lab lab = labs.open(SteeringRulesTest::redundant);
    List<Packet> seen = new ArrayList<>();
    Quota victim = lab.host().memory().reserve("web", bytes(2 * LARGE));
    Quota quarantine = lab.host().memory().reserveForApplication("quarantine", bytes(3 * LARGE));
    ChargedConsumer consumer = quarantine.inFrontOf(seen::add);
    lab.host().steering().contain(ATTACK, ContainmentPolicy.lowPriority(9, TICK, consumer));
    for (int i = 0; i < 5; i++) {
      lab.wire().send(large(666, lab.vm("web")));
    }
    lab.advance(TICK);

    assertThat(seen).hasSize(3);
    assertThat(quarantine).hasUsed(3 * LARGE).hasLive(3);
    consumer.release(2);
    lab.advance(TICK);
    assertThat(seen).hasSize(5);
    assertThat(victim).hasUsed(0).hasNeverUsedMoreThan(0).isNotWaiting();
    assertThat(victim.grants()).isZero();
    assertThat(lab.vm("web")).receivedNothing();
  }

  // ---- rule 5: attacks and flow tables ----

  @Test
  void rule_05_a_signature_is_the_first_entry_and_leads_to_the_standby_ring() {
    Lab lab = labs.open(h -> redundant(h).nic(NicConfig.DEFAULT.withStandbyRings(2)));
    lab.host().steering().contain(udp().port(665));
    lab.host().steering().contain(ATTACK);
    PhysicalNic p0 = lab.host().pnic("p0");
    FlowTable steering = p0.classifier().steering();

    assertThat(steering.entries().get(0)).hasToString("udp port 666 -> ring p0/standby1");
    assertThat(steering)
        .classifying(small(666, lab.vm("web")).toPacket())
        .walked("0")
        .endsIn(ring(p0.standbyRing(1)));
  }

  @Test
  void rule_05_destinations_behind_sub_tables_are_covered_since_the_signature_is_met_first() {
    Lab lab = labs.open(SteeringRulesTest::switched);
    VirtualMachine web = lab.vm("web");
    PhysicalNic p0 = lab.host().pnic("p0");
    p0.classifier()
        .table()
        .append(udp().to(web), subTable(sub -> sub.append(udp().port(666), ring(2))));
    lab.wire().send(small(666, web));
    assertThat(p0.receiveRing(2).received()).isEqualTo(1);

    lab.host().steering().contain(ATTACK);
    lab.wire().send(small(666, web));
    lab.wire().send(small(666, lab.vm("db")));

    assertThat(p0.standbyRing().packets()).hasSize(2);
    assertThat(p0.receiveRing(2).received()).isEqualTo(1);
    assertThat(numbers(web.received())).containsExactly(666);
    assertThat(lab.vm("db")).receivedNothing();
  }

  @Test
  void rule_05_a_rule_inside_a_sub_table_covers_the_destination_of_that_sub_table_only() {
    Lab lab = labs.open(SteeringRulesTest::switched);
    PhysicalNic p0 = lab.host().pnic("p0");
    p0.classifier()
        .table()
        .append(
            udp().to(lab.vm("web")),
            subTable(
                sub -> {
                  sub.append(udp().port(666), drop());
                  sub.setDefault(ring(1));
                }));

    for (int number : new int[] {666, 667}) {
      lab.wire().send(small(number, lab.vm("web")));
      lab.wire().send(small(number, lab.vm("db")));
    }

    assertThat(numbers(lab.vm("web").received())).containsExactly(667);
    assertThat(numbers(lab.vm("db").received())).containsExactly(666, 667);
    assertThat(p0.account().dropped(DropReason.FLOW_RULE)).isEqualTo(1);
  }

  private static HostBuilder switched(HostBuilder host) {
    return host.nic(NicConfig.DEFAULT.withReceiveRings(4))
        .vm(VmSpec.named("web").switched())
        .vm(VmSpec.named("db").switched());
  }

  // ---- rule 6: attacks and monitors ----

  @Test
  void rule_06_what_matches_both_is_contained_whichever_was_there_first() {
    for (boolean monitorFirst : new boolean[] {true, false}) {
      Lab lab = labs.open(SteeringRulesTest::redundant);
      if (!monitorFirst) {
        lab.host().steering().contain(ATTACK);
      }
      Monitor monitor = lab.host().monitor(udp(), userMemory(slots(8)));
      if (monitorFirst) {
        lab.host().steering().contain(ATTACK);
      }

      lab.wire().send(small(666, lab.vm("web")));
      lab.wire().send(small(667, lab.vm("web")));

      assertThat(monitor).captured(1).captured(udp().port(667)).neverCaptured(ATTACK);
      assertThat(lab.host().pnic("p0").standbyRing().packets()).hasSize(1);
    }
  }

  @Test
  void rule_06_a_sample_of_the_standby_ring_may_be_mirrored_and_still_nothing_reaches_the_host() {
    Lab lab = labs.open(SteeringRulesTest::redundant);
    Monitor monitor = lab.host().monitor(udp(), userMemory(slots(16)));
    lab.host().steering().contain(ATTACK);
    monitor.sampleContained(2, TICK);

    for (int i = 0; i < 5; i++) {
      lab.wire().send(small(666, lab.vm("web")));
    }
    assertThat(monitor).captured(2);
    lab.advance(TICK);
    for (int i = 0; i < 5; i++) {
      lab.wire().send(small(666, lab.vm("web")));
    }

    assertThat(monitor).captured(4).lostNothing();
    assertThat(lab.host().pnic("p0").standbyRing().packets()).hasSize(10);
    assertThat(lab.vm("web")).receivedNothing();
    assertThat(lab.vm("web").stack().account().received()).isZero();
  }
}
