// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import org.jspecify.annotations.Nullable;

/**
 * A message between the two ends of a link (IEEE 802.1AX-2014, section 6.4.2), 110 bytes behind the
 * Ethernet header:
 *
 * <pre>
 *    0  subtype 1, version 1
 *    2  actor: type 1, length 20     22  partner: type 2, length 20
 *   42  collector: type 3, length 16, longest delay
 *   58  terminator, and zeros
 * </pre>
 *
 * <pre>{@code
 * Lacpdu message = Lacpdu.read(packet); // null if it is none, or malformed
 * message.actor().system();
 * }</pre>
 *
 * @param actor what the sender tells of itself
 * @param partner what the sender has last heard from the receiver
 * @param longestDelay of frames in the sender's collector, in tens of microseconds; 0 to 65535
 */
public record Lacpdu(PortInformation actor, PortInformation partner, int longestDelay) {

  /** The EtherType of slow protocols. */
  public static final int ETHER_TYPE = 0x8809;

  /** The bytes behind the Ethernet header. */
  public static final int BODY_BYTES = 110;

  /** LACP among the slow protocols. */
  static final int SUBTYPE = 1;

  private static final int VERSION = 1;
  private static final int ACTOR_AT = 2;
  private static final int PARTNER_AT = 22;
  private static final int PORT_BYTES = 20;
  private static final int COLLECTOR_AT = 42;
  private static final int COLLECTOR_BYTES = 16;

  /** Whether a frame is one of a slow protocol: LACP, marker or another. */
  public static boolean isSlowProtocol(Packet packet) {
    return !packet.isRunt()
        && packet.destinationMacBits() == MacAddress.SLOW_PROTOCOLS.bits()
        && packet.etherType() == ETHER_TYPE;
  }

  /** Which slow protocol, -1 if the frame has no byte that tells. */
  static int subtype(Packet packet) {
    int at = packet.networkOffset();
    return packet.length() > at ? packet.unsignedByteAt(at) : -1;
  }

  /** Reads one; null if it is too short, or its parts are not those of a LACPDU. */
  public static @Nullable Lacpdu read(Packet packet) {
    int at = packet.networkOffset();
    if (!isSlowProtocol(packet)
        || packet.length() < at + BODY_BYTES
        || subtype(packet) != SUBTYPE
        || packet.unsignedByteAt(at + 1) < VERSION
        || !isPart(packet, at + ACTOR_AT, 1, PORT_BYTES)
        || !isPart(packet, at + PARTNER_AT, 2, PORT_BYTES)
        || !isPart(packet, at + COLLECTOR_AT, 3, COLLECTOR_BYTES)) {
      return null;
    }
    return new Lacpdu(
        readPort(packet, at + ACTOR_AT + 2),
        readPort(packet, at + PARTNER_AT + 2),
        packet.unsignedShortAt(at + COLLECTOR_AT + 2));
  }

  private static boolean isPart(Packet packet, int at, int type, int length) {
    return packet.unsignedByteAt(at) == type && packet.unsignedByteAt(at + 1) == length;
  }

  private static PortInformation readPort(Packet packet, int at) {
    long system =
        (long) packet.unsignedShortAt(at + 2) << 32 | (packet.intAt(at + 4) & 0xffff_ffffL);
    return new PortInformation(
        packet.unsignedShortAt(at),
        new MacAddress(system),
        packet.unsignedShortAt(at + 8),
        packet.unsignedShortAt(at + 10),
        packet.unsignedShortAt(at + 12),
        packet.unsignedByteAt(at + 14));
  }

  /** The frame. */
  public Packet toPacket(MacAddress source) {
    byte[] body = new byte[BODY_BYTES];
    body[0] = SUBTYPE;
    body[1] = VERSION;
    body[ACTOR_AT] = 1;
    body[ACTOR_AT + 1] = PORT_BYTES;
    write(actor, body, ACTOR_AT + 2);
    body[PARTNER_AT] = 2;
    body[PARTNER_AT + 1] = PORT_BYTES;
    write(partner, body, PARTNER_AT + 2);
    body[COLLECTOR_AT] = 3;
    body[COLLECTOR_AT + 1] = COLLECTOR_BYTES;
    put16(body, COLLECTOR_AT + 2, longestDelay);
    return Packets.ethernet(ETHER_TYPE)
        .fromMac(source)
        .toMac(MacAddress.SLOW_PROTOCOLS)
        .payload(body)
        .toPacket();
  }

  private static void write(PortInformation port, byte[] body, int at) {
    put16(body, at, port.systemPriority());
    long system = port.system().bits();
    put16(body, at + 2, (int) (system >>> 32));
    put16(body, at + 4, (int) (system >>> 16));
    put16(body, at + 6, (int) system);
    put16(body, at + 8, port.key());
    put16(body, at + 10, port.portPriority());
    put16(body, at + 12, port.port());
    body[at + 14] = (byte) port.state();
  }

  private static void put16(byte[] body, int at, int value) {
    body[at] = (byte) (value >>> 8);
    body[at + 1] = (byte) value;
  }
}
