// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeSlotsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 127, 4_096, 4_097, 300_000})
  void gives_out_the_lowest_that_is_free(int size) {
    FreeSlots slots = new FreeSlots(size);
    for (int i = 0; i < size; i++) {
      assertThat(slots.takeLowest()).isEqualTo(i);
    }
    assertThat(slots.free()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 65, 5_000})
  void does_what_a_sorted_set_does(int size) {
    FreeSlots slots = new FreeSlots(size);
    TreeSet<Integer> free = new TreeSet<>();
    TreeSet<Integer> taken = new TreeSet<>();
    for (int i = 0; i < size; i++) {
      free.add(i);
    }
    Random random = new Random(42);
    for (int step = 0; step < 20_000; step++) {
      if (random.nextInt(1_000) == 0 && slots.size() < 20_000) {
        int more = random.nextInt(2_000);
        for (int i = 0; i < more; i++) {
          free.add(slots.size() + i);
        }
        slots.add(more);
      } else if (!free.isEmpty() && (taken.isEmpty() || random.nextInt(100) < 55)) {
        int lowest = slots.takeLowest();
        assertThat(lowest).isEqualTo(free.pollFirst());
        taken.add(lowest);
      } else if (!taken.isEmpty()) {
        Integer some = taken.ceiling(random.nextInt(taken.last() + 1));
        taken.remove(some);
        free.add(some);
        slots.give(some);
      }
      assertThat(slots.free()).isEqualTo(free.size());
    }
  }

  @Test
  void grows_from_nothing_while_some_are_taken() {
    FreeSlots slots = new FreeSlots(0);
    slots.add(1);
    assertThat(slots.takeLowest()).isZero();
    slots.add(64 * 64);
    assertThat(slots.takeLowest()).isEqualTo(1);
    slots.give(0);
    assertThat(slots.takeLowest()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 128, 4_096})
  void grows_while_all_are_taken(int size) {
    FreeSlots slots = new FreeSlots(size);
    for (int i = 0; i < size; i++) {
      slots.takeLowest();
    }
    slots.add(5_000);
    for (int i = 0; i < 5_000; i++) {
      assertThat(slots.takeLowest()).isEqualTo(size + i);
    }
    slots.give(3);
    assertThat(slots.takeLowest()).isEqualTo(3);
  }

  @Test
  void a_slot_that_is_free_cannot_be_given_back() {
    FreeSlots slots = new FreeSlots(10);
    assertThatThrownBy(() -> slots.give(3))
        .isInstanceOf(AssertionError.class)
        .hasMessage("slot 3 is free already; please report this bug");
    assertThat(slots.free()).isEqualTo(10);
  }
}
