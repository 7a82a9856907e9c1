// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Packet;
import dev.ringside.ring.RingMode;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Quotas whose limits change, with several rings, at failovers, and what is told of them. */
class QuotaRingsTest extends QuotaOfPackets {

  // ---- limits ----

  @Test
  void a_lower_limit_takes_nothing_away_and_grants_nothing() {
    Quota quota = host.memory().reserve("vm1", bytes(4_000));
    send(web, 1_400, 2);
    quota.setLimit(bytes(2_000));
    send(web, 400, 1);
    assertThat(web.received()).hasSize(2);
    assertThat(quota.used()).isEqualTo(2_884);

    web.inbox().release(1);
    assertThat(web.received()).hasSize(3);
    assertThat(quota.used()).isEqualTo(1_442 + 442);
  }

  @Test
  void a_lower_limit_ends_the_wait_of_what_can_never_fit_any_more() {
    Quota quota = host.memory().reserve("vm1", bytes(1_500));
    lab.expectDrops(DropReason.OVER_QUOTA_FOREVER);
    send(web, 1_400, 2);
    send(web, 10, 1);
    quota.setLimit(bytes(1_000));

    assertThat(lab.ledger().dropped(DropReason.OVER_QUOTA_FOREVER)).isEqualTo(1);
    assertThat(quota.waiters()).singleElement().extracting(Waiter::amount).isEqualTo(60L);
    web.inbox().release(1);
    assertThat(web.received()).hasSize(2);
  }

  @Test
  void a_higher_limit_wakes() {
    Quota quota = host.memory().reserve("vm1", bytes(1_500));
    send(web, 1_400, 3);
    quota.setLimit(bytes(3_000));
    assertThat(web.received()).hasSize(2);
    quota.setLimit(bytes(30_000));
    assertThat(web.received()).hasSize(3);
  }

  @Test
  void deleting_drops_what_waits_and_lets_in_what_is_behind_it() {
    Quota quota = host.memory().reserve("vm1", bytes(1_500));
    send(web, 1_400, 4);
    quota.delete();

    assertThat(lab.ledger().dropped(DropReason.TARGET_GONE)).isEqualTo(1);
    assertThat(web.received()).hasSize(3);
    assertThat(host.memory().hasQuota("vm1")).isFalse();
    assertThat(quota.reserved()).isEqualTo(1_500);
    web.inbox().clear();
    assertThat(quota.reserved()).isZero();
    assertThat(quota.used()).isZero();
  }

  // ---- rings ----

  @Test
  void rings_of_one_target_are_served_in_the_order_in_which_they_began_to_wait() {
    LabBuilder builder = Lab.builder();
    NicConfig card = NicConfig.DEFAULT.withVirtualFunctions(2).withFunctionReceiveRings(4);
    builder.host("h1").nic(card).vms("web");
    open(builder);
    Quota quota = host.memory().reserve("web", bytes(1_500));
    for (int port = 1; port <= 40; port++) {
      lab.wire().send(udp().to(web).fromPort(port).port(53).payloadSize(1_400));
    }

    List<Waiter> waiters = quota.waiters();
    assertThat(waiters).hasSizeGreaterThan(2);
    String first = waiters.get(0).owner();
    String second = waiters.get(1).owner();
    web.inbox().release(1);
    assertThat(quota.waiters().get(0).owner()).isEqualTo(second);
    assertThat(quota.waiters().get(quota.waiters().size() - 1).owner()).isEqualTo(first);

    while (web.inbox().release(1) == 1) {}
    assertThat(web.received()).hasSize(40);
    assertThat(lab.waiters()).isEmpty();
  }

  @Test
  void what_comes_through_the_switch_waits_in_the_ring_of_the_virtual_nic() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").virtualFunctions(0).vms("web", "db");
    open(builder);
    host.memory().reserve("web", bytes(1_500));
    send(web, 1_400, 3);

