// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import static dev.ringside.flow.Destination.ring;
import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.aggregate.VirtualLinkAggregator;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.memory.Application;
import dev.ringside.memory.Block;
import dev.ringside.memory.BlockRequest;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.Quota;
import dev.ringside.memory.TransmitBuffer;
import dev.ringside.memory.TransmitBufferPolicies;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.migration.Migration;
import dev.ringside.migration.MigrationState;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Connection;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The races of the ten systems: two things that happen at one time, in the order that hurts. Each
 * lab is checked for its laws when it is closed.
 */
class RacesTest {

  // ---- check of a quota, and a block that is freed ----

  @Test
  void memory_that_is_freed_before_the_check_is_granted() {
    try (FaultLab test = FaultLab.open()) {
      Quota quota = test.lab.host().memory().reserveForApplication("app", bytes(3_000));
      Block held = quota.request(bytes(2_000)).block();
      test.faults.at(FaultPoints.BEFORE_GRANT).onCall(1).run(call -> held.release());

      BlockRequest request = quota.request(bytes(1_500));

      assertThat(request.isGranted()).isTrue();
      assertThat(quota.used()).isEqualTo(1_500);
    }
  }

  @Test
  void memory_that_is_freed_as_soon_as_somebody_waits_is_granted_all_the_same() {
    try (FaultLab test = FaultLab.open()) {
      Quota quota = test.lab.host().memory().reserveForApplication("app", bytes(3_000));
      Block held = quota.request(bytes(2_000)).block();
      test.faults.after(Quota::request).run(call -> held.release());

      BlockRequest request = quota.request(bytes(1_500));

      assertThat(request.isGranted()).as("no wake-up is lost").isTrue();
      assertThat(quota.used()).isEqualTo(1_500);
      assertThat(test.lab.waiters()).isEmpty();
    }
  }

  // ---- a function that is taken away, and its guest that sends ----

  static List<FaultPoint<?>> steps_of_a_failover() {
    return List.of(
        FaultPoints.BEFORE_UNMAP,
        FaultPoints.AFTER_UNMAP,
        FaultPoints.AFTER_DEACTIVATE,
        FaultPoints.AFTER_ACTIVATE,
        FaultPoints.AFTER_MAP);
  }

  @ParameterizedTest
  @MethodSource("steps_of_a_failover")
  void what_a_guest_sends_at_a_step_of_a_failover_arrives_once(FaultPoint<?> step) {
    try (FaultLab test =
        FaultLab.open(lab -> lab.host("h1").pnics(2).virtualFunctions(4).vms("web", "db"))) {
      VirtualMachine web = test.lab.vm("web");
      Fault race = test.faults.at(step).run(call -> sendTo(test, web));

      test.lab.host().pnic("p0").fail();

      assertThat(race.fired()).isPositive();
      assertThat(test.lab.wire().received().stream().filter(udp().port(53)::matches))
          .hasSize((int) race.fired());
      assertThat(web.directAccessThrough()).isEqualTo("p1");
    }
  }

  private static void sendTo(FaultLab test, VirtualMachine from) {
    from.send(udp().to(test.lab.wire()).port(53));
  }

  // ---- the list of NICs, and a connection that chooses from it ----

  @Test
  void a_connection_that_chooses_while_a_nic_leaves_is_on_one_that_stays() {
    try (FaultLab test =
        FaultLab.open(
            lab ->
                lab.host("h1")
                    .pnics(3)
                    .virtualFunctions(4)
                    .aggregation(Aggregation.ACTIVE_ACTIVE)
                    .vms("web"))) {
      VirtualMachine web = test.lab.vm("web");
      PacketSpec connection = udp().to(test.lab.wire()).fromPort(1_000).port(53);
      Packet first = web.send(connection);
      String before = web.aggregator().placement(Connection.of(first)).through();
      test.faults.before(VirtualLinkAggregator::leave).run(call -> web.send(connection));
      test.faults.after(VirtualLinkAggregator::leave).run(call -> web.send(connection));

      test.lab.host().pnic(before).fail();
      web.send(connection);

      assertThat(web.aggregator().ports()).doesNotContain(before).hasSize(2);
      assertThat(web.aggregator().placement(Connection.of(first)).through())
          .isIn(web.aggregator().ports());
      long lost = test.lab.ledger().dropped(DropReason.PNIC_FAILED);
      assertThat(test.lab.wire().received().stream().filter(connection::matches).count() + lost)
          .isEqualTo(2 + test.faults.planned().stream().mapToLong(Fault::fired).sum());
    }
  }

