// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueTest {

  private final EventQueue queue = new EventQueue();
  private final List<String> happened = new ArrayList<>();

  @Test
  void runs_nothing_after_the_deadline() {
    queue.add(5, () -> happened.add("five"));

    assertThat(queue.runNext(4)).isFalse();
    assertThat(queue.now()).isZero();
    assertThat(queue.runNext(5)).isTrue();
    assertThat(queue.now()).isEqualTo(5);
    assertThat(queue.runNext(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void what_was_scheduled_before_its_time_goes_before_what_is_scheduled_at_it() {
    queue.add(5, () -> queue.add(5, () -> happened.add("at five for five")));
    queue.add(5, () -> happened.add("before five for five"));
    while (queue.runNext(5)) {}

    assertThat(happened).containsExactly("before five for five", "at five for five");
  }

  @Test
  void an_event_that_throws_is_gone_and_the_others_remain() {
    queue.add(
        0,
        () -> {
          throw new IllegalStateException("no");
        });
    queue.add(0, () -> happened.add("next"));

    assertThatThrownBy(() -> queue.runNext(0)).hasMessage("no");
    assertThat(queue.runNext(0)).isTrue();
    assertThat(happened).containsExactly("next");
    assertThat(queue.size()).isZero();
  }

  @Test
  void the_time_moves_forward_only() {
    queue.moveTo(7);
    queue.moveTo(7);

    assertThat(queue.now()).isEqualTo(7);
    assertThatThrownBy(() -> queue.moveTo(6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("time 6 ns is before now, 7 ns");
  }

  @Test
  void hands_over_what_it_was_given() {
    queue.add(0, happened::add, "now");
    queue.add(9, happened::add, "later");
    while (queue.runNext(9)) {}

    assertThat(happened).containsExactly("now", "later");
  }

  @Test
  void more_and_more_events_for_now_keep_their_order_while_some_are_run() {
    int next = 0;
    for (int round = 0; round < 30; round++) {
      for (int i = 0; i < 7; i++) {
        queue.add(0, happened::add, "event " + next++);
      }
      for (int i = 0; i < 4; i++) {
        queue.runNext(0);
      }
    }
    while (queue.runNext(0)) {}

    assertThat(happened).hasSize(210);
    for (int i = 0; i < 210; i++) {
      assertThat(happened.get(i)).isEqualTo("event " + i);
    }
  }
}