    assertThat(host.vnic("web").receiveRing().size()).isEqualTo(2);
    assertThat(host.vnic("web").receiveRing().mode()).isEqualTo(RingMode.POLL);
    assertThat(lab.waiters()).singleElement().extracting(Waiter::owner).isEqualTo("web/vnic0/rx");
    send(db, 1_400, 1);
    assertThat(db.received()).hasSize(1);
    web.inbox().release(1);
    assertThat(web.received()).hasSize(2);
  }

  @Test
  void what_a_function_has_waits_behind_what_the_switch_had() {
    Quota quota = host.memory().reserve("vm1", bytes(1_500));
    host.pnic("p0").fail();
    host.pnic("p1").fail();
    db.send(udp().to(web).port(53).payloadSize(1_400));
    db.send(udp().to(web).port(54).payloadSize(1_400));
    assertThat(host.vnic("vm1").receiveRing().size()).isEqualTo(1);
    host.pnic("p1").repair();
    assertThat(web.directAccessThrough()).isEqualTo("p1");
    lab.wire().send(udp().to(web).port(55).payloadSize(1_400));
    assertThat(quota.waiters()).hasSize(1);

    web.inbox().release(1);
    web.inbox().release(1);
    assertThat(web.received()).extracting(Packet::destinationPort).containsExactly(53, 54, 55);
  }

  @Test
  void a_ring_that_is_polled_by_hand_waits_for_nobody() {
    Quota quota = host.memory().reserve("vm1", bytes(1_500));
    send(web, 1_400, 4);
    ringOf(web).setPolled(true);
    assertThat(quota.isWaiting()).isFalse();
    assertThat(ringOf(web).poll(2)).isZero();
    web.inbox().release(1);
    assertThat(web.received()).hasSize(1);
    assertThat(ringOf(web).poll(2)).isEqualTo(1);
    assertThat(quota.isWaiting()).isFalse();

    ringOf(web).setPolled(false);
    assertThat(quota.isWaiting()).isTrue();
    web.inbox().release(9);
    assertThat(web.received()).hasSize(3);
  }

  @Test
  void a_paused_guest_waits_for_itself_and_not_for_memory() {
    Quota quota = host.memory().reserve("vm1", bytes(1_500));
    send(web, 1_400, 3);
    web.pause();
    web.inbox().release(1);
    assertThat(quota.isWaiting()).isFalse();
    assertThat(quota.used()).isZero();
    assertThat(web.received()).hasSize(1);

    web.resume();
    assertThat(web.received()).hasSize(2);
    assertThat(quota.isWaiting()).isTrue();
    assertThat(quota.used()).isEqualTo(1_442);
  }

  // ---- failover ----

  @Test
  void packets_of_a_failed_card_wait_no_longer_and_what_was_granted_stays() {
    Quota quota = host.memory().reserve("vm1", bytes(1_500));
    send(web, 1_400, 3);
    host.pnic("p0").fail();

    assertThat(web.directAccessThrough()).isEqualTo("p1");
    assertThat(quota.isWaiting()).isFalse();
    assertThat(quota.used()).isEqualTo(1_442);
    assertThat(host.pnic("p0").account().dropped(DropReason.PNIC_FAILED)).isEqualTo(2);

    send(web, 1_400, 1);
    assertThat(lab.waiters()).singleElement().extracting(Waiter::owner).isEqualTo("p1/vf0/rx0");
    web.inbox().release(1);
    assertThat(web.received()).hasSize(2);
  }

  @Test
  void a_request_of_the_target_survives_a_failover() {
    Quota quota = host.memory().reserve("vm1", bytes(1_500));
    Block block = quota.request(bytes(1_000)).block();
    BlockRequest waiting = quota.request(bytes(1_000));
    host.pnic("p0").fail();
    assertThat(waiting.isWaiting()).isTrue();
    block.release();
    assertThat(waiting.isGranted()).isTrue();
  }

  @Test
  void memory_ends_with_the_machine() {
    Quota quota = host.memory().reserve("vm1", bytes(1_500));
    long before = host.memory().unassigned();
    BlockRequest request = quota.request(bytes(1_500));
    request.block().release();
    send(web, 1_400, 3);
    BlockRequest waiting = quota.request(bytes(100));
    host.removeVm("vm1");

    assertThat(waiting.refusal()).isEqualTo(DropReason.TARGET_GONE);
    assertThat(quota.isDeleted()).isTrue();
    assertThat(quota.used()).isZero();
    assertThat(host.memory().unassigned()).isEqualTo(before + 1_500);
    assertThat(lab.waiters()).isEmpty();
  }

  // ---- findings and journal ----

  @Test
  void a_test_that_leaves_packets_waiting_is_told() {
    host.memory().reserve("vm1", bytes(1_500));
    send(web, 1_400, 2);

    assertThat(LabSession.of(lab).findings())
        .extracting(Object::toString)
        .containsExactly(
            "still-waiting requests: p0/vf0/rx0 waits for 1442 bytes of memory of vm1 since PT0S,"
                + " until a release of memory of vm1, or a higher limit",
            "undrained rings: ring p0/vf0/rx0 has 1 of 512 slots in use");
  }

  @Test
  void the_journal_tells_of_limits_and_waits() {
    Quota quota = host.memory().reserve("vm1", bytes(1_500));
    send(web, 1_400, 2);
    web.inbox().release(1);
    quota.setLimit(bytes(1_600));
    quota.delete();

    assertThat(lab.journal().events(EventKind.REQUEST_WAITS)).hasSize(1);
    assertThat(lab.journal().events(EventKind.REQUEST_GRANTED)).hasSize(1);
    assertThat(lab.journal().entries().toString())
        .contains("request waits memory of vm1, 1442 bytes", "removed quota vm1");
  }

  @Test
  void nothing_is_made_before_memory_is_asked_for() {
    assertThat(lab.waiters()).isEmpty();
    assertThat(host.memory().isUnlimited()).isTrue();
    assertThat(host.memory()).hasToString("memory of h1: unlimited, []");
    send(web, 1_400, 3);
    assertThat(web.inbox().held()).isZero();
    assertThat(web.inbox().release(3)).isZero();
  }
}
