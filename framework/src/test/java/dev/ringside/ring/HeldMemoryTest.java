// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory of packets is freed in the order in which they came, each as many bytes as it took up. */
class HeldMemoryTest {

  private final HeldMemory held = new HeldMemory();
  private final Deque<String> expected = new ArrayDeque<>();
  private final List<String> freed = new ArrayList<>();
  private long next = 60;

  private void hold(int packets) {
    for (int i = 0; i < packets; i++) {
      String payer = i % 3 == 0 ? "web" : "db";
      held.add(bytes -> freed.add(payer + " " + bytes), next);
      expected.add(payer + " " + next++);
    }
  }

  private void free(int packets) {
    freed.clear();
    assertThat(held.freeOldest(packets)).isEqualTo(packets);
    for (String each : freed) {
      assertThat(each).isEqualTo(expected.poll());
    }
    assertThat(freed).hasSize(packets);
    assertThat(held.size()).isEqualTo(expected.size());
  }

  @Test
  void the_oldest_is_freed_first_however_many_are_held() {
    hold(8);
    free(3);
    hold(3); // round the end of what there is
    hold(5); // grows from there
    free(9);
    hold(40);
    free(44);

    assertThat(held.freeOldest()).isFalse();
    assertThat(held.freeOldest(2)).isZero();
  }

  @Test
  void at_most_what_is_held_is_freed() {
    hold(2);

    assertThat(held.freeOldest(5)).isEqualTo(2);
    assertThat(freed).containsExactly("web 60", "db 61");
  }

  @Test
  void a_packet_that_takes_up_no_memory_is_counted_only() {
    hold(2);
    free(2);
    for (int i = 0; i < 8; i++) { // in the places of the former ones
      held.add(null, 60);
    }
    freed.clear();

    assertThat(held.size()).isEqualTo(8);
    assertThat(held.freeOldest()).isTrue();
    assertThat(held.freeOldest(9)).isEqualTo(7);
    assertThat(freed).isEmpty();
  }
}
