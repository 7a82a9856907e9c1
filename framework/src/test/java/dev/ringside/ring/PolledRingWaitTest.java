// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.time.Seed;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A ring whose first packet waits for room, in front of a receiver that is not busy. */
class PolledRingWaitTest {

  private static final PollingConfig LOW_TWO = new PollingConfig(2, 8, true);
  private static final PollingConfig CANNOT_POLL = new PollingConfig(0, 3, false);

  private final World world = new World(Seed.of(1), 100, false);
  private final WaitQueue queue = new WaitQueue(world.waits(), "buffers of web", "buffer");
  private final Buffers guest = new Buffers();
  private final List<String> log = new ArrayList<>();
  private final PolledRing ring = ring(LOW_TWO);
  private int next = 1;

  private PolledRing ring(PollingConfig config) {
    return new PolledRing("p0/rx0", 8, config, guest, new Log());
  }

  private final class Log implements PolledRing.Observer {
    @Override
    public void modeChanged(PolledRing changed, RingMode mode) {
      log.add(mode.toString());
    }

    @Override
    public void discarded(PolledRing from, Packet packet, DropReason reason, String why) {
      log.add(packet.id() + " " + reason + ": " + why);
    }
  }

  /** Takes a packet for each of its buffers. A packet of 100 bytes needs none. */
  private final class Buffers implements Receiver {
    private final List<Long> received = new ArrayList<>();
    private boolean ready = true;
    private int free;

    @Override
    public boolean isReady() {
      return ready;
    }

    private boolean fits(Packet packet) {
      return free > 0 || packet.length() == 100;
    }

    @Override
    public boolean takes(Packet packet, @Nullable PacketQueue from) {
      Waiter waiting = from == null ? null : from.waiter();
      if (!ready || (waiting != null && waiting.isWaiting())) {
        return false;
      }
      if (!fits(packet) && from != null) {
        from.waitsAs(queue.add(from.name(), 1, "a release", new First(from)));
      }
      return fits(packet);
    }

    @Override
    public void accept(Packet packet) {
      free -= packet.length() == 100 ? 0 : 1;
      received.add(packet.id());
    }
  }

  private final class First implements WaitQueue.Request {
    private final PacketQueue from;

    First(PacketQueue from) {
      this.from = from;
    }

    @Override
    public boolean tryGrant() {
      return guest.free > 0;
    }

    @Override
    public void granted(Waiter waiter) {
      from.receiverReady();
    }

    @Override
    public void cancelled(Waiter waiter, DropReason reason, String why) {
      from.discardFirst(reason, why);
      from.receiverReady();
    }
  }

  private void offer(PolledRing to, int packets) {
    for (int i = 0; i < packets; i++) {
      to.offer(Packet.of(new byte[60]).withId(next++));
    }
  }

  private void release(int buffers) {
    world.run(
        () -> {
          guest.free += buffers;
          queue.wakeLater();
        });
  }

  private Waiter waiter() {
    Waiter waiter = ring.waiter();
    assertThat(waiter).isNotNull();
    return waiter;
  }

  // ---- waiting ----

  @Test
  void a_packet_that_waits_for_room_stays_at_the_head_of_its_ring() {
    offer(ring, 3);

    assertThat(ring.ring().size()).isEqualTo(3);
    assertThat(ring.backlog()).isZero();
    assertThat(ring.mode()).isEqualTo(RingMode.POLL);
    assertThat(queue.waiters()).containsExactly(waiter());

    release(2);
    assertThat(guest.received).containsExactly(1L, 2L);
    assertThat(queue.size()).isEqualTo(1); // the third
    release(1);
    assertThat(guest.received).containsExactly(1L, 2L, 3L);
    assertThat(ring.waiter()).isNull();
    assertThat(log).containsExactly("POLL", "INTERRUPT");
  }

  @Test
  void a_packet_that_waits_where_polling_is_impossible_waits_in_the_backlog() {
    PolledRing pushed = ring(CANNOT_POLL);
    offer(pushed, 4);

    assertThat(pushed.backlog()).isEqualTo(3);
    assertThat(pushed.ring().refused()).isEqualTo(1);
    release(5);
    assertThat(guest.received).containsExactly(1L, 2L, 3L);
    assertThat(log).isEmpty();
  }

  @Test
  void none_overtakes_a_packet_that_waits_in_the_backlog() {
    guest.ready = false;
    offer(ring, 1);
    guest.ready = true;
    ring.receiverReady();
    ring.offer(Packet.of(new byte[100]).withId(next++));

    assertThat(guest.received).isEmpty();
    release(1);
    assertThat(guest.received).containsExactly(1L, 2L);
  }

