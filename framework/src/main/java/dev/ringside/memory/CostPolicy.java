// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import org.jspecify.annotations.Nullable;

/** Weighs the two distances, and where that is a tie weighs them another way. */
final class CostPolicy implements TransmitBufferPolicy {

  private final String name;
  private final long ofApplication;
  private final long ofNic;
  private final long thenOfApplication;
  private final long thenOfNic;
  private final boolean localOnly;

  CostPolicy(String name, long ofApplication, long ofNic) {
    this(name, ofApplication, ofNic, 0, 0, false);
  }

  private CostPolicy(
      String name,
      long ofApplication,
      long ofNic,
      long thenOfApplication,
      long thenOfNic,
      boolean localOnly) {
    this.name = name;
    this.ofApplication = ofApplication;
    this.ofNic = ofNic;
    this.thenOfApplication = thenOfApplication;
    this.thenOfNic = thenOfNic;
    this.localOnly = localOnly;
  }

  CostPolicy thenBy(long application, long nic) {
    return new CostPolicy(name, ofApplication, ofNic, application, nic, localOnly);
  }

  CostPolicy localOnly() {
    return new CostPolicy(name, ofApplication, ofNic, thenOfApplication, thenOfNic, true);
  }

  @Override
  public @Nullable BufferOffer choose(BufferOffers offers) {
    BufferOffer best = offers.get(0);
    for (int i = 1; i < offers.size(); i++) {
      BufferOffer offer = offers.get(i);
      if (isCheaper(offer, best)) {
        best = offer;
      }
    }
    return localOnly && best.fromApplication() > offers.nearestToApplication() ? null : best;
  }

  private boolean isCheaper(BufferOffer one, BufferOffer other) {
    long first = cost(one, ofApplication, ofNic) - cost(other, ofApplication, ofNic);
    if (first != 0) {
      return first < 0;
    }
    long second =
        cost(one, thenOfApplication, thenOfNic) - cost(other, thenOfApplication, thenOfNic);
    return second != 0 ? second < 0 : one.beats(other);
  }

  private static long cost(BufferOffer offer, long application, long nic) {
    return application * offer.fromApplication() + nic * offer.toNic();
  }

  @Override
  public String toString() {
    return name;
  }
}
