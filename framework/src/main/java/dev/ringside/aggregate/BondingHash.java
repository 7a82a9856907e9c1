// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Packet;
import java.util.List;

// Read Linux, Documentation/networking/bonding.rst, xmit_hash_policy, before touching the formulas.

/** The hashes of Linux bonding. */
enum BondingHash implements PortSelectionPolicy {
  LAYER2("layer2") {
    @Override
    int hash(Packet packet) {
      return ethernet(packet);
    }
  },
  LAYER2_AND_3("layer2+3") {
    @Override
    int hash(Packet packet) {
      return HeaderHash.hasIp(packet)
          ? fold(ethernet(packet) ^ addresses(packet))
          : ethernet(packet);
    }
  },
  LAYER3_AND_4("layer3+4") {
    @Override
    int hash(Packet packet) {
      if (!HeaderHash.hasIp(packet)) {
        return ethernet(packet);
      }
      int ports = HeaderHash.hasPorts(packet) ? packet.intAt(packet.transportOffset()) : 0;
      return fold(ports ^ addresses(packet)) >>> 1; // even ports are common
    }
  };

  private final String text;

  BondingHash(String text) {
    this.text = text;
  }

  abstract int hash(Packet packet);

  @Override
  public ActivePort choose(Packet first, long number, List<ActivePort> ports) {
    return ports.get(HeaderHash.modulo(hash(first), ports.size()));
  }

  private static int ethernet(Packet packet) {
    if (packet.isRunt()) {
      return 0;
    }
    int type = Math.max(0, packet.etherType());
    return packet.unsignedByteAt(5) ^ packet.unsignedByteAt(11) ^ type;
  }

  private static int addresses(Packet packet) {
    return HeaderHash.words(
        packet, HeaderHash.addressesAt(packet), HeaderHash.addressBytes(packet) / 4);
  }

  private static int fold(int hash) {
    int half = hash ^ (hash >>> 16);
    return half ^ (half >>> 8);
  }

  @Override
  public String toString() {
    return text;
  }
}
