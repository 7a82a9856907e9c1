// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All requests of a lab that wait for something, in the order in which they began to wait. Nothing
 * in a lab blocks a thread: what must wait is in this list, with its owner, its amount, and what
 * would wake it.
 *
 * <pre>{@code
 * for (Waiter waiter : lab.waiters()) {
 *   System.out.println(waiter); // web waits for 1442 bytes of memory of web since PT0.5S, until ...
 * }
 * }</pre>
 *
 * <p>Guarded by the lock of the lab.
 */
public final class Waits {

  /**
   * The lab whose operations grant and cancel; its monitor is the lock.
   *
   * <pre>{@code
   * Waits waits = new Waits(world);
   * }</pre>
   */
  public interface Operations {

    /** Nanoseconds of virtual time since the lab's start. */
    long now();

    /** Carries out an operation and all that it causes at the current time. */
    void run(Runnable operation);

    /** Lets an action happen after the present event, at the same time; within an operation. */
    void afterwards(Runnable action);
  }

  private final Operations operations;
  private @Nullable Waiter first;
  private @Nullable Waiter last;
  private int size;

  /** Creates a list in which nobody waits. */
  public Waits(Operations operations) {
    this.operations = operations;
  }

  Operations operations() {
    return operations;
  }

  /** How many requests wait. */
  public int size() {
    synchronized (operations) {
      return size;
    }
  }

  /** The requests that wait, those that began first in front. */
  public List<Waiter> waiters() {
    synchronized (operations) {
      List<Waiter> waiters = new ArrayList<>(size);
      for (Waiter waiter = first; waiter != null; waiter = waiter.nextInLab) {
        waiters.add(waiter);
      }
      return waiters;
    }
  }

  void add(Waiter waiter) {
    Waiter before = last;
    waiter.previousInLab = before;
    if (before == null) {
      first = waiter;
    } else {
      before.nextInLab = waiter;
    }
    last = waiter;
    size++;
  }

  void remove(Waiter waiter) {
    Waiter before = waiter.previousInLab;
    Waiter after = waiter.nextInLab;
    if (before == null) {
      first = after;
    } else {
      before.nextInLab = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previousInLab = before;
    }
    waiter.previousInLab = null;
    waiter.nextInLab = null;
    size--;
  }

  @Override
  public String toString() {
    List<Waiter> waiters = waiters();
    return waiters.isEmpty() ? "nobody waits" : waiters.toString();
  }
}
