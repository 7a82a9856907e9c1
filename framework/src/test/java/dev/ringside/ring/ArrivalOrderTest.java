// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Several rings in front of one receiver. */
class ArrivalOrderTest {

  private final Queue<Runnable> later = new ArrayDeque<>();
  private final ArrivalOrder order = new ArrivalOrder(later::add);
  private final Guest guest = new Guest();
  private final PolledRing first = ring("first", 64);
  private final PolledRing second = ring("second", 64);
  private final PolledRing third = ring("third", 64);

  /** A receiver that may be busy, or may have room for a few more only. */
  private static final class Guest implements Receiver {
    final List<Packet> got = new ArrayList<>();
    int room;

    @Override
    public boolean isReady() {
      return room > 0;
    }

    @Override
    public void accept(Packet packet) {
      room--;
      got.add(packet);
    }
  }

  /** Does not care for modes, nor for what is discarded. */
  private static final class Silent implements PolledRing.Observer {
    @Override
    public void modeChanged(PolledRing ring, RingMode mode) {}

    @Override
    public void discarded(PolledRing ring, Packet packet, DropReason reason, String why) {}
  }

  private PolledRing ring(String name, int capacity) {
    PolledRing ring = new PolledRing(name, capacity, PollingConfig.DEFAULT, guest, new Silent());
    ring.setOrder(order);
    return ring;
  }

  private static Packet packet() {
    return Packet.of(new byte[60]);
  }

  private static Packet arriveAt(PolledRing ring) {
    Packet packet = packet();
    ring.offer(packet);
    return packet;
  }

  /** The guest has room for so many. */
  private void serve(int room) {
    guest.room = room;
    for (PolledRing ring : List.of(third, second, first)) {
      ring.receiverReady();
    }
    for (Runnable next = later.poll(); next != null; next = later.poll()) {
      next.run();
    }
  }

  /** A packet of the second ring, for which there is room, but an older one is in the first. */
  private Packet oneBehindAnother() {
    arriveAt(first);
    Packet other = arriveAt(second);
    guest.room = 1;
    second.receiverReady();
    assertThat(guest.got).isEmpty();
    return other;
  }

  @Test
  void packets_of_all_rings_leave_as_they_came() {
    List<Packet> arrived = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      arrived.add(arriveAt(first));
      arrived.add(arriveAt(third));
      arrived.add(arriveAt(third));
      arrived.add(arriveAt(second));
    }

    serve(1_000);

    assertThat(guest.got).containsExactlyElementsOf(arrived);
    assertThat(later).isEmpty();
  }

  @Test
  void they_do_so_however_little_room_there_is_at_a_time() {
    List<Packet> arrived = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      arrived.add(arriveAt(i % 2 == 0 ? second : first));
      arrived.add(arriveAt(third));
      serve(i % 3);
    }
    serve(1_000);

    assertThat(guest.got).containsExactlyElementsOf(arrived);
  }

  @Test
  void a_packet_passes_while_nothing_waits() {
    guest.room = 2;

    Packet one = arriveAt(first);
    Packet other = arriveAt(second);

    assertThat(guest.got).containsExactly(one, other);
    assertThat(later).isEmpty();
  }

  @Test
  void what_is_polled_by_hand_holds_up_nobody() {
    first.forcePoll(true);
    Packet byHand = arriveAt(first);
    Packet other = arriveAt(second);

    serve(1);
    assertThat(guest.got).containsExactly(other);

    guest.room = 1;
    first.forcePoll(false);
    assertThat(guest.got).containsExactly(other, byHand);
  }

  @Test
  void one_that_turns_to_polling_by_hand_lets_the_others_go() {
    Packet other = oneBehindAnother();

    first.forcePoll(true);
    later.remove().run();

    assertThat(guest.got).containsExactly(other);
  }

  @Test
  void what_is_too_few_for_an_interrupt_holds_up_nobody() {
    first.offerQuietly(packet());
    Packet other = arriveAt(second);

    guest.room = 1;
    second.receiverReady();

    assertThat(guest.got).containsExactly(other);
  }

  @Test
  void what_is_given_up_makes_way() {
    Packet other = oneBehindAnother();

    first.discardFirst(DropReason.OVER_QUOTA, "in vain");
    later.remove().run();

    assertThat(guest.got).containsExactly(other);
  }

  @Test
  void what_is_removed_makes_way_and_the_rest_keeps_its_place() {
    Packet gone = arriveAt(first);
    Packet two = arriveAt(second);
    Packet three = arriveAt(first);
    Packet four = arriveAt(second);
    Packet five = arriveAt(first);
    guest.room = 9;
    second.receiverReady();
    assertThat(guest.got).isEmpty();

    first.remove(packet -> packet == gone, packet -> {});
    while (!later.isEmpty()) {
      later.remove().run();
    }

    assertThat(guest.got).containsExactly(two, three, four, five);
  }

  @Test
  void a_ring_that_leaves_the_order_lets_the_others_go() {
    Packet other = oneBehindAnother();

    first.setOrder(null);
    later.remove().run();

    assertThat(guest.got).containsExactly(other);
  }

  @Test
  void what_had_no_number_when_its_ring_joined_goes_first() {
    PolledRing late = new PolledRing("late", 4, PollingConfig.DEFAULT, guest, new Silent());
    Packet other = arriveAt(first);
    Packet older = arriveAt(late);
    late.setOrder(order);
    late.setOrder(order);

    guest.room = 2;
    first.receiverReady();
    late.receiverReady();
    later.remove().run();

    assertThat(guest.got).containsExactly(older, other);
  }
}
