// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.world;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Waiter;
import dev.ringside.ring.Waits;
import dev.ringside.time.EventQueue;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Journal;
import dev.ringside.trace.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the devices of one lab share: one lock, one clock, one seed, one journal, one ledger.
 *
 * <p>Every public operation of a device runs inside {@link #run} or {@link #call}. They take the
 * lock, carry the operation out, and then let happen whatever it causes at the current time, before
 * they return: the lab is quiescent between operations. Inside an operation, for example in a
 * user's handler, further operations simply nest.
 *
 * <pre>{@code
 * world.run(() -> pnic.fail());
 * world.advance(Duration.ofMillis(5));
 * }</pre>
 */
public final class World implements Waits.Operations {

  /**
   * How many events may happen at one instant before the lab says that they never end. Far above
   * what a large burst causes, low enough to fail within seconds.
   */
  static final long MAX_EVENTS_PER_INSTANT = 20_000_000;

  private static final Duration END_OF_TIME = Duration.ofNanos(Long.MAX_VALUE);

  private final Seed seed;
  private final EventQueue events = new EventQueue();
  private final Journal journal;
  private final Ledger ledger;
  private final boolean tracing;
  private final @Nullable PartsSource parts;
  private final long maxEventsPerInstant;
  private int depth;
  private boolean endless;
  private long packetIds;
  private volatile boolean closed;
  private @Nullable Throwable failure;
  private List<Runnable> atClose = List.of();
  private @Nullable Waits waits;
  private List<PlannedFault> plans = List.of();

  /**
   * Creates a world at time 0 in which nothing has happened.
   *
   * @param journalCapacity how many entries its journal keeps, at least 1
   * @param tracing whether packets' hops are recorded
   */
  public World(Seed seed, int journalCapacity, boolean tracing) {
    this(seed, journalCapacity, tracing, null, MAX_EVENTS_PER_INSTANT);
  }

  /**
   * Creates a world at time 0 in which nothing has happened.
   *
   * @param journalCapacity how many entries its journal keeps, at least 1
   * @param tracing whether packets' hops are recorded
   * @param parts says who makes its devices; null: nobody but themselves
   */
  public World(Seed seed, int journalCapacity, boolean tracing, @Nullable PartsSource parts) {
    this(seed, journalCapacity, tracing, parts, MAX_EVENTS_PER_INSTANT);
  }

  World(
      Seed seed,
      int journalCapacity,
      boolean tracing,
      @Nullable PartsSource parts,
      long maxEventsPerInstant) {
    this.seed = seed;
    this.journal = new Journal(journalCapacity, tracing, seed, this);
    this.ledger = new Ledger(journal, this);
    this.tracing = tracing;
    this.parts = parts;
    this.maxEventsPerInstant = maxEventsPerInstant;
  }

  // ---- devices ----

  /** Who makes the devices of one package: the plain one, unless there is a source of others. */
  public <P> P parts(Class<P> type, P plain) {
    return parts == null ? plain : parts.parts(this, type, plain);
  }

  /** The source of its devices, null in a lab that was opened without one. */
  public @Nullable PartsSource partsSource() {
    return parts;
  }

  // ---- operations ----

  /** Carries out an operation and all that it causes at the current time. */
  @Override
  public synchronized void run(Runnable operation) {
    enter();
    try {
      operation.run();
    } catch (RuntimeException | Error e) {
      leaveAfter(e);
      throw e;
    }
    leave();
  }

  /** Carries out an operation that has a result, and all that it causes at the current time. */
  public synchronized <T extends @Nullable Object> T call(Supplier<T> operation) {
    enter();
    T result;
    try {
      result = operation.get();
    } catch (RuntimeException | Error e) {
      leaveAfter(e);
      throw e;
    }
    leave();
    return result;
  }

  /** Hands a packet over, and lets happen all that this causes at the current time. */
  public synchronized void deliver(PacketSink sink, Packet packet) {
    enter();
    try {
      sink.accept(packet);
    } catch (RuntimeException | Error e) {
      leaveAfter(e);
      throw e;
    }
    leave();
  }

  /**
   * The lab's lock, for an operation that changes a setting and causes nothing.
   *
   * <pre>{@code
   * synchronized (world.whileOpen()) {
   *   filter.addMac(mac);
   * }
   * }</pre>
   *
   * @throws IllegalStateException if the lab is closed
   */
  public World whileOpen() {
    if (closed) {
      throw new IllegalStateException(
          "the lab is closed; keep it open as long as its devices are used");
    }
    return this;
  }

  private void enter() {
    whileOpen();
    depth++;
  }

  /** Throws what user code has thrown meanwhile. */
  private void leave() {
    Throwable thrown = finish();
    if (thrown instanceof Error error) {
      throw error;
    } else if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** The operation itself has failed; what else has failed is told with it. */
  private void leaveAfter(Throwable operationFailed) {
    Throwable thrown = finish();
    if (thrown != null && thrown != operationFailed) {
      operationFailed.addSuppressed(thrown);
    }
  }

  private @Nullable Throwable finish() {
    if (depth == 1) {
      if (!endless) {
        settle(events.now());
      }
      endless = false;
    }
    depth--;
    if (depth > 0) {
      return null;
    }
    Throwable thrown = failure;
    failure = null;
    return thrown;
  }

  /**
   * Runs what is due up to a time. A failing event does not keep the others from happening.
   *
   * @return false if there was no end of it
   */
  private boolean settle(long until) {
    long instant = events.now();
    long left = maxEventsPerInstant;
    boolean more = true;
    while (more) {
      try {
        more = events.runNext(until);
      } catch (RuntimeException | Error e) {
        remember(e);
      }
      if (events.now() != instant) {
        instant = events.now();
        left = maxEventsPerInstant;
      } else if (more && --left < 0) {
        endless = true;
        remember(
            new IllegalStateException(
                "events keep causing each other at "
                    + instant
                    + " ns: "
                    + maxEventsPerInstant
                    + " and no end; look for handlers that answer each other, or give a wire a"
                    + " latency"));
        return false;
      }
    }
    return true;
  }

  /** Keeps the first failure of user code to throw it from the operation that caused it. */
  public void remember(Throwable thrown) {
    record("lab", EventKind.OPERATION_FAILED, thrown.toString());
    if (failure == null) {
      failure = thrown;
    } else if (failure != thrown) {
      failure.addSuppressed(thrown);
    }
  }

  // ---- time ----

  /**
   * Nanoseconds of virtual time since the lab's start. Needs no lock, as devices ask for it with
   * every packet; whoever asks from outside holds the lock, or may see time on its way.
   */
  @Override
  public long now() {
    return events.now();
  }

  /**
   * Lets time pass, and everything happen that happens in it.
   *
   * @throws IllegalArgumentException if the duration is negative, or longer than the time there is
   * @throws IllegalStateException inside an operation, such as a handler
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "cannot advance by " + duration + ": time moves forward only");
    }
    run(
        () -> {
          if (depth > 1) {
            throw new IllegalStateException(
                "cannot advance time inside an event; schedule a task instead");
          }
          long target = later(duration);
          if (settle(target)) {
            events.moveTo(target);
          }
        });
  }

  private long later(Duration duration) {
    Duration target = Duration.ofNanos(events.now()).plus(duration);
    if (target.compareTo(END_OF_TIME) > 0) {
      throw new IllegalArgumentException(
          "cannot advance by " + duration + ": a lab's time ends after " + END_OF_TIME);
    }
    return target.toNanos();
  }

  /** Schedules something to happen after a delay in nanoseconds; within an operation. */
  public Timer schedule(long delayNanos, Runnable action) {
    Timer timer = new Timer(timeAfter(delayNanos), action);
    events.add(timer.time(), timer);
    return timer;
  }

  /** Lets an action happen after the present event, at the same time; within an operation. */
  @Override
  public void afterwards(Runnable action) {
    events.add(events.now(), action);
  }

  /** Schedules the hand-over of a packet after a delay in nanoseconds; allocates nothing. */
  public void schedule(long delayNanos, PacketSink sink, Packet packet) {
    events.add(timeAfter(delayNanos), sink, packet);
  }

  /** What is beyond the end of time happens at the end of time. */
  private long timeAfter(long delayNanos) {
    long time = events.now() + delayNanos;
    return delayNanos > 0 && time < 0 ? Long.MAX_VALUE : time;
  }

  /** How many events are scheduled. Needs no lock, as {@link #now}. */
  public int scheduled() {
    return events.size();
  }

  // ---- chance ----

  /** The seed of all chance. */
  public Seed seed() {
    return seed;
  }

  /** A stream of random numbers for one purpose. */
  public SeededRandom random(String purpose) {
    return seed.stream(purpose);
  }

  /** Notes a fault that a test has planned, so that the check after it tells if it never struck. */
  public synchronized void plan(PlannedFault fault) {
    if (plans.isEmpty()) {
      plans = new ArrayList<>(2);
    }
    plans.add(fault);
  }

  /** The faults that were planned, in this order. */
  public synchronized List<PlannedFault> plannedFaults() {
    return List.copyOf(plans);
  }

  // ---- what happened ----

  /** The journal. */
  public Journal journal() {
    return journal;
  }

  /** The ledger. */
  public Ledger ledger() {
    return ledger;
  }

  /** The requests that wait for something. */
  public synchronized Waits waits() {
    if (waits == null) {
      waits = new Waits(this);
    }
    return waits;
  }

  /** The requests that wait, in the order in which they began. */
  public synchronized List<Waiter> waiters() {
    return waits == null ? List.of() : waits.waiters();
  }

  /** Whether packets get ids and their hops are recorded. */
  public boolean isTracing() {
    return tracing;
  }

  /** Records an event. */
  public void record(String place, EventKind kind, String... subjects) {
    journal.record(events.now(), place, Event.of(kind, subjects), "");
  }

  /** Records an event with a detail. */
  public void record(String place, Event event, String detail) {
    journal.record(events.now(), place, event, detail);
  }

  /** A packet starts its life at a device: counts it and, where packets are traced, names it. */
  public Packet inject(Account account, Packet packet) {
    account.addCreated();
    if (!tracing) {
      return packet;
    }
    Packet named = packet.withId(++packetIds);
    hop(account, named, Hop.Fate.INJECTED, null, named.toString());
    return named;
  }

  /** A copy of a packet is made at a device, for a flood or a mirror. */
  public Packet copy(Account account, Packet packet) {
    account.addCloned();
    if (!tracing) {
      return packet;
    }
    Packet named = packet.withId(++packetIds);
    journal.record(events.now(), Hop.cloned(named, account.stage(), account.name(), packet));
    return named;
  }

  /** A packet goes through a device. */
  public void passed(Account account, Packet packet) {
    if (tracing) {
      hop(account, packet, Hop.Fate.PASSED, null, "");
    }
  }

  /** A packet goes through a device, which has something to say about it. */
  public void passed(Account account, Packet packet, String detail) {
    if (tracing) {
      hop(account, packet, Hop.Fate.PASSED, null, detail);
    }
  }

  /** A packet reaches its end as intended. */
  public void delivered(Account account, Packet packet) {
    account.addDelivered();
    if (tracing) {
      hop(account, packet, Hop.Fate.DELIVERED, null, "");
    }
  }

  /** A packet goes no further. The subject says it in numbers when it is asked, as rings do. */
  public void dropped(Account account, Packet packet, DropReason reason, Object subject) {
    account.addDropped(reason);
    if (tracing) {
      hop(account, packet, Hop.Fate.DROPPED, reason, subject.toString());
    }
  }

  private void hop(
      Account account, Packet packet, Hop.Fate fate, @Nullable DropReason reason, String detail) {
    journal.record(
        events.now(), new Hop(packet, account.stage(), account.name(), fate, reason, detail));
  }

  // ---- end ----

  /** Ends the world: every later operation is refused, and what was open is closed. */
  public synchronized void close() {
    closed = true;
    List<Runnable> open = atClose;
    atClose = List.of();
    for (Runnable action : open) {
      action.run();
    }
  }

  /** Runs an action when the world is closed, as for a file that is still open then. */
  public synchronized void atClose(Runnable action) {
    List<Runnable> more = new ArrayList<>(atClose);
    more.add(action);
    atClose = more;
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return closed;
  }
}
