// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import java.util.Set;

/** Protocols are in the order of their costs, so the first one that gets there is the cheapest. */
final class Cheapest implements ProtocolPolicy {

  static final ProtocolPolicy POLICY = new Cheapest();

  private static final Protocol[] IN_ORDER_OF_COST = Protocol.values();

  private Cheapest() {}

  @Override
  public Protocol choose(Set<Media> media) {
    for (Protocol each : IN_ORDER_OF_COST) {
      if (each.carriesOver(media)) {
        return each;
      }
    }
    throw new IllegalArgumentException("no media to choose a protocol for");
  }

  @Override
  public String toString() {
    return "by media";
  }
}
