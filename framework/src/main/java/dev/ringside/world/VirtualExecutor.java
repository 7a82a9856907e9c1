// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.world;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
 * <p>What a task throws is in its future, as with every executor; what a command of {@link
 * #execute} throws, which has no future, comes out of the lab's operation that ran it.
 *
 * <p>Waiting for one of its futures blocks the thread that would make time pass: advance the lab,
 * then ask {@code isDone()}. After {@link #shutdown} delayed tasks still run and periodic ones do
 * not, as is the default of {@link java.util.concurrent.ScheduledThreadPoolExecutor}.
 */
public final class VirtualExecutor extends AbstractExecutorService
    implements ScheduledExecutorService {

  private final World world;
  private final Set<Task<?>> waiting = new LinkedHashSet<>();
  private boolean shutdown;

  /** An executor whose time is that of this world. */
  public VirtualExecutor(World world) {
    this.world = world;
  }

  @Override
  public void execute(Runnable command) {
    Objects.requireNonNull(command, "command");
    synchronized (world) {
      checkAccepting();
      world.run(() -> world.schedule(0, command));
    }
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
    synchronized (world) {
      checkAccepting();
      world.run(() -> task.startIn(Math.max(0, delayNanos)));
    }
    return task;
  }

  private void checkAccepting() {
    if (shutdown) {
      throw new RejectedExecutionException("the lab's executor was shut down");
    }
    if (world.isClosed()) {
      throw new RejectedExecutionException(
          "the lab is closed; keep it open as long as its executor is used");
    }
  }

  /** Takes no more tasks, and cancels the periodic ones. */
  @Override
  public void shutdown() {
    synchronized (world) {
      shutdown = true;
      for (Task<?> task : List.copyOf(waiting)) {
        if (task.isPeriodic()) {
          task.cancel(false);
        }
      }
    }
  }

  /** Also takes out the tasks that have not run yet: they will not, and are not cancelled. */
  @Override
  public List<Runnable> shutdownNow() {
    synchronized (world) {
      shutdown();
      List<Runnable> neverRun = new ArrayList<>(waiting);
      waiting.clear();
      return neverRun;
    }
  }

  /** Shuts down at once: waiting for delayed tasks would wait for time that does not pass. */
  // Overrides ExecutorService.close of JDK 19 and later, which would wait.
  @SuppressWarnings("MissingOverride")
  public void close() {
    shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    synchronized (world) {
      return shutdown;
    }
  }

  @Override
  public boolean isTerminated() {
    synchronized (world) {
      return shutdown && waiting.isEmpty();
    }
  }

  /** Never waits: no time would pass meanwhile. Advance the lab, then ask again. */
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
      waiting.add(this);
      due = world.schedule(delayNanos, this).time();
    }

    @Override
    public void run() {
      if (!waiting.remove(this)) {
        return; // it was cancelled or taken out
      }
      if (!isPeriodic()) {
        super.run();
      } else if (runAndReset()) {
        if (shutdown) {
          cancel(false);
        } else {
          startIn(period);
        }
      }
    }

    /** Cancelled, failed or done: nobody waits for it any more. */
    @Override
    protected void done() {
      synchronized (world) {
        waiting.remove(this);
      }
    }

    @Override
    public boolean isPeriodic() {
      return period != 0;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      synchronized (world) {
        return unit.convert(due - world.now(), TimeUnit.NANOSECONDS);
      }
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
