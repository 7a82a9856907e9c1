// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import dev.ringside.trace.DropReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First come, first served: the requests that wait for one resource.
 *
 * <pre>
 *   add --&gt; | last ... second  head | --wake: tryGrant?--yes--&gt; granted, and the next is tested
 *                                                  `---no---&gt; stays, and so do all behind it
 * </pre>
 *
 * <p>No request overtakes another one, be it ever so small. A request is tested when the queue is
 * woken, not before: whoever adds one has tested it already.
 *
 * <pre>{@code
 * WaitQueue queue = new WaitQueue(world.waits(), "memory of web", "byte");
 * if (!queue.isEmpty() || !request.tryGrant()) {
 *   queue.add("web", 1_442, "a release of memory of web, or a higher limit", request);
 * }
 * queue.wakeLater(); // something was given back
 * }</pre>
 *
 * <p>Guarded by the lock of the lab, within whose operations it is used. A request may do whatever
 * it wants while it is tested, granted or cancelled: add another one, cancel one, wake the queue.
 */
public final class WaitQueue {

  /**
   * What somebody waits for.
   *
   * <pre>{@code
   * WaitQueue.Request two = () -> free >= 2 && take(2);
   * }</pre>
   */
  @FunctionalInterface
  public interface Request {

    /** Takes what is asked for if it is there; test and taking are one step. */
    boolean tryGrant();

    /** It was granted, and is out of the queue: go on with it. */
    default void granted(Waiter waiter) {}

    /**
     * It will not be granted, and is out of the queue.
     *
     * @param reason what to drop a packet for that has waited
     * @param why in words
     */
    default void cancelled(Waiter waiter, DropReason reason, String why) {}
  }

  private final Waits waits;
  private final String resource;
  private final String unit;
  private final Runnable wakeUp = this::wakeUp;
  private @Nullable Waiter head;
  private @Nullable Waiter tail;
  private int size;
  private boolean waking;
  private boolean again;
  private boolean wakeUpDue;
  private @Nullable Waiter tested;
  private @Nullable Ending ending;

  /** How a request is to end that is being tested. */
  private record Ending(@Nullable DropReason reason, String why) {}

  /**
   * Creates a queue in which nobody waits.
   *
   * @param waits where the lab sees who waits
   * @param resource what they wait for, such as memory of web
   * @param unit what it is counted in, in the singular, such as byte
   */
  public WaitQueue(Waits waits, String resource, String unit) {
    this.waits = waits;
    this.resource = resource;
    this.unit = unit;
  }

  Waits.Operations operations() {
    return waits.operations();
  }

  /** What is waited for. */
  public String resource() {
    return resource;
  }

  /** What it is counted in, in the singular. */
  public String unit() {
    return unit;
  }

  /** How many wait. */
  public int size() {
    return size;
  }

  /** Whether nobody waits: whoever comes need not stand behind others. */
  public boolean isEmpty() {
    return head == null;
  }

  /** Who waits at the front; null if nobody does. */
  public @Nullable Waiter head() {
    return head;
  }

  /** Who waits, the first in front. */
  public List<Waiter> waiters() {
    List<Waiter> waiters = new ArrayList<>(size);
    for (Waiter waiter = head; waiter != null; waiter = waiter.next) {
      waiters.add(waiter);
    }
    return waiters;
  }

  /**
   * Lets a request wait behind all others. It is not tested now.
   *
   * @param owner who waits
   * @param amount for how much
   * @param wokenBy what would end the wait, in words
   */
  public Waiter add(String owner, long amount, String wokenBy, Request request) {
    Waiter waiter = new Waiter(this, owner, amount, wokenBy, request);
    Waiter before = tail;
    waiter.previous = before;
    if (before == null) {
      head = waiter;
    } else {
      before.next = waiter;
    }
    tail = waiter;
    size++;
    waits.add(waiter);
    return waiter;
  }

  /**
   * Tests the requests from the head on, and grants them, until one cannot be granted. Called from
   * within a grant it lets the one that is going on do the work.
   */
  public void wake() {
    again = true;
    if (waking) {
      return;
    }
    waking = true;
    try {
      while (again) {
        again = false;
        grantFromHead();
      }
    } finally {
      waking = false;
    }
  }

  private void grantFromHead() {
    for (Waiter waiter = head; waiter != null; waiter = head) {
      if (!test(waiter)) {
        return;
      }
      remove(waiter);
      try {
        waiter.granted();
      } catch (RuntimeException | Error e) {
        wakeLater(); // the others do not wait for this one
        throw e;
      }
    }
  }

  /** A request that fails is out: it must not keep the others from being tested. */
  private boolean test(Waiter waiter) {
    tested = waiter;
    boolean granted;
    try {
      granted = waiter.request().tryGrant();
    } catch (RuntimeException | Error e) {
      tested = null;
      end(waiter, DropReason.CANCELLED, "its request has failed: " + e);
      throw e;
    }
    tested = null;
    Ending late = ending;
    ending = null;
    if (!granted && late != null) {
      end(waiter, late.reason, late.why);
    }
    return granted;
  }

  /** Wakes after the present event, once, however often it is called until then. */
  public void wakeLater() {
    if (!wakeUpDue && head != null) {
      wakeUpDue = true;
      waits.operations().afterwards(wakeUp);
    }
  }

  private void wakeUp() {
    wakeUpDue = false;
    wake();
  }

  /**
   * Takes a request out that is of no use any more to whoever made it, and does not tell them;
   * those behind it are tested after the present event.
   *
   * @return false if it does not wait any more
   */
  public boolean withdraw(Waiter waiter) {
    return end(waiter, null, "withdrawn");
  }

  /**
   * Takes a request out and tells whoever made it; those behind it are tested after the present
   * event.
   *
   * @return false if it does not wait any more; one that is being tested is taken out unless it is
   *     granted
   */
  public boolean cancel(Waiter waiter, DropReason reason, String why) {
    return end(waiter, reason, why);
  }

  /** Takes all requests out that wait now, and tells whoever made them. */
  public void cancelAll(DropReason reason, String why) {
    for (Waiter waiter : waiters()) {
      end(waiter, reason, why);
    }
  }

  private boolean end(Waiter waiter, @Nullable DropReason reason, String why) {
    if (!waiter.isWaiting()) {
      return false;
    }
    if (waiter == tested) { // it may be granted yet
      ending = new Ending(reason, why);
      return true;
    }
    remove(waiter);
    waiter.cancelled(reason, why);
    wakeLater();
    return true;
  }

  private void remove(Waiter waiter) {
    Waiter before = waiter.previous;
    Waiter after = waiter.next;
    if (before == null) {
      head = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      tail = before;
    } else {
      after.previous = before;
    }
    waiter.previous = null;
    waiter.next = null;
    size--;
    waits.remove(waiter);
  }

  @Override
  public String toString() {
    return head == null ? "nobody waits for " + resource : waiters().toString();
  }
}
