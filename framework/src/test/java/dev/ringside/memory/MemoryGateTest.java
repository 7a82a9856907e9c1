// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.migration.Migration;
import dev.ringside.migration.MigrationState;
import dev.ringside.packet.Packet;
import dev.ringside.ring.HoldingReceiver;
import dev.ringside.ring.PacketMemory;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Gates in front of virtual machines, and the rings of packet destinations at them. */
class MemoryGateTest extends QuotaOfPackets {

  private static final QuotaConfig IMPATIENT = QuotaConfig.DEFAULT.dropAfter(Duration.ofMillis(5));

  private MemoryPool pool() {
    return host.memory();
  }

  @Test
  void is_as_ready_as_the_stack_behind_it() {
    boolean[] ready = {true};
    HoldingReceiver stack =
        new HoldingReceiver() {
          @Override
          public boolean isReady() {
            return ready[0];
          }

          @Override
          public void accept(Packet packet) {}

          @Override
          public void accept(Packet packet, PacketMemory memory) {}
        };
    MemoryGate gate = pool().newGate("app", lab.ledger().open(Stage.SOFTWARE_RING, "app"), stack);

    assertThat(gate.isReady()).isTrue();
    assertThat(gate).hasToString("memory gate of app");
    ready[0] = false;
    assertThat(gate.isReady()).isFalse();
    assertThat(gate.takes(udp().to(web).toPacket(), null)).isFalse();
  }

  // ---- destinations ----

  @Test
  void an_assertion_of_a_matcher_that_fails_is_told_and_costs_the_packet() {
    pool().reserve("own", this::never, bytes(1_000));
    lab.expectDrops(DropReason.MALFORMED);

    assertThatThrownBy(() -> send(web, 10, 1))
        .isInstanceOf(AssertionError.class)
        .hasMessage("never a packet");
    assertThat(web.received()).isEmpty();
    assertThat(lab.ledger().dropped(DropReason.MALFORMED)).isEqualTo(1);
  }

  private boolean never(Packet packet) {
    throw new AssertionError("never a packet");
  }

  @Test
  void a_ring_of_a_destination_is_as_ready_as_its_machine_and_is_counted() {
    pool().reserve("dns", udp().port(53), bytes(1_500));
    send(web, 1_400, 3);
    TargetRing ring = pool().rings("dns").get(0);

    assertThat(ring.isReady()).isTrue();
    web.pause();
    assertThat(ring.isReady()).isFalse();
    web.resume();
    assertThat(ring.world()).isSameAs(lab.world());
    assertThat(ring.quota()).isSameAs(pool().quota("dns"));
    assertThat(ring.live()).isEqualTo(2);
    assertThat(ring.account().received()).isEqualTo(3);
    assertThat(ring.account().sent()).isEqualTo(1);
    assertThat(lab.trace(web.received().get(0)).hops())
        .anySatisfy(hop -> assertThat(hop.place()).isEqualTo("vm1/dns"));
    assertThat(lab.journal().events(EventKind.RING_MODE))
        .anySatisfy(event -> assertThat(event.toString()).contains("vm1/dns/rx"));
  }

  @Test
  void a_machine_that_has_used_up_its_own_memory_gets_what_destinations_pay_for() {
    Quota own = pool().reserve("vm1", bytes(1_500));
    send(web, 1_400, 1);
    Quota dns = pool().reserve("dns", udp().port(53), bytes(1_500));
    send(web, 1_400, 1);

    assertThat(web.received()).hasSize(2);
    assertThat(own.used()).isEqualTo(1_442);
    assertThat(dns.used()).isEqualTo(1_442);
    assertThat(own.isWaiting()).isFalse();
  }

  @Test
  void what_waits_too_long_for_a_destination_is_dropped_there() {
    Quota dns = pool().reserve("dns", udp().port(53), bytes(1_500), IMPATIENT);
    lab.expectDrops(DropReason.OVER_QUOTA);
    send(web, 1_400, 3);
    TargetRing ring = pool().rings("dns").get(0);
    assertThat(dns.waits()).isEqualTo(1);

    lab.advance(Duration.ofMillis(5));

    assertThat(ring.account().dropped(DropReason.OVER_QUOTA)).isEqualTo(1);
    assertThat(ring.live()).isEqualTo(1);
    assertThat(lab.journal().events(EventKind.REQUEST_CANCELLED)).hasSize(1);
    assertThat(lab.journal().entries().toString())
        .contains(
            "vm1/dns/rx: 1442 bytes did not fit within PT0.005S: dns uses 1442 of 1500 bytes");
  }

