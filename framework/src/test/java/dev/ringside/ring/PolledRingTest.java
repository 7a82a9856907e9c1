// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The dynamic polling rules, one by one: section 1 of the specification. */
class PolledRingTest {

  private static final PollingConfig LOW_TWO = new PollingConfig(2, 8, true);
  private static final PollingConfig CANNOT_POLL = new PollingConfig(0, 3, false);

  private final Guest guest = new Guest();
  private final List<RingMode> modes = new ArrayList<>();
  private final List<String> discarded = new ArrayList<>();
  private final PolledRing.Observer observer =
      new PolledRing.Observer() {
        @Override
        public void modeChanged(PolledRing ring, RingMode mode) {
          modes.add(mode);
        }

        @Override
        public void discarded(PolledRing ring, Packet packet, DropReason reason, String why) {
          discarded.add(packet.id() + " " + reason + ": " + why);
        }
      };
  private int next = 1;

  private PolledRing ring(int capacity, PollingConfig config) {
    return new PolledRing("p0/rx0", capacity, config, guest, observer);
  }

  private int offer(PolledRing ring, int packets) {
    int taken = 0;
    for (int i = 0; i < packets; i++) {
      taken += ring.offer(Packet.of(new byte[60]).withId(next++)) ? 1 : 0;
    }
    return taken;
  }

  /** Takes as many packets as it may and is busy otherwise. */
  private static final class Guest implements Receiver {
    private final List<Long> received = new ArrayList<>();
    private int takes = Integer.MAX_VALUE;
    private Runnable afterEach = () -> {};

    @Override
    public boolean isReady() {
      return takes > 0;
    }

    @Override
    public void accept(Packet packet) {
      takes--;
      received.add(packet.id());
      afterEach.run();
    }
  }

