// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import dev.ringside.ring.RingMode;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Packets that come to a virtual machine with a quota. */
class PacketQuotaTest extends QuotaOfPackets {

  // ---- waiting ----

  @Test
  void what_does_not_fit_stays_at_the_head_of_its_own_ring_which_is_polled() {
    Quota quota = host.memory().reserve("vm1", bytes(3_000));
    send(web, 1_400, 5);

    assertThat(web.received()).hasSize(2);
    assertThat(quota.used()).isEqualTo(2_884);
    assertThat(ringOf(web).size()).isEqualTo(3);
    assertThat(ringOf(web).backlog()).isZero();
    assertThat(ringOf(web).mode()).isEqualTo(RingMode.POLL);
    Waiter waiter = quota.waiters().get(0);
    assertThat(ringOf(web).waiter()).isSameAs(waiter);
    assertThat(waiter)
        .hasToString(
            "p0/vf0/rx0 waits for 1442 bytes of memory of vm1 since PT0S, until a release of memory"
                + " of vm1, or a higher limit");
    assertThat(lab.waiters()).containsExactly(waiter);
  }

  @Test
  void a_release_lets_in_what_waits_and_leaves_what_was_received() {
    Quota quota = host.memory().reserve("vm1", bytes(3_000));
    send(web, 1_400, 4);

    assertThat(web.inbox().release(1)).isEqualTo(1);

    assertThat(web.received()).hasSize(3).isSortedAccordingTo(this::byId);
    assertThat(quota.used()).isEqualTo(2_884);
    assertThat(quota.waiters()).hasSize(1);

    assertThat(web.inbox().release(2)).isEqualTo(2);
    assertThat(web.received()).hasSize(4);
    assertThat(quota.isWaiting()).isFalse();
    assertThat(lab.waiters()).isEmpty();
    assertThat(ringOf(web).mode()).isEqualTo(RingMode.INTERRUPT);
    assertThat(quota.used()).isEqualTo(1_442);
    assertThat(web.inbox().release(5)).isEqualTo(1);
    assertThat(quota.used()).isZero();
    assertThat(quota.highestUsed()).isEqualTo(2_884);
    assertThat(quota.grants()).isEqualTo(4);
    assertThat(quota.waits()).isEqualTo(2);
  }

  private int byId(Packet one, Packet other) {
    return Long.compare(one.id(), other.id());
  }

  @Test
  void polling_and_clearing_the_inbox_gives_memory_back_too() {
    Quota quota = host.memory().reserve("vm1", bytes(3_000));
    send(web, 1_400, 5);

    web.inbox().release(1);
    assertThat(web.inbox().poll()).isNotNull(); // its memory is back already
    assertThat(quota.used()).isEqualTo(2_884);
    assertThat(web.inbox().poll()).isNotNull();
    assertThat(web.received()).hasSize(2);
    assertThat(quota.used()).isEqualTo(2_884);
    web.inbox().clear();
    assertThat(web.received()).hasSize(1);
    assertThat(quota.used()).isEqualTo(1_442);
    web.inbox().clear();
    assertThat(quota.used()).isZero();
    assertThat(quota.live()).isZero();
  }

  @Test
  void an_exact_fit_is_granted_and_one_byte_more_is_not() {
    Quota quota = host.memory().reserve("vm1", bytes(2_884));
    send(web, 1_400, 2);
    assertThat(quota.isWaiting()).isFalse();
    assertThat(quota.free()).isZero();

    web.inbox().clear();
    quota.setLimit(bytes(2_883));
    send(web, 1_400, 2);
    assertThat(quota.isWaiting()).isTrue();
    quota.setLimit(bytes(2_884));
    assertThat(quota.isWaiting()).isFalse();
  }

  @Test
  void a_small_packet_behind_a_large_one_does_not_overtake() {
    host.memory().reserve("vm1", bytes(1_500));
    send(web, 1_400, 2);
    send(web, 1, 1);

    assertThat(web.received()).hasSize(1);
    assertThat(ringOf(web).size()).isEqualTo(2);
  }

