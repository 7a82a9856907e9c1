// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.world;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The lab's time as an executor, for timers of code under test. Tasks run as events of the lab, in
 * the thread that advances it.
 *
 * <pre>{@code
 * Agent agent = new Agent(lab.executor()); // schedules a heartbeat every second
 * lab.advance(Duration.ofSeconds(3));      // three heartbeats
 * }</pre>
 *
 * <p>Waiting for one of its futures blocks the thread that would make time pass: advance the lab,
 * then ask {@code isDone()}.
 */
public final class VirtualExecutor extends AbstractExecutorService
    implements ScheduledExecutorService {

  private final World world;
  private boolean shutdown;

  /** An executor whose time is that of this world. */
  public VirtualExecutor(World world) {
    this.world = world;
  }

  @Override
  public void execute(Runnable command) {
    world.run(() -> new Task<>(Executors.callable(command), 0).startIn(0));
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(Executors.callable(command), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return start(new Task<>(callable, 0), unit.toNanos(delay));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return start(
        new Task<>(Executors.callable(command), positive(period, unit)),
        unit.toNanos(initialDelay));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    // In virtual time a task takes no time, so a fixed delay is a fixed rate.
    return scheduleAtFixedRate(command, initialDelay, delay, unit);
  }

  private static long positive(long period, TimeUnit unit) {
    if (period <= 0) {
      throw new IllegalArgumentException("period " + period + " " + unit + " must be positive");
    }
    return unit.toNanos(period);
  }

  private <V> Task<V> start(Task<V> task, long delayNanos) {
    world.run(() -> task.startIn(Math.max(0, delayNanos)));
    return task;
  }

  @Override
  public void shutdown() {
    synchronized (world) {
      shutdown = true;
    }
  }

  /** Also shuts down; what is scheduled still runs unless it is cancelled by its future. */
  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    synchronized (world) {
      return shutdown;
    }
  }

  @Override
  public boolean isTerminated() {
    return isShutdown();
  }

  /** Never waits: no thread of its own has to end. */
  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }

  /** A task and its next run. */
  private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

    private final long period;
    private long due;

    Task(Callable<V> callable, long period) {
      super(callable);
      this.period = period;
    }

    void startIn(long delayNanos) {
      if (shutdown) {
        throw new RejectedExecutionException("the lab's executor was shut down");
      }
      due = world.now() + delayNanos;
      world.schedule(delayNanos, this);
    }

    @Override
    public void run() {
      if (!isPeriodic()) {
        super.run();
      } else if (runAndReset() && !isShutdown()) {
        startIn(period);
      }
    }

    @Override
    public boolean isPeriodic() {
      return period != 0;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - world.now(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
