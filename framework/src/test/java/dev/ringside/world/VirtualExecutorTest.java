// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.world;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.time.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;

/** The contracts of Executor, ExecutorService and ScheduledExecutorService, in virtual time. */
class VirtualExecutorTest {

  private final World world = new World(Seed.DEFAULT, 1_000, true);
  private final VirtualExecutor executor = new VirtualExecutor(world);
  private final List<Long> runs = new ArrayList<>();

  private void noteRun() {
    runs.add(world.now() / 1_000_000);
  }

  private void advanceMillis(long millis) {
    world.advance(Duration.ofMillis(millis));
  }

  @Test
  void a_command_runs_at_once() {
    executor.execute(this::noteRun);

    assertThat(runs).containsExactly(0L);
  }

  @Test
  void a_command_given_in_an_event_runs_after_it() {
    List<String> order = new ArrayList<>();
    executor.execute(
        () -> {
          executor.execute(() -> order.add("inner"));
          order.add("outer");
        });

    assertThat(order).containsExactly("outer", "inner");
  }

  @Test
  void a_delayed_task_runs_when_its_time_comes() throws Exception {
    ScheduledFuture<String> future = executor.schedule(() -> "done", 30, MILLISECONDS);
    advanceMillis(10);
    assertThat(future.isDone()).isFalse();
    assertThat(future.getDelay(MILLISECONDS)).isEqualTo(20);

    advanceMillis(20);

    assertThat(future.isDone()).isTrue();
    assertThat(future.get()).isEqualTo("done");
    assertThat(future.getDelay(MILLISECONDS)).isZero();
  }

  @Test
  void a_negative_delay_is_none_and_an_endless_one_never_ends() {
    ScheduledFuture<?> past = executor.schedule(this::noteRun, -5, SECONDS);
    advanceMillis(1);
    ScheduledFuture<?> never = executor.schedule(this::noteRun, Long.MAX_VALUE, DAYS);
    advanceMillis(1_000_000);

    assertThat(past.isDone()).isTrue();
    assertThat(never.isDone()).isFalse();
    assertThat(runs).containsExactly(0L);
    assertThat(past.compareTo(never)).isNegative();
  }

  @Test
  void a_periodic_task_runs_at_its_rate() {
    ScheduledFuture<?> rate = executor.scheduleAtFixedRate(this::noteRun, 5, 10, MILLISECONDS);
    advanceMillis(40);

    assertThat(runs).containsExactly(5L, 15L, 25L, 35L);
    assertThat(rate.isDone()).isFalse();
  }

  @Test
  void a_task_with_a_fixed_delay_takes_no_time_itself() {
    ScheduledFuture<?> delayed =
        executor.scheduleWithFixedDelay(this::noteRun, 0, 10, MILLISECONDS);
    advanceMillis(20);

    assertThat(runs).containsExactly(0L, 10L, 20L);
    assertThat(delayed.isDone()).isFalse();
  }

  @Test
  void a_cancelled_task_runs_no_more() {
    ScheduledFuture<?> periodic = executor.scheduleAtFixedRate(this::noteRun, 0, 10, MILLISECONDS);
    ScheduledFuture<?> once = executor.schedule(this::noteRun, 15, MILLISECONDS);
    advanceMillis(10);

    assertThat(periodic.cancel(false)).isTrue();
    assertThat(once.cancel(true)).isTrue();
    advanceMillis(100);

    assertThat(runs).containsExactly(0L, 10L);
    assertThat(periodic.isCancelled()).isTrue();
    assertThat(periodic.cancel(false)).isFalse();
    assertThatThrownBy(once::get).isInstanceOf(CancellationException.class);
  }

  @Test
  void a_periodic_task_may_cancel_itself() {
    List<ScheduledFuture<?>> self = new ArrayList<>();
    self.add(
        executor.scheduleAtFixedRate(
            () -> {
              noteRun();
              if (runs.size() == 2) {
                self.get(0).cancel(false);
              }
            },
            1,
            1,
            MILLISECONDS));

    advanceMillis(100);

    assertThat(runs).containsExactly(1L, 2L);
  }