  // ---- a rule that is swapped, and a packet that is classified ----

  private static void fourRings(LabBuilder lab) {
    lab.host("h1")
        .pnics(1)
        .nic(NicConfig.DEFAULT.withReceiveRings(4))
        .vm(VmSpec.named("web").switched());
  }

  @Test
  void a_rule_that_is_swapped_after_classification_holds_for_the_next_packet() {
    try (FaultLab test = FaultLab.open(RacesTest::fourRings)) {
      PhysicalNic p0 = test.lab.host().pnic("p0");
      FlowTable table = p0.classifier().table();
      FlowEntry entry = table.insert(udp().port(53), ring(1));
      test.faults
          .at(FaultPoints.AFTER_CLASSIFY)
          .onCall(1)
          .run(call -> table.replace(entry, ring(2)));

      test.lab.wire().send(udp().to(test.lab.vm("web")).port(53), 2);

      assertThat(p0.receiveRing(1).received()).isEqualTo(1);
      assertThat(p0.receiveRing(2).received()).isEqualTo(1);
      assertThat(test.lab.vm("web").received()).hasSize(2);
    }
  }

  @Test
  void a_rule_that_is_swapped_before_classification_holds_for_the_packet() {
    try (FaultLab test = FaultLab.open(RacesTest::fourRings)) {
      PhysicalNic p0 = test.lab.host().pnic("p0");
      FlowTable table = p0.classifier().table();
      FlowEntry entry = table.insert(udp().port(53), ring(1));
      test.faults
          .at(FaultPoints.BEFORE_CLASSIFY)
          .onCall(1)
          .run(call -> table.replace(entry, ring(2)));

      test.lab.wire().send(udp().to(test.lab.vm("web")).port(53));

      assertThat(p0.receiveRing(1).received()).isZero();
      assertThat(p0.receiveRing(2).received()).isEqualTo(1);
    }
  }

  // ---- a target that is deleted, and a packet that waits for its memory ----

  private static Quota quotaWithOneWaiting(FaultLab test) {
    VirtualMachine web = test.lab.vm("vm1");
    Quota quota = test.lab.host().memory().reserve("vm1", bytes(3_000));
    test.lab.wire().send(udp().to(web).payloadSize(1_400), 3);
    assertThat(quota.isWaiting()).isTrue();
    return quota;
  }

  @Test
  void memory_that_is_freed_before_its_target_goes_is_granted_to_who_waits() {
    try (FaultLab test = FaultLab.open()) {
      Quota quota = quotaWithOneWaiting(test);
      test.faults.before(Quota::delete).run(call -> test.lab.vm("vm1").inbox().release(1));

      quota.delete();

      assertThat(test.lab.waiters()).isEmpty();
      assertThat(
              test.lab.vm("vm1").inbox().received()
                  + test.lab.ledger().dropped(DropReason.TARGET_GONE))
          .isEqualTo(3);
      test.lab.vm("vm1").inbox().release(3);
      assertThat(quota.used()).isZero();
    }
  }

  @Test
  void who_waits_for_a_target_that_goes_is_told_and_nothing_is_granted_afterwards() {
    try (FaultLab test = FaultLab.open()) {
      Quota quota = quotaWithOneWaiting(test);
      test.faults.after(Quota::delete).run(call -> test.lab.vm("vm1").inbox().release(1));

      quota.delete();

      assertThat(test.lab.waiters()).isEmpty();
      assertThat(test.lab.vm("vm1").inbox().received()).isEqualTo(2);
      assertThat(test.lab.ledger().dropped(DropReason.TARGET_GONE)).isEqualTo(1);
      test.lab.vm("vm1").inbox().release(2);
      assertThat(quota.used()).isZero();
    }
  }