  @Test
  void the_others_do_not_notice() {
    host.memory().reserve("vm1", bytes(1_500));
    host.memory().reserve("vm2", bytes(1_500));
    send(web, 1_400, 10);
    send(db, 1_400, 1);

    assertThat(db.received()).hasSize(1);
    assertThat(lab.waiters()).hasSize(1);
  }

  @Test
  void a_full_ring_drops_what_comes_on_top() {
    host.memory().reserve("vm1", bytes(1_500));
    int capacity = ringOf(web).capacity();
    lab.expectDrops(DropReason.RING_FULL);
    send(web, 1_400, capacity + 4);

    assertThat(ringOf(web).size()).isEqualTo(capacity);
    assertThat(lab.ledger().dropped(DropReason.RING_FULL)).isEqualTo(3);
    assertThat(web.received()).hasSize(1);
  }

  // ---- what is freed at once ----

  @Test
  void what_the_stack_settles_itself_takes_up_nothing_for_long() {
    Quota quota = host.memory().reserve("vm1", bytes(3_000));
    db.send(udp().to(web.ipv4()).port(53)); // asks for the address first
    assertThat(web.received()).hasSize(1);
    long used = quota.used();
    assertThat(used).isEqualTo(web.received().get(0).length());
    assertThat(quota.grants()).isGreaterThan(1); // the ARP request too

    web.onUdp(53, query -> {});
    send(web, 10, 0);
    lab.wire().send(udp().to(web).port(99)); // closed
    assertThat(quota.used()).isEqualTo(used);
    lab.wire().send(icmp().to(web));
    assertThat(quota.used()).isGreaterThan(used);
  }

  @Test
  void a_full_inbox_frees_what_it_refuses() {
    Quota quota = host.memory().reserve("vm1", bytes(100_000_000));
    lab.expectDrops(DropReason.RING_FULL);
    lab.wire().send(udp().to(web).port(53), web.inbox().capacity() + 3);

    assertThat(quota.live()).isEqualTo(web.inbox().capacity());
    assertThat(quota.used())
        .isEqualTo((long) web.inbox().capacity() * web.received().get(0).length());
  }

  @Test
  void a_handler_may_release_what_it_handles() {
    Quota quota = host.memory().reserve("vm1", bytes(1_500));
    web.onPacket(packet -> web.inbox().release(1));
    send(web, 1_400, 20);

    assertThat(web.received()).hasSize(20).isSortedAccordingTo(this::byId);
    assertThat(quota.used()).isZero();
    assertThat(quota.highestUsed()).isEqualTo(1_442);
    assertThat(quota.waits()).isZero();
  }

  @Test
  void a_handler_of_another_machine_may_release() {
    host.memory().reserve("vm1", bytes(1_500));
    db.onPacket(packet -> web.inbox().release(1));
    send(web, 1_400, 3);
    send(db, 10, 2);

    assertThat(web.received()).hasSize(3);
    assertThat(lab.waiters()).isEmpty();
  }

  // ---- fragments ----

  @Test
  void fragments_take_up_memory_until_the_whole_is_let_go() {
    Quota quota = host.memory().reserve("vm1", bytes(10_000));
    db.send(udp().to(web).port(53).payloadSize(4_000));

    assertThat(web.received()).hasSize(1);
    assertThat(quota.live()).isEqualTo(3);
    assertThat(quota.used()).isGreaterThan(4_000);
    assertThat(web.inbox().held()).isEqualTo(1);
    web.inbox().release(1);
    assertThat(quota.used()).isZero();
    assertThat(quota.live()).isZero();
  }

  @Test
  void fragments_whose_others_do_not_fit_give_up_their_memory_when_their_time_is_over() {
    Quota quota = host.memory().reserve("vm1", bytes(3_100));
    lab.expectDrops(DropReason.TTL);
    db.send(udp().to(web).port(53).payloadSize(4_000));
    assertThat(quota.used()).isEqualTo(3_028);
    assertThat(quota.isWaiting()).isTrue();

    lab.advance(Duration.ofSeconds(31));
    assertThat(quota.isWaiting()).isFalse();
    assertThat(quota.live()).isEqualTo(1); // the third fragment, alone now
    lab.advance(Duration.ofSeconds(31));
    assertThat(quota.used()).isZero();
  }

