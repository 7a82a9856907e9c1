// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Monitoring inline as one would explain it: packets have numbers, the watched ones go into a ring
 * and from there into slots, the others go through.
 *
 * <pre>{@code
 * MonitorTwin twin = new MonitorTwin(4, 8, 1);
 * twin.arrives(1, true);  // watched
 * twin.arrives(2, false);
 * twin.held();   // [1]
 * twin.beyond(); // [2]
 * }</pre>
 */
public final class MonitorTwin {

  private final int slots;
  private final int ringCapacity;
  private final int threshold;
  private final Deque<Integer> ring = new ArrayDeque<>();
  private final List<Integer> held = new ArrayList<>();
  private final List<Integer> beyond = new ArrayList<>();
  private int unseen;
  private boolean noticed;
  private boolean farDown;
  private boolean watching = true;
  private boolean dead;
  private int captured;
  private int lost;
  private int withoutUplink;

  /**
   * A monitor that watches.
   *
   * @param slots of its memory
   * @param ringCapacity of its ring
   * @param threshold packets in the ring that raise a notice; 0: it polls
   */
  public MonitorTwin(int slots, int ringCapacity, int threshold) {
    this.slots = slots;
    this.ringCapacity = ringCapacity;
    this.threshold = threshold;
  }

  // ---- what happens ----

  /** A packet of this number comes. */
  public void arrives(int number, boolean watched) {
    if (!watched || !watching) {
      goesOn(number);
    } else if (ring.size() == ringCapacity) {
      lost++;
    } else {
      ring.add(number);
      noticed |= threshold > 0 && ring.size() >= threshold;
      moveIfNoticed();
    }
  }

  private void goesOn(int number) {
    if (farDown) {
      withoutUplink++;
    } else {
      beyond.add(number);
    }
  }

  private void moveIfNoticed() {
    if (noticed) {
      unseen += move(Integer.MAX_VALUE);
    }
    noticed &= !ring.isEmpty();
  }

  private int move(int most) {
    int moved = 0;
    while (moved < most && held.size() < slots && !ring.isEmpty()) {
      held.add(ring.remove());
      captured++;
      moved++;
    }
    return moved;
  }

  /** The application takes a batch; returns the numbers in it. */
  public List<Integer> polls(int most) {
    if (dead) {
      return List.of();
    }
    unseen += move(most - Math.min(most, unseen));
    int taken = Math.min(most, unseen);
    int first = held.size() - unseen;
    List<Integer> batch = List.copyOf(held.subList(first, first + taken));
    unseen -= taken;
    moveIfNoticed();
    return batch;
  }

  /** The application releases the oldest packets, and lets them go on, or not. */
  public void releases(int most, boolean goOn) {
    for (int i = 0; i < most && !held.isEmpty() && !dead; i++) {
      unseen = Math.min(unseen, held.size() - 1);
      int number = held.remove(0);
      if (goOn) {
        goesOn(number);
      }
    }
    moveIfNoticed();
  }

  /** The rule is taken away. */
  public void stops() {
    watching = false;
  }

  /** The application crashes, and packets go on. */
  public void dies() {
    watching = false;
    dead = true;
    ring.clear();
    held.clear();
    unseen = 0;
    noticed = false;
  }

  /** The second card fails, or works again. */
  public void farCardIsDown(boolean down) {
    farDown = down;
  }

  // ---- what holds ----

  /** Whether the application has crashed. */
  public boolean isDead() {
    return dead;
  }

  /** What waits in the ring. */
  public int waiting() {
    return ring.size();
  }

  /** What memory holds, oldest first. */
  public List<Integer> held() {
    return List.copyOf(held);
  }

  /** What has left by the second card, in order. */
  public List<Integer> beyond() {
    return List.copyOf(beyond);
  }

  /** How many packets were captured so far. */
  public int captured() {
    return captured;
  }

  /** How many packets found the ring full. */
  public int lost() {
    return lost;
  }

  /** How many packets found the second card down. */
  public int withoutUplink() {
    return withoutUplink;
  }
}
