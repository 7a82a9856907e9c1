// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import java.util.List;

/** Finds the packet that differs least from what was wanted. */
final class NearestMiss {

  private NearestMiss() {}

  /** The one with the fewest fields that differ, of several the first; there is at least one. */
  static Packet among(List<Packet> packets, PacketSpec wanted) {
    Packet nearest = packets.get(0);
    for (Packet packet : packets) {
      if (wanted.mismatches(packet).size() < wanted.mismatches(nearest).size()) {
        nearest = packet;
      }
    }
    return nearest;
  }
}
