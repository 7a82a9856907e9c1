// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.time;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is still to happen, in the order (time, sequence): of two events at one time, the one that
 * was scheduled first comes first.
 *
 * <p>Events for the current time wait in a plain queue, later ones in a binary heap. Whatever is in
 * the heap for a time was scheduled before that time came, so it goes first. All state is in
 * parallel arrays: scheduling a packet allocates nothing once they have grown.
 *
 * <pre>{@code
 * queue.add(queue.now() + 1_000, sink, packet);
 * while (queue.runNext(deadline)) {}
 * }</pre>
 *
 * <p>Not safe for use by several threads; the lab's lock guards it.
 */
public final class EventQueue {

  private static final int INITIAL_CAPACITY = 16;
  private static final long[] NO_NUMBERS = {};
  private static final @Nullable Object[] NO_OBJECTS = {};

  private volatile long now;
  private long sequence;

  private long[] heapTimes = NO_NUMBERS;
  private long[] heapSequences = NO_NUMBERS;
  private @Nullable Object[] heapActions = NO_OBJECTS;
  private @Nullable Object[] heapSubjects = NO_OBJECTS;
  private int heapSize;

  private @Nullable Object[] dueActions = NO_OBJECTS;
  private @Nullable Object[] dueSubjects = NO_OBJECTS;
  private int dueHead;
  private int dueSize;

  /** Creates a queue at time 0 with nothing in it. */
  public EventQueue() {}

  /** The current time in nanoseconds since the lab's start. */
  public long now() {
    return now;
  }

  /** How many events wait, for now or later. */
  public int size() {
    return heapSize + dueSize;
  }

  /** Schedules an action; a time that has passed counts as now. */
  public void add(long time, Runnable action) {
    insert(time, action, null);
  }

  /**
   * Schedules the hand-over of something, such as a packet; a time that has passed counts as now.
   */
  public <T> void add(long time, Consumer<T> receiver, T subject) {
    insert(time, receiver, subject);
  }

  private void insert(long time, Object action, @Nullable Object subject) {
    if (time <= now) {
      addDue(action, subject);
    } else {
      addLater(time, action, subject);
    }
  }

  /**
   * Runs the next event if its time is not after the deadline, moving the clock to it.
   *
   * @return whether there was one
   */
  public boolean runNext(long deadline) {
    if (heapSize > 0 && heapTimes[0] <= now) {
      runFromHeap();
      return true;
    }
    if (dueSize > 0) {
      runDue();
      return true;
    }
    if (heapSize > 0 && heapTimes[0] <= deadline) {
      now = heapTimes[0];
      runFromHeap();
      return true;
    }
    return false;
  }

  /** Moves the clock forward to a time up to which nothing is left to happen. */
  public void moveTo(long time) {
    if (time < now) {
      throw new IllegalArgumentException("time " + time + " ns is before now, " + now + " ns");
    }
    now = time;
  }

  @SuppressWarnings("unchecked") // add() has taken receiver and subject of one type
  private static void run(Object action, @Nullable Object subject) {
    if (subject == null) {
      ((Runnable) action).run();
    } else {
      ((Consumer<Object>) action).accept(subject);
    }
  }

  private void addDue(Object action, @Nullable Object subject) {
    if (dueSize == dueActions.length) {
      growDue();
    }
    int at = dueHead + dueSize & dueActions.length - 1;
    dueActions[at] = action;
    dueSubjects[at] = subject;
    dueSize++;
  }

  private void growDue() {
    int capacity = Math.max(INITIAL_CAPACITY, dueActions.length * 2);
    dueActions = unrolled(dueActions, capacity);
    dueSubjects = unrolled(dueSubjects, capacity);
    dueHead = 0;
  }

  private @Nullable Object[] unrolled(@Nullable Object[] old, int capacity) {
    @Nullable Object[] fresh = new @Nullable Object[capacity];
    int first = old.length - dueHead;
    System.arraycopy(old, dueHead, fresh, 0, first);
    System.arraycopy(old, 0, fresh, first, dueHead);
    return fresh;
  }

  private void runDue() {
    Object action = taken(dueActions[dueHead]);
    Object subject = dueSubjects[dueHead];
    dueActions[dueHead] = null;
    dueSubjects[dueHead] = null;
    dueHead = dueHead + 1 & dueActions.length - 1;
    dueSize--;
    run(action, subject);
  }

  private static Object taken(@Nullable Object action) {
    if (action == null) {
      throw new AssertionError("an event without action; please report this bug");
    }
    return action;
  }

  private void addLater(long time, Object action, @Nullable Object subject) {
    if (heapSize == heapTimes.length) {
      growHeap();
    }
    long number = sequence++;
    int at = heapSize++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (!isBefore(time, number, parent)) {
        break;
      }
      copy(parent, at);
      at = parent;
    }
    put(at, time, number, action, subject);
  }

  private boolean isBefore(long time, long number, int slot) {
    return time != heapTimes[slot] ? time < heapTimes[slot] : number < heapSequences[slot];
  }

  private void growHeap() {
    int capacity = Math.max(INITIAL_CAPACITY, heapTimes.length * 2);
    heapTimes = Arrays.copyOf(heapTimes, capacity);
    heapSequences = Arrays.copyOf(heapSequences, capacity);
    heapActions = Arrays.copyOf(heapActions, capacity);
    heapSubjects = Arrays.copyOf(heapSubjects, capacity);
  }

  private void runFromHeap() {
    Object action = taken(heapActions[0]);
    Object subject = heapSubjects[0];
    heapSize--;
    long time = heapTimes[heapSize];
    long number = heapSequences[heapSize];
    Object lastAction = taken(heapActions[heapSize]);
    Object lastSubject = heapSubjects[heapSize];
    heapActions[heapSize] = null;
    heapSubjects[heapSize] = null;
    if (heapSize > 0) {
      siftDown(time, number, lastAction, lastSubject);
    }
    run(action, subject);
  }

  private void siftDown(long time, long number, Object action, @Nullable Object subject) {
    int at = 0;
    int child = 1;
    while (child < heapSize) {
      int right = child + 1;
      if (right < heapSize && isBefore(heapTimes[right], heapSequences[right], child)) {
        child = right;
      }
      if (isBefore(time, number, child)) {
        break;
      }
      copy(child, at);
      at = child;
      child = 2 * at + 1;
    }
    put(at, time, number, action, subject);
  }

  private void copy(int from, int to) {
    heapTimes[to] = heapTimes[from];
    heapSequences[to] = heapSequences[from];
    heapActions[to] = heapActions[from];
    heapSubjects[to] = heapSubjects[from];
  }

  private void put(int at, long time, long number, Object action, @Nullable Object subject) {
    heapTimes[at] = time;
    heapSequences[at] = number;
    heapActions[at] = action;
    heapSubjects[at] = subject;
  }
}
