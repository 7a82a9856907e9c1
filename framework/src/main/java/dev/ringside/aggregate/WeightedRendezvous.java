// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Connection;
import dev.ringside.packet.Packet;
import java.util.List;
import java.util.function.ToLongFunction;

/** Highest random weight (Thaler and Ravishankar), with weights. */
final class WeightedRendezvous implements PortSelectionPolicy {

  private static final double STEP = 0x1p-53;

  private final ToLongFunction<ActivePort> weight;

  WeightedRendezvous(ToLongFunction<ActivePort> weight) {
    this.weight = weight;
  }

  @Override
  public ActivePort choose(Packet first, long number, List<ActivePort> ports) {
    long connection = Connection.keyOf(first);
    ActivePort best = ports.get(0);
    double highest = score(connection, best);
    for (int i = 1; i < ports.size(); i++) {
      double score = score(connection, ports.get(i));
      if (score > highest) {
        best = ports.get(i);
        highest = score;
      }
    }
    return best;
  }

  /** Strict, so that every machine computes the same. */
  private double score(long connection, ActivePort port) {
    long heaviness = weight.applyAsLong(port);
    if (heaviness <= 0) {
      return -1;
    }
    double drawn = ((draw(connection, port.name()) >>> 11) + 0.5) * STEP;
    return -heaviness / StrictMath.log(drawn);
  }

  /** FNV-1a over the name, then the mixing of SplitMix64. */
  private static long draw(long connection, String name) {
    long hash = 0xcbf2_9ce4_8422_2325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100_0000_01b3L;
    }
    long mixed = hash ^ connection;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return mixed ^ (mixed >>> 31);
  }

  @Override
  public String toString() {
    return "weighted rendezvous";
  }
}
