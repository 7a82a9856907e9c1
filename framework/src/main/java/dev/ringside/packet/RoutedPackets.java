// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import org.jspecify.annotations.Nullable;

/**
 * What routers do to packets.
 *
 * <pre>{@code
 * Packet next = RoutedPackets.forwarded(packet, port.mac(), nextHopMac);
 * next.timeToLive(); // one less
 * }</pre>
 */
public final class RoutedPackets {

  private static final int TIME_TO_LIVE = 8;
  private static final int CHECKSUM = 10;
  private static final int HOP_LIMIT = 7;

  private RoutedPackets() {}

  /**
   * The packet one hop further: between other MAC addresses, with a time to live or hop limit less
   * by one, and with the IPv4 header checksum changed accordingly (RFC 1624), right or wrong as it
   * was. The id and all else stay.
   *
   * @throws IllegalArgumentException if it is no IP packet, or has no hop left
   */
  public static Packet forwarded(Packet packet, MacAddress source, MacAddress destination) {
    if (packet.ipVersion() == 0 || packet.timeToLive() < 1) {
      throw new IllegalArgumentException("only IP packets with a hop left are routed: " + packet);
    }
    byte[] frame = packet.trustedBytes().clone();
    Bytes.put48(frame, 0, destination.bits());
    Bytes.put48(frame, 6, source.bits());
    int at = packet.networkOffset();
    if (packet.ipVersion() == 4) {
      frame[at + TIME_TO_LIVE]--;
      Bytes.put16(frame, at + CHECKSUM, checksumOfOneHopLess(Bytes.u16(frame, at + CHECKSUM)));
    } else {
      frame[at + HOP_LIMIT]--;
    }
    return Packet.ofTrusted(frame).withId(packet.id());
  }

  /** The time to live is the upper byte of a word: that word is less by 0x100. */
  private static int checksumOfOneHopLess(int checksum) {
    int sum = checksum + 0x100;
    return (sum & 0xffff) + (sum >>> 16);
  }

  /** What is wrong with the checksum of the IPv4 header; null if nothing is, or there is none. */
  public static @Nullable String headerFault(Packet packet) {
    if (packet.ipVersion() != 4 || packet.isMalformed()) {
      return null;
    }
    return Checksums.ipv4HeaderFault(packet.trustedBytes(), packet.networkOffset());
  }

  /** Whether an IPv4 packet forbids routers to fragment it; IPv6 packets always do. */
  public static boolean isUnfragmentable(Packet packet) {
    return packet.ipVersion() != 4
        || (packet.unsignedShortAt(packet.networkOffset() + 6) & 0x4000) != 0;
  }
}
