// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.monitor.Monitor;
import dev.ringside.packet.Packet;
import dev.ringside.ring.RingMode;
import dev.ringside.ring.Waiter;
import dev.ringside.steering.ContainmentPolicy;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a host's memory is reserved for. */
class MemoryPoolTest {

  private final Lab lab = open();
  private final Host host = lab.host();
  private final MemoryPool pool = host.memory();
  private final VirtualMachine web = host.vm("web");
  private final VirtualMachine db = host.vm("db");

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").virtualFunctions(4).vms("web", "db").memory(bytes(10_000));
    return builder.open();
  }

  @AfterEach
  void check() {
    assertThat(lab.ledger().violations()).isEmpty();
    lab.close();
  }

  private void send(VirtualMachine to, int port, int size, int packets) {
    lab.wire().send(udp().to(to).port(port).payloadSize(size), packets);
  }

  // ---- reserving ----

  @Test
  void knows_its_quotas_and_what_is_left() {
    Quota quota = pool.reserve("web", bytes(3_000));
    pool.reserve("dns", udp().port(53), bytes(1_000));

    assertThat(pool.total()).isEqualTo(10_000);
    assertThat(pool.unassigned()).isEqualTo(6_000);
    assertThat(pool.quota("web")).isSameAs(quota);
    assertThat(pool.quotas()).extracting(Quota::name).containsExactly("web", "dns");
    assertThat(pool).hasToString("memory of h1: 6000 of 10000 bytes unassigned, [web, dns]");
    assertThatThrownBy(() -> pool.quota("app"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no quota named 'app' on host h1; it has [web, dns]");
  }

  @Test
  void refuses_what_it_has_not_left() {
    assertThatThrownBy(() -> pool.reserve("web", bytes(10_001)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "host h1 has 10000 of 10000 bytes of memory left, web wants 10001; build it with more");
    assertThat(pool.quotas()).isEmpty();
    pool.reserve("web", bytes(10_000));
    assertThat(pool.unassigned()).isZero();
  }

  @Test
  void refuses_unknown_machines_and_second_quotas() {
    assertThatThrownBy(() -> pool.reserve("app", bytes(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no VM named 'app' on host h1 to reserve memory for; it has [web, db]; say which"
                + " packets, or reserveForApplication");
    pool.reserve("web", bytes(1));
    assertThatThrownBy(() -> pool.reserve("web", udp().port(53), bytes(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "host h1 has a quota of web: 0 of 1 byte in use by 0; delete() it first, or change its"
                + " limit");
    assertThatThrownBy(() -> pool.reserveForApplication(" ", bytes(1)))
        .hasMessage("a quota needs a name, such as 'dns'");
    assertThat(pool.unassigned()).isEqualTo(9_999);
  }

  // ---- packet destinations ----

  @Test
  void packets_of_a_destination_wait_in_a_ring_of_their_own_and_keep_nobody_waiting() {
    Quota dns = pool.reserve("dns", udp().port(53), bytes(1_500));
    send(web, 53, 1_400, 4);
    send(web, 80, 1_400, 2);

    assertThat(web.received()).extracting(Packet::destinationPort).containsExactly(53, 80, 80);
    TargetRing ring = pool.rings("dns").get(0);
    assertThat(ring.name()).isEqualTo("web/dns/rx");
    assertThat(ring.size()).isEqualTo(3);
    assertThat(ring.packets()).hasSize(3);
    assertThat(ring.mode()).isEqualTo(RingMode.POLL);
    assertThat(ring).hasToString("ring web/dns/rx has 3 of 512 slots in use");
    assertThat(dns.waiters()).singleElement().extracting(Waiter::owner).isEqualTo("web/dns/rx");

    web.inbox().release(1);
    assertThat(web.received()).hasSize(4);
    assertThat(dns.used()).isEqualTo(1_442);
    web.inbox().release(9);
    web.inbox().release(9);
    assertThat(web.received()).hasSize(6);
    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);
  }

  @Test
  void a_destination_of_several_machines_serves_them_in_the_order_of_their_waits() {
    Quota dns = pool.reserve("dns", udp().port(53), bytes(1_500));
    send(web, 53, 1_400, 2);
    send(db, 53, 1_400, 1);
    assertThat(dns.waiters()).extracting(Waiter::owner).containsExactly("web/dns/rx", "db/dns/rx");

    web.inbox().release(1);
    assertThat(web.received()).hasSize(2);
    web.inbox().release(1);
    assertThat(db.received()).hasSize(1);
    assertThat(pool.rings("dns")).hasSize(2);
  }

  @Test
  void a_destination_comes_before_the_machine_and_the_first_one_counts() {
    Quota own = pool.reserve("web", bytes(3_000));
    Quota dns = pool.reserve("dns", udp().port(53), bytes(1_000));
    Quota all = pool.reserve("all", udp(), bytes(1_000));
    send(web, 53, 100, 1);
    send(web, 80, 100, 1);
    lab.wire().send(tcp().to(web).port(80));

    assertThat(dns.used()).isEqualTo(142);
    assertThat(all.used()).isEqualTo(142);
    assertThat(own.used()).isPositive().isLessThan(142);
    web.inbox().clear();
    assertThat(dns.used() + all.used() + own.used()).isZero();
  }

  @Test
  void a_ring_of_a_destination_is_bounded() {
    pool.reserve("dns", udp().port(53), bytes(1_500));
    lab.expectDrops(DropReason.RING_FULL);
    send(web, 53, 1_400, TargetRing.CAPACITY + 3);
    send(web, 80, 1_400, 1);

    assertThat(web.received()).hasSize(2);
    assertThat(pool.rings("dns").get(0).account().dropped(DropReason.RING_FULL)).isEqualTo(2);
    pool.quota("dns").delete();
    assertThat(lab.ledger().dropped(DropReason.TARGET_GONE)).isEqualTo(TargetRing.CAPACITY);
    assertThat(lab.waiters()).isEmpty();
  }

  @Test
  void what_never_fits_a_destination_is_dropped() {
    pool.reserve("dns", udp().port(53), bytes(1_000));
    lab.expectDrops(DropReason.OVER_QUOTA_FOREVER);
    send(web, 53, 1_400, 1);
    send(web, 53, 100, 1);

    assertThat(web.received()).hasSize(1);
    assertThat(lab.ledger().dropped(DropReason.OVER_QUOTA_FOREVER)).isEqualTo(1);
  }

  @Test
  void a_paused_machine_keeps_its_destinations_waiting_too() {
    pool.reserve("dns", udp().port(53), bytes(1_500));
    send(web, 53, 1_400, 2);
    web.pause();
    web.inbox().release(1);
    assertThat(web.received()).hasSize(1);
    web.resume();
    assertThat(web.received()).hasSize(2);
  }

  @Test
  void a_matcher_that_fails_costs_the_packet_and_no_other() {
    pool.reserve(
        "own",
        packet -> {
          if (packet.destinationPort() == 666) {
            throw new IllegalStateException("no idea");
          }
          return false;
        },
        bytes(1_000));
    lab.expectDrops(DropReason.MALFORMED);
    send(web, 666, 10, 1);
    send(web, 53, 10, 1);

    assertThat(web.received()).hasSize(1);
    assertThat(lab.ledger().dropped(DropReason.MALFORMED)).isEqualTo(1);
  }

  // ---- others ----

  @Test
  void all_that_have_no_quota_may_share_one() {
    Quota others = pool.reserveForOthers(bytes(1_500));
    send(web, 53, 1_400, 1);
    send(db, 53, 1_400, 1);
    assertThat(db.received()).isEmpty();
    assertThat(others.isWaiting()).isTrue();

    pool.reserve("db", bytes(1_500)); // a share of its own: it asks again there
    assertThat(db.received()).hasSize(1);
    assertThat(others.isWaiting()).isFalse();
    assertThat(pool.quota("db").used()).isEqualTo(1_442);
  }

  @Test
  void what_has_no_quota_may_be_refused() {
    pool.refuseOthers(true);
    pool.reserve("web", bytes(3_000));
    lab.expectDrops(DropReason.NO_TARGET);
    send(web, 53, 10, 1);
    Packet refused = lab.wire().send(udp().to(db).port(53));
    assertThat(db.received()).isEmpty();
    assertThat(web.received()).hasSize(1);
    assertThat(lab.trace(refused).toString()).contains("NO_TARGET", "db has no quota");

    pool.refuseOthers(false);
    send(db, 53, 10, 1);
    assertThat(db.received()).hasSize(1);
  }

  @Test
  void a_machine_that_comes_later_is_counted_too() {
    pool.reserveForOthers(bytes(1_500));
    VirtualMachine late = host.addVm(VmSpec.named("late"));
    send(late, 53, 1_400, 2);
    assertThat(late.received()).hasSize(1);
    assertThat(lab.waiters()).hasSize(1);
    host.removeVm("late");
    assertThat(lab.waiters()).isEmpty();
    assertThat(pool.quota("others").used()).isZero();
  }

  // ---- monitors and contained packets ----

  @Test
  void a_monitor_pays_for_its_memory_when_it_is_registered_and_not_for_each_packet() {
    Quota own = pool.reserve("web", bytes(2_000));
    Monitor monitor = host.monitor(udp().port(53), userMemory(slots(4).of(1_000)));
    assertThat(pool.quota("monitor0").used()).isEqualTo(4_000);
    assertThat(pool.quota("monitor0").kind()).isEqualTo(TargetKind.MONITOR);
    assertThat(pool.unassigned()).isEqualTo(4_000);

    send(web, 53, 100, 2);
    assertThat(monitor.memory().used()).isEqualTo(2);
    assertThat(own.grants()).isZero();
    assertThatThrownBy(() -> host.monitor(udp().port(54), userMemory(slots(5).of(1_000))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "host h1 has 4000 of 10000 bytes of memory left, monitor1 wants 5000; delete() a quota,"
                + " or lower its limit");
    assertThat(host.monitors()).hasSize(1);

    monitor.die();
    assertThat(pool.unassigned()).isEqualTo(8_000);
  }

  @Test
  void monitors_that_came_before_anybody_counted_are_charged() {
    try (Lab other = Lab.open()) {
      Monitor closed = other.host().monitor(udp().port(53), userMemory(slots(4)));
      other.host().monitor(udp().port(54), userMemory(slots(2).of(1_000)));
      closed.close();
      assertThat(other.host().memory().quotas())
          .singleElement()
          .hasToString("quota of monitor1: 2000 of 2000 bytes in use by 1");
    }
  }

  @Test
  void contained_packets_are_charged_to_the_quarantine_and_never_to_the_victim() {
    Quota own = pool.reserve("web", bytes(2_000));
    List<Packet> seen = new ArrayList<>();
    Quota quota = pool.reserveForApplication("quarantine", bytes(3_000));
    ChargedConsumer quarantine = quota.inFrontOf(seen::add);
    host.steering()
        .contain(
            udp().port(666), ContainmentPolicy.lowPriority(16, Duration.ofMillis(1), quarantine));
    send(web, 666, 1_400, 4);
    assertThat(seen).isEmpty();
    lab.advance(Duration.ofMillis(3));

    assertThat(seen).hasSize(2);
    assertThat(quarantine.held()).isEqualTo(2);
    assertThat(quota.used()).isEqualTo(2_884);
    assertThat(own.used()).isZero();
    assertThat(own.grants()).isZero();
    assertThat(quota.isWaiting()).isFalse(); // the ticks look by themselves

    assertThat(quarantine.release(1)).isEqualTo(1);
    lab.advance(Duration.ofMillis(1));
    assertThat(seen).hasSize(3);
    assertThat(quarantine.quota()).isSameAs(quota);
    assertThat(quarantine.isReady()).isTrue();
  }

  @Test
  void a_charged_consumer_that_was_not_asked_refuses() {
    ChargedConsumer consumer = pool.reserveForApplication("own", bytes(50)).inFrontOf(packet -> {});
    Packet packet = udp().to(web).toPacket();

    assertThatThrownBy(() -> consumer.accept(packet))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no room for " + packet.length() + " bytes: own uses 0 of 50 bytes");
  }
}
