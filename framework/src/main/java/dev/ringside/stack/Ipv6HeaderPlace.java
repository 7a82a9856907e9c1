// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;

/**
 * A place between the headers of a well-formed IPv6 packet: what is before it is in every fragment,
 * what is behind it is cut into pieces (RFC 8200, section 4.5).
 *
 * @param saidAt where in the frame the number of the header at this place stands
 * @param at where in the frame this place is
 */
record Ipv6HeaderPlace(int saidAt, int at) {

  static final int BYTES = 40;
  static final int FRAGMENT_BYTES = 8;

  /** The place of the header that makes a packet a fragment. */
  static Ipv6HeaderPlace fragmentHeader(Packet fragment) {
    Ipv6HeaderPlace place = first(fragment);
    while (!place.isFragmentHeader(fragment)) {
      place = place.next(fragment);
    }
    return place;
  }

  /** The place behind all headers that routers on the way read, where a packet may be cut. */
  static Ipv6HeaderPlace fragmentablePart(Packet packet) {
    Ipv6HeaderPlace found = first(packet);
    Ipv6HeaderPlace place = found;
    for (int header = place.number(packet); isOption(header); header = place.number(packet)) {
      place = place.next(packet);
      if (header != IpProtocol.DESTINATION_OPTIONS) {
        found = place;
      }
    }
    return found;
  }

  private static Ipv6HeaderPlace first(Packet packet) {
    int network = packet.networkOffset();
    return new Ipv6HeaderPlace(network + 6, network + BYTES);
  }

  private static boolean isOption(int header) {
    return header == IpProtocol.HOP_BY_HOP
        || header == IpProtocol.ROUTING
        || header == IpProtocol.DESTINATION_OPTIONS;
  }

  /** The number of the header at this place. */
  int number(Packet packet) {
    return packet.unsignedByteAt(saidAt);
  }

  /** Not so if it says that the packet is in one piece (RFC 6946). */
  private boolean isFragmentHeader(Packet packet) {
    return number(packet) == IpProtocol.FRAGMENT && (packet.unsignedShortAt(at + 2) & 0xfff9) != 0;
  }

  private Ipv6HeaderPlace next(Packet packet) {
    int lengthField = packet.unsignedByteAt(at + 1);
    return new Ipv6HeaderPlace(
        at, at + IpProtocol.extensionHeaderBytes(number(packet), lengthField));
  }
}
