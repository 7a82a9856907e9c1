// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What a quota does to one virtual machine with one ring, told in the plainest way: lists, and no
 * thought of speed.
 *
 * <pre>{@code
 * QuotaTwin twin = new QuotaTwin(3_000, 512);
 * twin.arrives(1, 1_442);
 * twin.used(); // 1442
 * }</pre>
 *
 * <p>Not final, so that a test can plant defects in it.
 */
public class QuotaTwin {

  /** The first packet of the ring waits under this number; blocks have numbers from 0. */
  private static final int RING = -1;

  /** Who waits, and for how much. */
  private record Wait(int who, long amount) {}

  /** A packet and how long it is. */
  private record Arrival(int number, long bytes) {}

  private final int ringCapacity;
  private final List<Arrival> ring = new ArrayList<>();
  private final List<Wait> waits = new ArrayList<>();
  private final List<Integer> received = new ArrayList<>();
  private final List<Long> held = new ArrayList<>();
  private final List<Long> blocks = new ArrayList<>();
  private long limit;
  private long used;
  private int requests;
  private int tooLong;
  private int lost;
  private int refused;
  private int cancelled;

  /** A machine with this limit and a ring of so many packets. */
  public QuotaTwin(long limit, int ringCapacity) {
    this.limit = limit;
    this.ringCapacity = ringCapacity;
  }

  // ---- what there is ----

  /** Bytes in use. */
  public final long used() {
    return used;
  }

  /** The limit. */
  public final long limit() {
    return limit;
  }

  /** The numbers of the packets that were received. */
  public final List<Integer> received() {
    return List.copyOf(received);
  }

  /** How many packets in the inbox hold memory. */
  public final int held() {
    return held.size();
  }

  /** How many blocks are out. */
  public final int blocks() {
    return blocks.size();
  }

  /** For how much is waited, the first in front. */
  public final List<Long> waits() {
    List<Long> amounts = new ArrayList<>();
    for (Wait wait : waits) {
      amounts.add(wait.amount);
    }
    return amounts;
  }

  /** How many packets are in the ring. */
  public final int inRing() {
    return ring.size();
  }

  /** Packets that could never fit. */
  public final int tooLong() {
    return tooLong;
  }

  /** Packets that a failed card has lost. */
  public final int lost() {
    return lost;
  }

  /** Packets for which the ring was full. */
  public final int refused() {
    return refused;
  }

  /** Packets that were given up. */
  public final int cancelled() {
    return cancelled;
  }

  // ---- rules; a test may plant another ----

  /** Whether so much fits beside what is in use. */
  protected boolean fits(long inUse, long amount, long most) {
    return inUse + amount <= most;
  }

  /** Whether whoever is behind others may go first if it fits. */
  protected boolean mayOvertake() {
    return false;
  }

  /** Whether a higher limit wakes. */
  protected boolean wakesAtHigherLimit() {
    return true;
  }

  /** Whether what can never fit is dropped at once. */
  protected boolean dropsWhatNeverFits() {
    return true;
  }

  /** Bytes that are forgotten to be freed when a block is given back. */
  protected long leak() {
    return 0;
  }

  /** Whether what was granted stays when the card fails. */
  protected boolean keepsGrantsAtFailover() {
    return true;
  }

  // ---- what happens ----

  /** A packet comes. */
  public final void arrives(int number, long bytes) {
    if (ring.size() == ringCapacity) {
      refused++;
    } else {
      ring.add(new Arrival(number, bytes));
      drain();
    }
  }

  /** The machine is done with the oldest packets. */
  public final void releases(int most) {
    for (int i = 0; i < most && !held.isEmpty(); i++) {
      used -= held.remove(0);
    }
    wake();
  }

  /** Somebody asks for a block. */
  public final void requests(long bytes) {
    int who = requests++;
    if ((waits.isEmpty() || mayOvertake()) && fits(used, bytes, limit)) {
      take(bytes);
      blocks.add(bytes);
    } else if (!neverFits(bytes)) {
      waits.add(new Wait(who, bytes));
    }
  }

  /** The oldest block is given back. */
  public final void releasesBlock() {
    if (!blocks.isEmpty()) {
      used -= blocks.remove(0) - leak();
      wake();
    }
  }

  /** What waits at the front is taken back. */
  public final void cancels() {
    if (!waits.isEmpty()) {
      end(0);
      settle();
    }
  }

  /** Another limit. */
  public final void limit(long newLimit) {
    boolean higher = newLimit > limit;
    limit = newLimit;
    for (int i = waits.size() - 1; i >= 0; i--) {
      if (neverFits(waits.get(i).amount)) {
        if (waits.get(i).who == RING) {
          tooLong++;
          cancelled--;
        }
        end(i);
      }
    }
    if (!higher || wakesAtHigherLimit()) {
      settle();
    }
  }

  /** The card fails, and another takes over with an empty ring. */
  public final void failsOver() {
    lost += ring.size();
    ring.clear();
    waits.removeIf(wait -> wait.who == RING);
    if (!keepsGrantsAtFailover()) {
      used = 0;
    }
    wake();
  }

  private void end(int place) {
    if (waits.remove(place).who == RING) {
      ring.remove(0);
      cancelled++;
    }
  }

  private void settle() {
    wake();
    drain();
    wake();
  }

  private boolean neverFits(long bytes) {
    return dropsWhatNeverFits() && !fits(0, bytes, limit);
  }

  private void take(long bytes) {
    used += bytes;
  }

  private void wake() {
    while (!waits.isEmpty() && fits(used, waits.get(0).amount, limit)) {
      Wait first = waits.remove(0);
      take(first.amount);
      if (first.who == RING) {
        receive();
        drain();
      } else {
        blocks.add(first.amount);
      }
    }
  }

  private void receive() {
    Arrival first = ring.remove(0);
    received.add(first.number);
    held.add(first.bytes);
  }

  private boolean ringWaits() {
    return waits.stream().anyMatch(wait -> wait.who == RING);
  }

  private void drain() {
    while (!ring.isEmpty() && !ringWaits()) {
      long bytes = ring.get(0).bytes;
      if ((waits.isEmpty() || mayOvertake()) && fits(used, bytes, limit)) {
        take(bytes);
        receive();
      } else if (neverFits(bytes)) {
        ring.remove(0);
        tooLong++;
      } else {
        waits.add(new Wait(RING, bytes));
      }
    }
  }
}
