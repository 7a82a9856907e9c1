// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The queue against its twin: a list that is sorted, stably, before each step. */
class EventQueueProperties {

  private record Planned(long time, int name) {}

  /** A list that does what the queue promises, in the simplest way. */
  private static final class Twin {
    private final List<Planned> planned = new ArrayList<>();
    private long now;

    void add(long time, int name) {
      planned.add(new Planned(Math.max(time, now), name));
    }

    boolean runNext(long deadline, List<Integer> order) {
      planned.sort(Comparator.comparingLong(Planned::time));
      if (planned.isEmpty() || planned.get(0).time() > deadline) {
        return false;
      }
      Planned next = planned.remove(0);
      now = next.time();
      order.add(next.name());
      return true;
    }
  }

  @Property
  void events_happen_in_the_order_of_time_and_sequence(
      @ForAll @Size(max = 60) List<@IntRange(min = -2, max = 12) Integer> script) {
    EventQueue queue = new EventQueue();
    Twin twin = new Twin();
    List<Integer> order = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < script.size(); i++) {
      int step = script.get(i);
      int name = i;
      if (step == 12) {
        assertThat(queue.runNext(queue.now() + 3)).isEqualTo(twin.runNext(twin.now + 3, expected));
      } else if (i % 2 == 0) {
        queue.add(queue.now() + step, () -> order.add(name));
        twin.add(twin.now + step, name);
      } else {
        queue.add(queue.now() + step, order::add, name);
        twin.add(twin.now + step, name);
      }
      assertThat(queue.size()).isEqualTo(twin.planned.size());
      assertThat(queue.now()).isEqualTo(twin.now);
    }
    while (queue.runNext(Long.MAX_VALUE)) {
      assertThat(twin.runNext(Long.MAX_VALUE, expected)).isTrue();
      assertThat(queue.now()).isEqualTo(twin.now);
    }

    assertThat(order).isEqualTo(expected);
    assertThat(queue.size()).isZero();
  }

  @Property
  void events_that_events_schedule_find_their_place(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 5) Integer> delays) {
    EventQueue queue = new EventQueue();
    List<Long> times = new ArrayList<>();
    for (int delay : delays) {
      queue.add(
          delay,
          () -> {
            times.add(queue.now());
            queue.add(queue.now() + delay, () -> times.add(queue.now()));
          });
    }
    while (queue.runNext(Long.MAX_VALUE)) {}

    assertThat(times).hasSize(2 * delays.size()).isSorted();
  }
}