  // ---- refusing ----

  @Test
  void what_never_fits_is_dropped_at_once() {
    host.memory().reserve("vm1", bytes(1_000));
    lab.expectDrops(DropReason.OVER_QUOTA_FOREVER);
    Packet large = lab.wire().send(udp().to(web).port(53).payloadSize(1_400));
    send(web, 100, 1);

    assertThat(web.received()).hasSize(1);
    assertThat(lab.waiters()).isEmpty();
    assertThat(lab.trace(large).toString())
        .contains("OVER_QUOTA_FOREVER", "1442 bytes for vm1, whose limit is 1000");
  }

  @Test
  void what_never_fits_may_wait_for_a_higher_limit() {
    Quota quota = host.memory().reserve("vm1", bytes(1_000), QuotaConfig.DEFAULT.blockForever());
    send(web, 1_400, 1);
    assertThat(quota.isWaiting()).isTrue();

    quota.setLimit(bytes(2_000));
    assertThat(web.received()).hasSize(1);
  }

  @Test
  void what_has_waited_for_too_long_is_dropped_and_the_next_has_its_own_time() {
    QuotaConfig impatient = QuotaConfig.DEFAULT.dropAfter(Duration.ofMillis(5));
    Quota quota = host.memory().reserve("vm1", bytes(1_500), impatient);
    lab.expectDrops(DropReason.OVER_QUOTA);
    send(web, 1_400, 3);

    lab.advance(Duration.ofMillis(4));
    assertThat(lab.ledger().dropped(DropReason.OVER_QUOTA)).isZero();
    lab.advance(Duration.ofMillis(1));
    assertThat(host.pnic("p0").account().dropped(DropReason.OVER_QUOTA)).isEqualTo(1);
    assertThat(quota.isWaiting()).isTrue();
    lab.advance(Duration.ofMillis(5));
    assertThat(lab.ledger().dropped(DropReason.OVER_QUOTA)).isEqualTo(2);
    assertThat(quota.isWaiting()).isFalse();
    assertThat(lab.journal().entries().toString())
        .contains(
            "p0/vf0/rx0: 1442 bytes did not fit within PT0.005S: vm1 uses 1442 of 1500 bytes");
  }

  @Test
  void whoever_is_granted_in_time_is_not_dropped_later() {
    QuotaConfig impatient = QuotaConfig.DEFAULT.dropAfter(Duration.ofMillis(5));
    host.memory().reserve("vm1", bytes(1_500), impatient);
    send(web, 1_400, 2);
    lab.advance(Duration.ofMillis(5).minusNanos(1));
    web.inbox().release(1);
    lab.advance(Duration.ofMillis(10));

    assertThat(web.received()).hasSize(2);
    assertThat(lab.ledger().dropped(DropReason.OVER_QUOTA)).isZero();
  }

  @Test
  void a_packet_may_be_given_up_by_hand() {
    host.memory().reserve("vm1", bytes(1_600));
    lab.expectDrops(DropReason.CANCELLED);
    send(web, 1_400, 2);
    send(web, 1, 1);
    lab.waiters().get(0).cancel();

    assertThat(lab.ledger().dropped(DropReason.CANCELLED)).isEqualTo(1);
    assertThat(web.received()).hasSize(2);
  }

  @Test
  void a_lax_quota_takes_one_packet_too_many() {
    Quota quota = host.memory().reserve("vm1", bytes(1_500), QuotaConfig.DEFAULT.lax());
    send(web, 1_400, 4);

    assertThat(quota.used()).isEqualTo(2_884);
    assertThat(quota.free()).isZero();
    assertThat(web.received()).hasSize(2);
    web.inbox().release(1);
    assertThat(web.received()).hasSize(3);
  }
}
