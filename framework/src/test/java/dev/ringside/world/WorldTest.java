// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.time.Seed;
import dev.ringside.trace.EventKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldTest {

  private static final int BOUND = 100;

  private final World world = new World(Seed.DEFAULT, 10_000, true, null, BOUND);
  private final List<String> happened = new ArrayList<>();

  private Runnable noting(String what) {
    return () -> happened.add(what);
  }

  private static Runnable throwing(String message) {
    return () -> {
      throw new IllegalStateException(message);
    };
  }

  @Test
  void an_operation_returns_when_all_that_it_causes_now_has_happened() {
    world.run(
        () -> {
          world.schedule(0, () -> world.schedule(0, noting("caused by what was caused")));
          world.schedule(0, noting("caused"));
          world.schedule(1, noting("later"));
          happened.add("operation");
        });

    assertThat(happened).containsExactly("operation", "caused", "caused by what was caused");
    assertThat(world.scheduled()).isEqualTo(1);
  }

  @Test
  void events_happen_by_time_and_those_of_one_time_as_they_were_scheduled() {
    world.run(
        () -> {
          world.schedule(20, noting("c"));
          world.schedule(10, noting("a"));
          world.schedule(20, noting("d"));
          world.schedule(10, () -> world.schedule(10, noting("e")));
          world.schedule(10, noting("b"));
        });

    world.advance(Duration.ofNanos(20));

    assertThat(happened).containsExactly("a", "b", "c", "d", "e");
    assertThat(world.now()).isEqualTo(20);
  }

  @Test
  void an_operation_inside_an_operation_nests() {
    String result =
        world.call(
            () -> {
              world.schedule(0, noting("event"));
              world.run(noting("inner"));
              happened.add("outer");
              return "result";
            });

    assertThat(result).isEqualTo("result");
    assertThat(happened).containsExactly("inner", "outer", "event");
  }

  @Test
  void what_an_event_throws_comes_out_of_the_operation_that_caused_it() {
    assertThatThrownBy(
            () ->
                world.run(
                    () -> {
                      world.schedule(0, throwing("first"));
                      world.schedule(0, noting("still happens"));
                      world.schedule(0, throwing("second"));
                    }))
        .hasMessage("first")
        .satisfies(e -> assertThat(e.getSuppressed()).extracting("message").contains("second"));

    assertThat(happened).containsExactly("still happens");
    assertThat(world.journal().events(EventKind.OPERATION_FAILED)).hasSize(2);
    world.run(noting("the next one is not told"));
  }

  @Test
  void errors_are_thrown_as_they_are() {
    assertThatThrownBy(
            () ->
                world.run(
                    () ->
                        world.schedule(
                            0,
                            () -> {
                              throw new AssertionError("an expectation in a handler");
                            })))
        .isInstanceOf(AssertionError.class)
        .hasMessage("an expectation in a handler");
  }

  @Test
  void an_operation_that_throws_still_lets_happen_what_it_caused() {
    assertThatThrownBy(
            () ->
                world.run(
                    () -> {
                      world.schedule(0, noting("caused"));
                      world.schedule(0, throwing("event"));
                      throw new IllegalArgumentException("operation");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("operation")
        .satisfies(e -> assertThat(e.getSuppressed()).extracting("message").contains("event"));

    assertThat(happened).containsExactly("caused");
    world.run(noting("nothing is left of it"));
    assertThat(world.<Integer>call(() -> 7)).isEqualTo(7);
  }

  @Test
  void what_an_inner_operation_throws_the_outer_one_may_catch() {
    world.run(
        () -> {
          assertThatThrownBy(() -> world.run(throwing("inner"))).hasMessage("inner");
          happened.add("caught");
        });

    assertThat(happened).containsExactly("caught");
  }

  @Test
  void events_without_an_end_are_an_error_and_the_lab_remains_usable() {
    Endless endless = new Endless();

    assertThatThrownBy(() -> world.run(endless))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "events keep causing each other at 0 ns: 100 and no end; look for handlers that answer"
                + " each other, or give a wire a latency");
    endless.stopped = true;

    world.run(noting("afterwards"));
    world.advance(Duration.ofNanos(5));
    assertThat(world.now()).isEqualTo(5);
    assertThat(happened).containsExactly("afterwards");
  }

  @Test
  void events_without_an_end_in_the_course_of_time_stop_the_time_there() {
    Endless endless = new Endless();
    world.run(() -> world.schedule(3, endless));

    assertThatThrownBy(() -> world.advance(Duration.ofNanos(10)))
        .hasMessageStartingWith("events keep causing each other at 3 ns: 100 and no end");

    assertThat(world.now()).isEqualTo(3);
    endless.stopped = true;
    world.advance(Duration.ofNanos(7));
    assertThat(world.now()).isEqualTo(10);
  }

  @Test
  void many_events_at_different_times_are_no_problem() {
    int[] left = {10 * BOUND};
    world.run(
        new Runnable() {
          @Override
          public void run() {
            if (left[0]-- > 0) {
              world.schedule(1, this);
            }
          }
        });

    world.advance(Duration.ofNanos(10 * BOUND));

    assertThat(left[0]).isEqualTo(-1);
  }

  private final class Endless implements Runnable {
    private boolean stopped;

    @Override
    public void run() {
      if (!stopped) {
        world.schedule(0, this);
      }
    }
  }

  @Test
  void time_cannot_be_advanced_inside_an_operation_or_an_event() {
    String message = "cannot advance time inside an event; schedule a task instead";
    assertThatThrownBy(() -> world.run(() -> world.advance(Duration.ofNanos(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
    assertThatThrownBy(
            () -> world.run(() -> world.schedule(0, () -> world.advance(Duration.ofNanos(1)))))
        .hasMessage(message);
    assertThat(world.now()).isZero();
  }

  @Test
  void time_moves_forward_only_and_ends() {
    assertThatThrownBy(() -> world.advance(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot advance by PT-0.000000001S: time moves forward only");
    world.advance(Duration.ofNanos(1));
    assertThatThrownBy(() -> world.advance(Duration.ofNanos(Long.MAX_VALUE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot advance by PT2562047H47M16.854775807S: a lab's time ends after"
                + " PT2562047H47M16.854775807S");
    assertThatThrownBy(() -> world.advance(Duration.ofSeconds(Long.MAX_VALUE)))
        .isInstanceOf(IllegalArgumentException.class);
    world.advance(Duration.ofNanos(Long.MAX_VALUE - 1));
    assertThat(world.now()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void what_is_scheduled_beyond_the_end_of_time_does_not_happen_now() {
    world.advance(Duration.ofNanos(5));
    Timer timer = world.call(() -> world.schedule(Long.MAX_VALUE, noting("never")));

    assertThat(timer.time()).isEqualTo(Long.MAX_VALUE);
    world.advance(Duration.ofDays(100));
    assertThat(happened).isEmpty();
    assertThat(timer.isPending()).isTrue();
  }

  @Test
  void a_delay_that_is_negative_counts_as_none() {
    world.advance(Duration.ofNanos(5));
    world.run(() -> world.schedule(-3, noting("now")));

    assertThat(happened).containsExactly("now");
    assertThat(world.now()).isEqualTo(5);
  }

  @Test
  void a_cancelled_timer_does_nothing() {
    Timer cancelled = world.call(() -> world.schedule(5, noting("cancelled")));
    Timer kept = world.call(() -> world.schedule(5, noting("kept")));

    assertThat(cancelled.cancel()).isTrue();
    assertThat(cancelled.cancel()).isFalse();
    world.advance(Duration.ofNanos(5));

    assertThat(happened).containsExactly("kept");
    assertThat(kept.isPending()).isFalse();
    assertThat(kept.cancel()).isFalse();
  }

  @Test
  void a_closed_lab_refuses_operations() {
    world.close();
    world.close();

    String message = "the lab is closed; keep it open as long as its devices are used";
    assertThat(world.isClosed()).isTrue();
    assertThatThrownBy(() -> world.run(noting("no"))).hasMessage(message);
    assertThatThrownBy(() -> world.call(() -> 1)).hasMessage(message);
    assertThatThrownBy(() -> world.advance(Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
    assertThat(happened).isEmpty();
  }

  @Test
  void a_lab_that_is_closed_in_an_event_finishes_what_is_due() {
    world.run(
        () -> {
          world.schedule(0, world::close);
          world.schedule(0, noting("due"));
        });

    assertThat(happened).containsExactly("due");
    assertThatThrownBy(() -> world.run(noting("no"))).isInstanceOf(IllegalStateException.class);
  }
}
