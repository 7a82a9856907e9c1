// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * A neighbour solicitation or advertisement that was read.
 *
 * @param target the address that is asked for, or told about
 * @param mac where the one who asks, or the target, says to be; null where it is not said
 */
record NeighbourMessage(Ipv6Address target, @Nullable MacAddress mac) {

  static final int SOLICITATION = 135;
  static final int ADVERTISEMENT = 136;

  /** Header and target; options follow. */
  private static final int SHORTEST = 24;

  private static final int OPTION_UNIT = 8;
  private static final int SOURCE_MAC_OPTION = 1;
  private static final int TARGET_MAC_OPTION = 2;
  private static final int SOLICITED = 0x4000_0000;
  private static final int LOCAL_HOPS = 255;

  /** Reads a message; null if it must be ignored (RFC 4861, 7.1.1 and 7.1.2). */
  static @Nullable NeighbourMessage read(Packet packet) {
    int at = packet.transportOffset();
    if (packet.timeToLive() != LOCAL_HOPS
        || packet.icmpCode() != 0
        || packet.endOffset() - at < SHORTEST
        || !hasSoundOptions(packet, at + SHORTEST)) {
      return null;
    }
    Ipv6Address target = new Ipv6Address(packet.longAt(at + 8), packet.longAt(at + 16));
    boolean asks = packet.icmpType() == SOLICITATION;
    MacAddress mac = mac(packet, at + SHORTEST, asks ? SOURCE_MAC_OPTION : TARGET_MAC_OPTION);
    boolean sound = asks ? isSoundSolicitation(packet, target, mac) : isSoundAdvertisement(packet);
    return sound && !target.isMulticast() ? new NeighbourMessage(target, mac) : null;
  }

  private static boolean hasSoundOptions(Packet packet, int from) {
    int at = from;
    while (at + OPTION_UNIT <= packet.endOffset() && packet.unsignedByteAt(at + 1) != 0) {
      at += packet.unsignedByteAt(at + 1) * OPTION_UNIT;
    }
    return at == packet.endOffset();
  }

  private static @Nullable MacAddress mac(Packet packet, int from, int option) {
    for (int at = from; at < packet.endOffset(); at += lengthOfOption(packet, at)) {
      if (packet.unsignedByteAt(at) == option && lengthOfOption(packet, at) == OPTION_UNIT) {
        return new MacAddress(packet.longAt(at) & 0xffff_ffff_ffffL);
      }
    }
    return null;
  }

  private static int lengthOfOption(Packet packet, int at) {
    return packet.unsignedByteAt(at + 1) * OPTION_UNIT;
  }

  /** Who has no address yet asks the target's group, and does not say where they are. */
  private static boolean isSoundSolicitation(
      Packet packet, Ipv6Address target, @Nullable MacAddress mac) {
    int at = packet.networkOffset();
    boolean hasAddress = (packet.longAt(at + 8) | packet.longAt(at + 16)) != 0;
    return hasAddress || (mac == null && target.solicitedNode().equals(packet.destinationIp()));
  }

  /** What is told to a group was not asked for. */
  private static boolean isSoundAdvertisement(Packet packet) {
    boolean toGroup = packet.unsignedByteAt(packet.networkOffset() + 24) == 0xff;
    boolean solicited = (packet.intAt(packet.transportOffset() + 4) & SOLICITED) != 0;
    return !toGroup || !solicited;
  }
}
