// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import java.util.Arrays;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TransmitBufferPolicy} may choose from: each node with a free buffer together with
 * each NIC that is available, node by node. It tells of the choice that is being made, not of later
 * ones.
 *
 * <pre>{@code
 * TransmitBufferPolicy farthestFromNic = offers -> offers.least(offer -> -offer.toNic());
 * }</pre>
 */
public final class BufferOffers {

  private BufferOffer[] offers = new BufferOffer[8];
  private int size;
  private @Nullable Application application;
  private int nearest;

  BufferOffers() {}

  // ---- for policies ----

  /** How many there are, at least 1. */
  public int size() {
    return size;
  }

  /**
   * One of them.
   *
   * @throws IndexOutOfBoundsException if there are not so many
   */
  public BufferOffer get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("offer " + index + " of " + size);
    }
    return offers[index];
  }

  /** Who wants a buffer. */
  public Application application() {
    if (application == null) {
      throw new IllegalStateException("no choice is being made");
    }
    return application;
  }

  /** The distance of the application to the nearest node that has buffers, free or not. */
  public int nearestToApplication() {
    return nearest;
  }

  /**
   * The one that costs least. Among those that cost the same it is the one on the node with most
   * free buffers, then on the node with the lowest number, then the one with the first NIC.
   */
  public BufferOffer least(ToLongFunction<BufferOffer> cost) {
    BufferOffer best = get(0);
    long least = cost.applyAsLong(best);
    for (int i = 1; i < size; i++) {
      BufferOffer offer = offers[i];
      long its = cost.applyAsLong(offer);
      if (its < least || (its == least && offer.beats(best))) {
        best = offer;
        least = its;
      }
    }
    return best;
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOf(offers, size));
  }

  // ---- for the pool ----

  void begin(Application newApplication) {
    application = newApplication;
    nearest = Integer.MAX_VALUE;
    size = 0;
  }

  void sawNodeAt(int distance) {
    nearest = Math.min(nearest, distance);
  }

  void add(BufferOffer offer) {
    if (size == offers.length) {
      offers = Arrays.copyOf(offers, 2 * size);
    }
    offers[size++] = offer;
  }

  boolean contains(BufferOffer offer) {
    for (int i = 0; i < size; i++) {
      if (offers[i] == offer) {
        return true;
      }
    }
    return false;
  }
}