  @Test
  void while_the_receiver_keeps_up_each_arrival_interrupts() {
    PolledRing ring = ring(4, LOW_TWO);

    offer(ring, 10);

    assertThat(guest.received).hasSize(10).isSorted();
    assertThat(ring.interrupts()).isEqualTo(10);
    assertThat(ring.polls()).isZero();
    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);
    assertThat(modes).isEmpty();
  }

  @Test
  void any_backlog_turns_interrupts_off() {
    PolledRing ring = ring(4, LOW_TWO);
    guest.takes = 0;

    offer(ring, 2);

    assertThat(ring.mode()).isEqualTo(RingMode.POLL);
    assertThat(modes).containsExactly(RingMode.POLL);
    assertThat(ring.interrupts()).isEqualTo(1);
    assertThat(ring.polls()).isEqualTo(1);
    assertThat(ring.backlog()).isEqualTo(2);
  }

  @Test
  void above_the_low_mark_the_hardware_ring_fills_up_until_it_drops() {
    PolledRing ring = ring(4, LOW_TWO);
    guest.takes = 0;

    assertThat(offer(ring, 10)).isEqualTo(7);

    assertThat(ring.backlog()).isEqualTo(3); // one above the low mark: no more is pulled
    assertThat(ring.ring().size()).isEqualTo(4);
    assertThat(ring.live()).isEqualTo(7);
    assertThat(ring.ring().refused()).isEqualTo(3);
  }

  @Test
  void a_receiver_that_is_ready_again_gets_everything_in_order_and_interrupts_are_on() {
    PolledRing ring = ring(4, LOW_TWO);
    guest.takes = 0;
    offer(ring, 7);

    guest.takes = 100;
    ring.receiverReady();

    assertThat(guest.received).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);
    assertThat(modes).containsExactly(RingMode.POLL, RingMode.INTERRUPT);
    assertThat(ring.live()).isZero();
  }

  @Test
  void below_the_low_mark_pulling_goes_on_although_the_receiver_is_busy_again() {
    PolledRing ring = ring(4, LOW_TWO);
    guest.takes = 0;
    offer(ring, 7);

    guest.takes = 2;
    ring.receiverReady();

    assertThat(guest.received).containsExactly(1L, 2L);
    assertThat(ring.backlog()).isEqualTo(3);
    assertThat(ring.ring().size()).isEqualTo(2);
    assertThat(ring.mode()).isEqualTo(RingMode.POLL);
  }

  @Test
  void a_receiver_that_becomes_busy_in_the_midst_of_it_gets_no_more() {
    PolledRing ring = ring(8, LOW_TWO);
    guest.takes = 3;

    offer(ring, 5);
    assertThat(guest.received).containsExactly(1L, 2L, 3L);
    guest.takes = 1;
    ring.receiverReady();

    assertThat(guest.received).containsExactly(1L, 2L, 3L, 4L);
    assertThat(ring.live()).isEqualTo(1);
  }

  @Test
  void an_arrival_in_the_midst_of_it_waits_for_its_turn() {
    PolledRing ring = ring(8, LOW_TWO);
    guest.takes = 0;
    offer(ring, 5);
    guest.afterEach =
        () -> {
          if (guest.received.size() == 2) {
            offer(ring, 1);
          }
        };

    guest.takes = 100;
    ring.receiverReady();

    assertThat(guest.received).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void a_receiver_that_pulls_in_the_midst_of_it_changes_no_mode() {
    PolledRing ring = ring(8, LOW_TWO);
    for (int i = 0; i < 3; i++) {
      ring.offerQuietly(Packet.of(new byte[60]).withId(next++));
    }
    guest.afterEach =
        () -> {
          if (guest.received.size() == 1) {
            ring.pull(1, guest);
          }
        };

    ring.interrupt();

    assertThat(guest.received).containsExactly(1L, 2L, 3L);
    assertThat(modes).isEmpty();
  }

  @Test
  void a_receiver_that_forces_polling_in_the_midst_of_it_gets_no_more_by_itself() {
    PolledRing ring = ring(8, LOW_TWO);
    guest.takes = 0;
    offer(ring, 5);
    guest.afterEach = () -> ring.forcePoll(true);

    guest.takes = 100;
    ring.receiverReady();

    assertThat(guest.received).containsExactly(1L);
    assertThat(ring.mode()).isEqualTo(RingMode.POLL);
    assertThat(ring.pull(100, guest)).isEqualTo(4);
    assertThat(guest.received).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void quiet_arrivals_wait_for_an_interrupt() {
    PolledRing ring = ring(8, LOW_TWO);
    for (int i = 0; i < 5; i++) {
      assertThat(ring.offerQuietly(Packet.of(new byte[60]).withId(next++))).isTrue();
    }
    assertThat(guest.received).isEmpty();
    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);

    ring.interrupt();

    assertThat(guest.received).hasSize(5).isSorted();
    assertThat(ring.interrupts()).isEqualTo(1);
  }

  @Test
  void where_polling_is_impossible_the_high_mark_is_the_drop_point() {
    PolledRing ring = ring(100, CANNOT_POLL);
    guest.takes = 0;

    assertThat(offer(ring, 5)).isEqualTo(3);

    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);
    assertThat(modes).isEmpty();
    assertThat(ring.interrupts()).isEqualTo(3);
    assertThat(ring.backlog()).isEqualTo(3);
    assertThat(ring.ring().refused()).isEqualTo(2);
    guest.takes = 100;
    ring.receiverReady();
    assertThat(guest.received).containsExactly(1L, 2L, 3L);
    assertThat(offer(ring, 1)).isEqualTo(1);
  }

  @Test
  void a_ring_that_is_polled_by_hand_keeps_packets_until_they_are_pulled() {
    PolledRing ring = ring(4, LOW_TWO);
    ring.forcePoll(true);
    assertThat(ring.mode()).isEqualTo(RingMode.POLL);

    assertThat(offer(ring, 6)).isEqualTo(4);
    ring.receiverReady();
    assertThat(guest.received).isEmpty();
    assertThat(ring.interrupts()).isZero();

    assertThat(ring.pull(3, guest)).isEqualTo(3);
    assertThat(guest.received).containsExactly(1L, 2L, 3L);
    assertThat(ring.pull(3, guest)).isEqualTo(1);
    assertThat(ring.pull(3, guest)).isZero();
    assertThat(ring.polls()).isEqualTo(3);
    assertThat(ring.mode()).isEqualTo(RingMode.POLL);

    offer(ring, 2);
    ring.forcePoll(false);
    assertThat(guest.received).hasSize(6);
    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);
  }

  @Test
  void pulling_the_last_packet_of_a_backlog_turns_interrupts_on() {
    PolledRing ring = ring(4, LOW_TWO);
    guest.takes = 0;
    offer(ring, 2);

    assertThat(ring.pull(5, guest)).isEqualTo(2);

    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);
  }

  @Test
  void clearing_hands_everything_to_the_one_who_answers_for_it() {
    PolledRing ring = ring(4, LOW_TWO);
    guest.takes = 0;
    offer(ring, 6);
    List<Long> lost = new ArrayList<>();

    ring.clear(packet -> lost.add(packet.id()));

    assertThat(lost).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(ring.live()).isZero();
    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);
    assertThat(ring.polls()).isEqualTo(5);
  }

  @Test
  void a_ring_that_cannot_be_polled_says_so() {
    PolledRing ring = ring(4, CANNOT_POLL);

    assertThatThrownBy(() -> ring.forcePoll(true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("ring p0/rx0 cannot be polled; its PollingConfig says so");
  }

  @Test
  void marks_that_make_no_sense_are_refused() {
    assertThatThrownBy(() -> new PollingConfig(5, 4, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("polling marks: low mark 5 and high mark 4 must satisfy 0 <= low <= high");
    assertThatThrownBy(() -> new PollingConfig(-1, 4, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PollingConfig(0, 0, false))
        .hasMessage(
            "polling marks: high mark 0 would drop every packet of a ring that cannot be polled");
  }

  @Property
  void no_packet_is_lost_or_overtaken_whenever_the_receiver_is_busy(
      @ForAll @IntRange(max = 4) int lowMark,
      @ForAll @IntRange(min = 1, max = 6) int capacity,
      @ForAll boolean canPoll,
      @ForAll @Size(max = 60) List<@IntRange(min = -3, max = 3) Integer> script) {
    Guest receiver = new Guest();
    receiver.takes = 0;
    PollingConfig config = new PollingConfig(lowMark, lowMark + 2, canPoll);
    PolledRing ring = new PolledRing("r", capacity, config, receiver, observer);
    List<Long> taken = new ArrayList<>();
    long id = 1;
    for (int step : script) {
      for (int i = 0; i < step; i++) {
        Packet packet = Packet.of(new byte[60]).withId(id++);
        if (ring.offer(packet)) {
          taken.add(packet.id());
        }
      }
      if (step <= 0) {
        receiver.takes = -step;
        ring.receiverReady();
      }
      assertThat(receiver.received).isEqualTo(taken.subList(0, receiver.received.size()));
      assertThat(ring.live()).isEqualTo(taken.size() - receiver.received.size());
      boolean idle = ring.live() == 0;
      assertThat(ring.mode()).isEqualTo(idle || !canPoll ? RingMode.INTERRUPT : RingMode.POLL);
      assertThat(ring.backlog()).isLessThanOrEqualTo(canPoll ? lowMark + 1 : lowMark + 2);
    }
  }
}