  @Test
  void a_guest_that_goes_while_its_packet_waits_leaves_nobody_waiting() {
    try (FaultLab test = FaultLab.open()) {
      Quota unused = quotaWithOneWaiting(test);
      test.faults
          .before(Quota::delete)
          .run(call -> test.lab.wire().send(udp().to(test.lab.vm("vm2"))));

      test.lab.host().removeVm("vm1");

      assertThat(test.lab.waiters()).isEmpty();
      assertThat(test.lab.vm("vm2").received()).hasSize(1);
    }
  }

  // ---- a migration, and failovers of its hosts; announcements, and packets on their way ----

  private static void twoHosts(LabBuilder lab) {
    lab.host("h1").pnics(2).virtualFunctions(4).vms("web");
    lab.host("h2").pnics(2).virtualFunctions(4).vms("db");
  }

  static List<FaultPoint<?>> steps_of_a_migration() {
    return List.of(FaultPoints.BEFORE_SUSPEND, FaultPoints.AFTER_MOVE, FaultPoints.AFTER_RESUME);
  }

  @ParameterizedTest
  @MethodSource("steps_of_a_migration")
  void a_migration_outlives_a_failover_of_either_host(FaultPoint<?> step) {
    try (FaultLab test = FaultLab.open(RacesTest::twoHosts)) {
      VirtualMachine web = test.lab.vm("web");
      Host h2 = test.lab.host("h2");
      test.faults.at(step).onCall(1).run(call -> failBoth(test));

      Migration migration = test.lab.migrate(web).to(h2);

      assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
      assertThat(web.hostName()).isEqualTo("h2");
      assertThat(web.directAccessThrough()).isEqualTo("p1");
      test.lab.vm("db").send(udp().to(web).port(53));
      assertThat(web.received()).hasSize(1);
    }
  }

  private static void failBoth(FaultLab test) {
    test.lab.host("h1").pnic("p0").fail();
    test.lab.host("h2").pnic("p0").fail();
  }

  @ParameterizedTest
  @MethodSource("steps_of_a_migration")
  void what_is_sent_to_a_guest_on_the_move_arrives_once(FaultPoint<?> step) {
    try (FaultLab test = FaultLab.open(RacesTest::twoHosts)) {
      VirtualMachine web = test.lab.vm("web");
      web.announce(); // otherwise the switch outside floods what is for it
      Fault race = test.faults.at(step).run(call -> test.lab.wire().send(udp().to(web).port(53)));

      Migration migration = test.lab.migrate(web).to(test.lab.host("h2"));

      assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
      assertThat(race.fired()).isEqualTo(1);
      assertThat(web.received().stream().filter(udp().port(53)::matches)).hasSize(1);
    }
  }

  // ---- where an application is, and an application that moves ----

  @Test
  void an_application_that_moves_while_its_buffer_is_chosen_gets_one_of_either_node() {
    for (boolean before : new boolean[] {true, false}) {
      try (FaultLab test =
          FaultLab.open(lab -> lab.host("h1").vms("web").numa(NumaTopology.nodes(2).buffers(8)))) {
        TransmitBuffers pool =
            test.lab.host().transmitBuffers().policy(TransmitBufferPolicies.nearApp());
        Application app = pool.start("app", 0);
        FaultPoint<TransmitBuffers> reading =
            before
                ? FaultPoint.before(TransmitBuffers.class, buffers -> buffers.request(app))
                : FaultPoint.after(TransmitBuffers.class, buffers -> buffers.request(app));
        Fault race = test.faults.at(reading).run(call -> app.moveTo(1));

        TransmitBuffer buffer = pool.request(app).granted();

        assertThat(race.fired()).isEqualTo(1);
        assertThat(buffer.node()).isEqualTo(before ? 1 : 0);
        assertThat(pool.free()).isEqualTo(15);
        buffer.release();
        assertThat(pool.free()).isEqualTo(16);
      }
    }
  }
}
