// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Packet;

/** The numbers that hashes of packets are made of. */
final class HeaderHash {

  private HeaderHash() {}

  /** The exclusive or of the bytes from an offset on. */
  static int bytes(Packet packet, int from, int count) {
    int hash = 0;
    for (int i = from; i < from + count; i++) {
      hash ^= packet.unsignedByteAt(i);
    }
    return hash;
  }

  /** The exclusive or of the 32-bit words from an offset on. */
  static int words(Packet packet, int from, int count) {
    int hash = 0;
    for (int i = 0; i < count; i++) {
      hash ^= packet.intAt(from + 4 * i);
    }
    return hash;
  }

  static boolean hasIp(Packet packet) {
    return packet.ipVersion() != 0;
  }

  /** Fragments count as without ports, the first one too, which shows them. */
  static boolean hasPorts(Packet packet) {
    return packet.hasPorts() && !packet.isFragment();
  }

  /** Where the two IP addresses start, one behind the other. */
  static int addressesAt(Packet packet) {
    return packet.networkOffset() + (packet.ipVersion() == 4 ? 12 : 8);
  }

  /** How many bytes the two IP addresses have. */
  static int addressBytes(Packet packet) {
    return packet.ipVersion() == 4 ? 8 : 32;
  }

  /** The place that a hash, taken without a sign, has in a list. */
  static int modulo(int hash, int size) {
    return Integer.remainderUnsigned(hash, size);
  }
}
