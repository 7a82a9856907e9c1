// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Packet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RingTest {

  private static Packet packet(int number) {
    return Packet.of(new byte[60]).withId(number);
  }

  @Property
  void a_ring_is_a_bounded_queue(
      @ForAll @IntRange(max = 40) int capacity, @ForAll List<Boolean> script) {
    Ring ring = new Ring("r", capacity);
    Deque<Packet> twin = new ArrayDeque<>();
    int refused = 0;
    int highest = 0;
    for (int i = 0; i < script.size(); i++) {
      if (script.get(i)) {
        Packet packet = packet(i);
        boolean room = twin.size() < capacity;
        assertThat(ring.isFull()).isEqualTo(!room);
        assertThat(ring.offer(packet)).isEqualTo(room);
        refused += room ? 0 : 1;
        if (room) {
          twin.add(packet);
        }
      } else {
        assertThat(ring.peek()).isSameAs(twin.peek());
        assertThat(ring.poll()).isSameAs(twin.poll());
      }
      highest = Math.max(highest, twin.size());
      assertThat(ring.size()).isEqualTo(twin.size());
      assertThat(ring.isEmpty()).isEqualTo(twin.isEmpty());
      assertThat(ring.enqueued() - ring.dequeued()).isEqualTo(twin.size());
      int at = 0;
      for (Packet expected : twin) {
        assertThat(ring.get(at++)).isSameAs(expected);
      }
    }
    assertThat(ring.refused()).isEqualTo(refused);
    assertThat(ring.highestSize()).isEqualTo(highest);
    assertThat(ring.capacity()).isEqualTo(capacity);
  }

  @Test
  void full_refuses_the_newest() {
    Ring ring = new Ring("p0/rx3", 2);
    Packet first = packet(1);
    assertThat(ring.offer(first)).isTrue();
    assertThat(ring.offer(packet(2))).isTrue();

    assertThat(ring.offer(packet(3))).isFalse();

    assertThat(ring.refused()).isEqualTo(1);
    assertThat(ring.poll()).isSameAs(first);
    assertThat(ring).hasToString("ring p0/rx3 has 1 of 2 slots in use");
  }

  @Test
  void a_packet_taken_out_of_the_midst_leaves_the_others_in_order() {
    for (int place = 0; place < 8; place++) {
      Ring ring = new Ring("r", 8);
      List<Packet> twin = new ArrayList<>();
      for (int i = 0; i < 13; i++) { // five go again: the ring reaches round its end
        Packet packet = packet(i);
        twin.add(packet);
        if (i >= 8) {
          assertThat(ring.poll()).isSameAs(twin.remove(0));
        }
        ring.offer(packet);
      }

      assertThat(ring.remove(place)).isSameAs(twin.remove(place));
      assertThat(ring.packets()).isEqualTo(twin);
      assertThat(ring.size()).isEqualTo(7);
      assertThat(ring.dequeued()).isEqualTo(6);
      twin.add(packet(13));
      assertThat(ring.offer(twin.get(7))).isTrue();
      assertThat(ring.packets()).isEqualTo(twin);
    }
  }

  @Test
  void a_ring_that_was_cleared_has_let_all_go() {
    Ring ring = new Ring("r", 4);
    ring.offer(packet(1));
    ring.offer(packet(2));

    ring.clear();

    assertThat(ring.isEmpty()).isTrue();
    assertThat(ring.dequeued()).isEqualTo(2);
    assertThat(ring.packets()).isEmpty();
    assertThat(ring.poll()).isNull();
    assertThat(ring.highestSize()).isEqualTo(2);
  }

  @Test
  void a_ring_without_slots_refuses_everything() {
    Ring ring = new Ring("none", 0);

    assertThat(ring.offer(packet(1))).isFalse();
    assertThat(ring.poll()).isNull();
    assertThat(ring.peek()).isNull();
    assertThat(ring.isFull()).isTrue();
    assertThat(ring.isEmpty()).isTrue();
  }

  @Test
  void mistakes_are_refused() {
    assertThatThrownBy(() -> new Ring("r", -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ring r: capacity -1 must not be negative");
    assertThatThrownBy(() -> new Ring("r", 4).get(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