  @Test
  void what_a_task_throws_is_in_its_future() {
    Callable<String> failing =
        () -> {
          throw new IllegalStateException("no");
        };
    Future<String> future = executor.schedule(failing, 1, MILLISECONDS);
    advanceMillis(1);

    assertThatThrownBy(future::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no");
  }

  @Test
  void a_periodic_task_that_throws_runs_no_more() {
    ScheduledFuture<?> future =
        executor.scheduleAtFixedRate(
            () -> {
              noteRun();
              throw new IllegalStateException("no");
            },
            0,
            10,
            MILLISECONDS);
    advanceMillis(100);

    assertThat(runs).containsExactly(0L);
    assertThat(future.isDone()).isTrue();
    assertThatThrownBy(future::get).hasRootCauseMessage("no");
  }

  @Test
  void what_a_command_throws_comes_out_of_the_operation_that_ran_it() {
    assertThatThrownBy(
            () ->
                executor.execute(
                    () -> {
                      throw new IllegalStateException("nobody holds a future of mine");
                    }))
        .hasMessage("nobody holds a future of mine");
  }

  @Test
  void submitted_tasks_have_a_result() throws Exception {
    assertThat(executor.submit(() -> 7).get()).isEqualTo(7);
    assertThat(executor.submit(this::noteRun, "given").get()).isEqualTo("given");
    List<Callable<Integer>> several = List.of(() -> 1, () -> 2);
    assertThat(executor.invokeAll(several)).allMatch(Future::isDone);
    assertThat(executor.invokeAny(several)).isEqualTo(1);
  }

  @Test
  void null_and_periods_that_are_not_positive_are_refused() {
    assertThatThrownBy(() -> executor.scheduleAtFixedRate(this::noteRun, 0, 0, SECONDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("period 0 SECONDS must be positive");
    assertThatThrownBy(() -> executor.scheduleWithFixedDelay(this::noteRun, 0, -1, SECONDS))
        .hasMessage("period -1 SECONDS must be positive");
    assertThat(world.scheduled()).isZero();
  }

  @Test
  void after_shutdown_new_tasks_are_rejected() {
    executor.shutdown();

    assertThat(executor.isShutdown()).isTrue();
    assertThat(executor.isTerminated()).isTrue();
    assertThatThrownBy(() -> executor.execute(this::noteRun))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("the lab's executor was shut down");
    assertThatThrownBy(() -> executor.schedule(this::noteRun, 1, SECONDS))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> executor.submit(this::noteRun))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void after_shutdown_delayed_tasks_still_run_and_periodic_ones_do_not() {
    ScheduledFuture<?> once = executor.schedule(this::noteRun, 15, MILLISECONDS);
    ScheduledFuture<?> periodic = executor.scheduleAtFixedRate(this::noteRun, 0, 10, MILLISECONDS);

    executor.shutdown();

    assertThat(periodic.isCancelled()).isTrue();
    assertThat(executor.isTerminated()).isFalse();
    assertThat(executor.awaitTermination(1, DAYS)).isFalse();
    advanceMillis(100);
    assertThat(runs).containsExactly(0L, 15L);
    assertThat(once.isDone()).isTrue();
    assertThat(executor.isTerminated()).isTrue();
    assertThat(executor.awaitTermination(1, DAYS)).isTrue();
  }

  @Test
  void a_periodic_task_that_shuts_down_is_its_last_run() {
    ScheduledFuture<?> periodic =
        executor.scheduleAtFixedRate(
            () -> {
              noteRun();
              executor.shutdown();
            },
            1,
            1,
            MILLISECONDS);
    advanceMillis(100);

    assertThat(runs).containsExactly(1L);
    assertThat(periodic.isCancelled()).isTrue();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void shutdown_now_takes_out_what_has_not_run() {
    ScheduledFuture<?> first = executor.schedule(this::noteRun, 15, MILLISECONDS);
    ScheduledFuture<?> second = executor.schedule(this::noteRun, 20, MILLISECONDS);
    second.cancel(false);

    List<Runnable> neverRun = executor.shutdownNow();

    assertThat(neverRun).hasSize(1).first().isSameAs(first);
    advanceMillis(100);
    assertThat(runs).isEmpty();
    assertThat(first.isDone()).isFalse();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void closing_ends_it_at_once() {
    ScheduledFuture<?> once = executor.schedule(this::noteRun, 15, MILLISECONDS);

    executor.close();

    advanceMillis(100);
    assertThat(runs).isEmpty();
    assertThat(once.isDone()).isFalse();
  }

  @Test
  void a_closed_lab_rejects_tasks() {
    world.close();

    assertThatThrownBy(() -> executor.execute(this::noteRun))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("the lab is closed; keep it open as long as its executor is used");
    assertThatThrownBy(() -> executor.schedule(this::noteRun, 1, SECONDS))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