  @Test
  void a_packet_that_was_taken_leaves_no_request_behind() {
    offer(ring, 1);
    Waiter former = waiter();
    guest.free = 1; // for whoever asks, though nobody was woken
    ring.receiverChanged();

    assertThat(guest.received).containsExactly(1L);
    assertThat(former.isCancelled()).isTrue();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void another_receiver_is_asked_anew() {
    offer(ring, 1);
    Waiter former = waiter();

    ring.receiverChanged();

    assertThat(former.isCancelled()).isTrue();
    assertThat(queue.waiters()).containsExactly(waiter());
    release(1);
    assertThat(guest.received).containsExactly(1L);
  }

  @Test
  void a_ring_that_is_polled_by_hand_waits_for_nothing() {
    offer(ring, 2);

    ring.forcePoll(true);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(ring.waiter()).isNull();
    release(2);
    assertThat(guest.received).isEmpty();

    ring.forcePoll(false);
    assertThat(guest.received).containsExactly(1L, 2L);
  }

  // ---- waiting in vain ----

  @Test
  void a_packet_that_has_waited_in_vain_is_answered_for_and_the_next_one_waits() {
    offer(ring, 2);

    waiter().cancel();
    assertThat(log).containsExactly("POLL", "1 CANCELLED: cancelled by its owner");
    assertThat(queue.size()).isEqualTo(1);

    waiter().cancel();
    assertThat(log)
        .containsExactly(
            "POLL",
            "1 CANCELLED: cancelled by its owner",
            "2 CANCELLED: cancelled by its owner",
            "INTERRUPT");
    assertThat(ring.live()).isZero();
  }

  @Test
  void what_is_discarded_of_a_backlog_is_its_first_packet() {
    guest.ready = false;
    offer(ring, 5); // three of them in the backlog

    ring.discardFirst(DropReason.OVER_QUOTA, "too long");

    assertThat(log).containsExactly("POLL", "1 OVER_QUOTA: too long");
    assertThat(ring.backlog()).isEqualTo(2);
  }

  @Test
  void of_an_empty_ring_nothing_is_discarded() {
    ring.discardFirst(DropReason.OVER_QUOTA, "too long");

    assertThat(log).isEmpty();
  }

  @Test
  void a_ring_that_is_polled_by_hand_stays_so_when_its_last_packet_is_discarded_or_removed() {
    ring.forcePoll(true);
    offer(ring, 2);

    ring.discardFirst(DropReason.OVER_QUOTA, "too long");
    ring.remove(PacketMatcher.named("all", packet -> true), packet -> {});

    assertThat(ring.live()).isZero();
    assertThat(ring.mode()).isEqualTo(RingMode.POLL);
  }

  // ---- those who take packets out ----

  @Test
  void one_that_polls_by_itself_gets_no_more_than_it_has_room_for() {
    offer(ring, 4);
    guest.free = 2;

    assertThat(ring.pull(3, guest)).isEqualTo(2);
    assertThat(guest.received).containsExactly(1L, 2L);
    assertThat(queue.isEmpty()).isTrue(); // nobody would come for the third
  }

  @Test
  void one_that_polls_although_it_is_busy_gets_all_it_asks_for() {
    offer(ring, 3);
    guest.ready = false;

    assertThat(ring.pull(2, guest)).isEqualTo(2);
    assertThat(queue.isEmpty()).isTrue();
    List<Long> others = new ArrayList<>();
    assertThat(ring.pull(2, packet -> others.add(packet.id()))).isEqualTo(1);
    assertThat(others).containsExactly(3L);
    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);
  }

  @Test
  void clearing_ends_the_wait() {
    offer(ring, 2);
    List<Long> lost = new ArrayList<>();

    ring.clear(packet -> lost.add(packet.id()));

    assertThat(lost).containsExactly(1L, 2L);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);
  }

  @Test
  void removing_the_packet_that_waits_gives_the_next_one_a_chance() {
    offer(ring, 1);
    ring.offer(Packet.of(new byte[100]).withId(next++));
    offer(ring, 1);
    List<Long> removed = new ArrayList<>();

    ring.remove(PacketMatcher.named("first", packet -> packet.id() == 1), p -> removed.add(p.id()));

    assertThat(removed).containsExactly(1L);
    assertThat(guest.received).containsExactly(2L);
    assertThat(queue.waiters()).containsExactly(waiter());
    release(1);
    assertThat(guest.received).containsExactly(2L, 3L);
  }

  @Test
  void removing_a_packet_behind_the_one_that_waits_lets_it_wait_on() {
    offer(ring, 3);
    Waiter first = waiter();

    ring.remove(PacketMatcher.named("second", packet -> packet.id() == 2), packet -> {});

    assertThat(ring.waiter()).isSameAs(first);
    release(2);
    assertThat(guest.received).containsExactly(1L, 3L);
  }

  @Test
  void removing_from_backlog_and_ring_keeps_the_order_and_counts_what_has_gone() {
    guest.ready = false;
    offer(ring, 7); // three of them in the backlog
    List<Long> removed = new ArrayList<>();

    ring.remove(
        PacketMatcher.named("even", packet -> packet.id() % 2 == 0), p -> removed.add(p.id()));

    assertThat(removed).containsExactly(2L, 4L, 6L);
    assertThat(ring.backlog()).isEqualTo(2);
    assertThat(ring.ring().size()).isEqualTo(2);
    assertThat(ring.ring().enqueued()).isEqualTo(7);
    assertThat(ring.ring().dequeued()).isEqualTo(5);
    guest.ready = true;
    guest.free = 4;
    ring.receiverReady();
    assertThat(guest.received).containsExactly(1L, 3L, 5L, 7L);
  }

  @Test
  void removing_the_last_packet_turns_interrupts_on() {
    guest.ready = false;
    offer(ring, 2);

    ring.remove(PacketMatcher.named("all", packet -> true), packet -> {});

    assertThat(log).containsExactly("POLL", "INTERRUPT");
  }
}