  @Test
  void what_waits_for_a_destination_ends_with_its_machine() {
    Quota dns = pool().reserve("dns", udp().port(53), bytes(1_500));
    lab.expectDrops(DropReason.TARGET_GONE);
    send(web, 1_400, 3);
    host.removeVm("vm1");

    assertThat(lab.ledger().dropped(DropReason.TARGET_GONE)).isGreaterThanOrEqualTo(2);
    assertThat(pool().rings("dns")).isEmpty();
    assertThat(dns.isWaiting()).isFalse();
    assertThat(dns.used()).isZero();
  }

  // ---- quotas ----

  @Test
  void what_has_no_quota_is_refused_also_where_nobody_has_one() {
    pool().refuseOthers(true);
    lab.expectDrops(DropReason.NO_TARGET);
    send(web, 10, 1);

    assertThat(web.received()).isEmpty();
    assertThat(lab.ledger().dropped(DropReason.NO_TARGET)).isEqualTo(1);
  }

  @Test
  void memory_for_code_of_your_own_puts_no_gate_before_the_machines() {
    Quota own = pool().reserveForApplication("vm1", bytes(100));
    send(web, 1_400, 2);

    assertThat(web.received()).hasSize(2);
    assertThat(web.inbox().held()).isZero();
    assertThat(own.grants()).isZero();
  }

  @Test
  void a_quota_that_is_only_named_others_pays_for_nobody_else() {
    Quota named = pool().reserveForApplication("others", bytes(100));
    Quota own = pool().reserve("vm1", bytes(3_000));
    send(web, 1_400, 1);
    send(db, 1_400, 2);

    assertThat(db.received()).hasSize(2);
    assertThat(named.grants()).isZero();
    assertThat(own.grants()).isEqualTo(1);
    named.delete();
    Quota others = pool().reserveForOthers(bytes(3_000));
    send(db, 1_400, 1);
    assertThat(others.grants()).isEqualTo(1);
    others.delete();
    send(db, 1_400, 1);
    assertThat(db.received()).hasSize(4);
  }

  @Test
  void packets_that_a_deleted_quota_drops_are_no_finding() {
    Quota quota = pool().reserve("vm1", bytes(1_500));
    send(web, 1_400, 2);
    quota.delete();
    web.inbox().clear();

    assertThat(lab.ledger().dropped(DropReason.TARGET_GONE)).isEqualTo(1);
    assertThat(LabSession.of(lab).findings()).isEmpty();
  }

  @Test
  void memory_that_a_paused_machine_did_not_take_was_not_granted() {
    Quota quota = pool().reserve("vm1", bytes(1_500));
    send(web, 1_400, 3);
    web.pause();
    web.inbox().release(1);
    assertThat(quota.grants()).isEqualTo(1);
    assertThat(quota.live()).isZero();
    web.resume();
    assertThat(quota.grants()).isEqualTo(2);
  }

  @Test
  void a_machine_of_the_same_name_begins_without_a_quota() {
    Quota former = pool().reserve("vm1", bytes(1_500));
    host.removeVm("vm1");
    web = host.addVm(VmSpec.named("vm1"));
    send(web, 1_400, 3);

    assertThat(web.received()).hasSize(3);
    assertThat(former.grants()).isZero();
    assertThat(pool().hasQuota("vm1")).isFalse();
  }

  // ---- from host to host ----

  @Test
  void a_machine_that_moves_takes_its_quota_with_it() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder chassis = builder.chassis("c1");
    chassis.blade("b1").virtualFunctions(0).memory(bytes(4_000)).vms("web", "db");
    chassis.blade("b2").virtualFunctions(0).memory(bytes(4_000));
    Lab moving = builder.open();
    MemoryPool source = moving.blade("b1").memory();
    MemoryPool target = moving.blade("b2").memory();
    Quota quota = source.reserve("web", bytes(3_000));
    Quota ofDb = source.reserve("db", bytes(500));
    Migration migration = moving.migrate(moving.vm("web")).to(moving.blade("b2"));

    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(target.quotas()).containsExactly(quota);
    assertThat(source.quotas()).containsExactly(ofDb);
    assertThat(source.unassigned()).isEqualTo(3_500);
    assertThat(target.unassigned()).isEqualTo(1_000);
    moving.vm("db").send(udp().to(moving.vm("web")).port(53).payloadSize(1_400));
    assertThat(quota.used()).isPositive();
    assertThat(quota.isDeleted()).isFalse();
    quota.delete();
    moving.vm("web").inbox().clear();
    assertThat(target.unassigned()).isEqualTo(4_000);
    moving.close();
  }
}
