// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets packets out of several rings of one receiver in the order in which they came in, whichever
 * ring they are in: a connection that comes by another card from now on does not overtake itself.
 * Packets that stay in a ring by somebody's will, because it is polled by hand or raises interrupts
 * for several packets only, hold up no others.
 *
 * <pre>
 *   p0/vf0/rx0: 1, 4 --.
 *   p1/vf0/rx0: 2 -----+--&gt; 1, 2, 3, 4
 *   p2/vf0/rx0: 3 -----&#39;
 * </pre>
 *
 * <pre>{@code
 * ArrivalOrder order = new ArrivalOrder(world::afterwards);
 * first.setOrder(order);
 * second.setOrder(order);
 * }</pre>
 */
public final class ArrivalOrder implements Runnable {

  private final Consumer<Runnable> afterwards;
  private final List<PolledRing> rings = new ArrayList<>(4);
  private long arrived;
  private boolean isWaitedFor;

  /**
   * Creates an order of no rings.
   *
   * @param afterwards runs an action soon, after what is going on now
   */
  public ArrivalOrder(Consumer<Runnable> afterwards) {
    this.afterwards = afterwards;
  }

  void add(PolledRing ring) {
    rings.add(ring);
  }

  void remove(PolledRing ring) {
    rings.remove(ring);
    moved();
  }

  /** How many packets are in its rings. */
  public int live() {
    int live = 0;
    for (PolledRing ring : rings) {
      live += ring.live();
    }
    return live;
  }

  /** The receiver has become ready: serves the rings as far as it takes packets. */
  public void serve() {
    int before;
    do {
      before = live();
      run();
    } while (live() < before);
  }

  /** The number of a packet that arrives now. */
  long next() {
    return ++arrived;
  }

  /** Whether the first packet of a ring has come before those of all others. */
  boolean isFirst(PolledRing ring) {
    long number = ring.firstNumber();
    for (int i = 0; i < rings.size(); i++) {
      if (rings.get(i).firstNumber() < number) {
        isWaitedFor = true;
        return false;
      }
    }
    return true;
  }

  /** A ring has another first packet, or none: those of others may come. */
  void moved() {
    if (isWaitedFor) {
      isWaitedFor = false;
      afterwards.accept(this);
    }
  }

  /** The rings look again whether they are first. */
  @Override
  public void run() {
    for (PolledRing ring : List.copyOf(rings)) {
      ring.receiverReady();
    }
  }
}
