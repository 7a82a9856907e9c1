// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Packet.NONE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one field of a packet. */
final class FieldReader {

  private static final int ND_TARGET_END = 24;

  private FieldReader() {}

  /** The value of a field of numbers, {@link Packet#NONE} where the packet has no such field. */
  static long number(Field field, Packet packet) {
    return switch (field) {
      case ETHER_TYPE -> packet.etherType();
      case PROTOCOL -> packet.protocol();
      case IP_VERSION -> packet.ipVersion() == 0 ? NONE : packet.ipVersion();
      case TIME_TO_LIVE -> packet.timeToLive();
      case DSCP -> packet.dscp();
      case SOURCE_PORT -> packet.sourcePort();
      case DESTINATION_PORT -> packet.destinationPort();
      case ICMP_TYPE -> packet.icmpType();
      case ICMP_CODE -> packet.icmpCode();
      case ARP_OPERATION -> packet.arpOperation();
      case PAYLOAD_SIZE -> packet.payloadLength();
      case ECN, FLOW_LABEL, IDENTIFICATION, FRAGMENT_OFFSET, MORE_FRAGMENTS, TOTAL_LENGTH ->
          packet.ipVersion() == 4
              ? ofIpv4(field, packet, packet.networkOffset())
              : ofIpv6(field, packet);
      case DONT_FRAGMENT, IP_HEADER_LENGTH, IP_CHECKSUM ->
          packet.ipVersion() == 4 ? ofIpv4(field, packet, packet.networkOffset()) : NONE;
      case CHECKSUM, UDP_LENGTH, SEQUENCE, ACKNOWLEDGEMENT, WINDOW, TCP_HEADER_LENGTH ->
          ofTransport(field, packet, packet.transportOffset());
      case ICMP_IDENTIFIER, ICMP_SEQUENCE, ICMP_REST ->
          packet.icmpType() == NONE ? NONE : ofIcmp(field, packet, packet.transportOffset());
      default -> throw new IllegalStateException(field + " is not a number");
    };
  }

  private static long ofIpv4(Field field, Packet packet, int at) {
    return switch (field) {
      case ECN -> packet.unsignedByteAt(at + 1) & 3;
      case IDENTIFICATION -> packet.unsignedShortAt(at + 4);
      case FRAGMENT_OFFSET -> (packet.unsignedShortAt(at + 6) & 0x1fff) * 8L;
      case MORE_FRAGMENTS -> packet.unsignedByteAt(at + 6) >> 5 & 1;
      case DONT_FRAGMENT -> packet.unsignedByteAt(at + 6) >> 6 & 1;
      case TOTAL_LENGTH -> packet.unsignedShortAt(at + 2);
      case IP_HEADER_LENGTH -> (packet.unsignedByteAt(at) & 0xf) * 4L;
      case IP_CHECKSUM -> packet.unsignedShortAt(at + 10);
      default -> NONE;
    };
  }

  private static long ofIpv6(Field field, Packet packet) {
    if (packet.ipVersion() != 6) {
      return NONE;
    }
    int at = packet.networkOffset();
    return switch (field) {
      case ECN -> packet.unsignedByteAt(at + 1) >> 4 & 3;
      case FLOW_LABEL -> packet.intAt(at) & 0xf_ffff;
      case TOTAL_LENGTH -> packet.unsignedShortAt(at + 4) + Layout.IPV6_BYTES;
      default -> ofFragmentHeader(field, packet);
    };
  }

  private static long ofFragmentHeader(Field field, Packet packet) {
    ExtensionWalk walk = packet.extensionWalk();
    if (!walk.find(IpProtocol.FRAGMENT)) {
      return field == Field.IDENTIFICATION ? NONE : 0;
    }
    int bits = packet.unsignedShortAt(walk.at() + 2);
    return switch (field) {
      case IDENTIFICATION -> packet.intAt(walk.at() + 4) & 0xffff_ffffL;
      case MORE_FRAGMENTS -> bits & 1;
      default -> bits & 0xfff8;
    };
  }

  private static long ofTransport(Field field, Packet packet, int at) {
    int offset = at == NONE ? NONE : Checksums.offsetIn(packet.protocol());
    if (offset == NONE) {
      return NONE;
    }
    if (field == Field.CHECKSUM) {
      return packet.unsignedShortAt(at + offset);
    }
    if (field == Field.UDP_LENGTH) {
      return packet.is(IpProtocol.UDP) ? packet.unsignedShortAt(at + 4) : NONE;
    }
    return packet.is(IpProtocol.TCP) ? ofTcp(field, packet, at) : NONE;
  }

  private static long ofTcp(Field field, Packet packet, int at) {
    return switch (field) {
      case SEQUENCE -> packet.intAt(at + 4) & 0xffff_ffffL;
      case ACKNOWLEDGEMENT -> packet.intAt(at + 8) & 0xffff_ffffL;
      case TCP_HEADER_LENGTH -> (packet.unsignedByteAt(at + 12) >> 4) * 4L;
      default -> packet.unsignedShortAt(at + 14);
    };
  }

  private static long ofIcmp(Field field, Packet packet, int at) {
    return switch (field) {
      case ICMP_IDENTIFIER -> packet.unsignedShortAt(at + 4);
      case ICMP_SEQUENCE -> packet.unsignedShortAt(at + 6);
      default -> packet.intAt(at + 4) & 0xffff_ffffL;
    };
  }

  /** The value of any other field, null where the packet has no such field. */
  static @Nullable Object object(Field field, Packet packet) {
    return switch (field) {
      case SOURCE_MAC -> packet.isRunt() ? null : packet.sourceMac();
      case DESTINATION_MAC -> packet.isRunt() ? null : packet.destinationMac();
      case VLAN_TAGS -> packet.isRunt() ? null : packet.vlanTags();
      case SOURCE_IP -> packet.sourceIp();
      case DESTINATION_IP -> packet.destinationIp();
      case IP_OPTIONS -> ipOptions(packet);
      case EXTENSIONS -> packet.ipVersion() == 6 ? extensions(packet) : null;
      case TCP_FLAGS -> packet.tcpFlags() == NONE ? null : packet.tcpFlags();
      case TCP_OPTIONS -> tcpOptions(packet);
      case NEIGHBOUR_TARGET -> neighbourTarget(packet);
      case QUOTE -> Quote.in(packet);
      case PAYLOAD -> packet.payload();
      default -> arp(field, packet);
    };
  }

  private static @Nullable Object arp(Field field, Packet packet) {
    int at = packet.networkOffset();
    if (packet.arpOperation() == NONE) {
      return null;
    }
    return switch (field) {
      case SENDER_MAC -> new MacAddress(packet.longAt(at + 8) >>> 16);
      case SENDER_IP -> new Ipv4Address(packet.intAt(at + 14));
      case TARGET_MAC -> new MacAddress(packet.longAt(at + 18) >>> 16);
      case TARGET_IP -> new Ipv4Address(packet.intAt(at + 24));
      default -> throw new IllegalStateException(field + " is not an object");
    };
  }

  private static byte @Nullable [] ipOptions(Packet packet) {
    int at = packet.networkOffset();
    if (packet.ipVersion() != 4) {
      return null;
    }
    int end = at + (packet.unsignedByteAt(at) & 0xf) * 4;
    return between(packet, at + Layout.IPV4_BYTES, end);
  }

  private static byte @Nullable [] tcpOptions(Packet packet) {
    int at = packet.transportOffset();
    return packet.is(IpProtocol.TCP)
        ? between(packet, at + Layout.TCP_BYTES, packet.payloadOffset())
        : null;
  }

  private static byte[] between(Packet packet, int from, int to) {
    int end = Math.min(to, packet.length());
    return Arrays.copyOfRange(packet.trustedBytes(), from, Math.max(from, end));
  }

  private static @Nullable Ipv6Address neighbourTarget(Packet packet) {
    int type = packet.icmpType();
    int at = packet.transportOffset();
    boolean present =
        packet.is(IpProtocol.ICMPV6)
            && (type == Icmpv6Spec.NEIGHBOUR_SOLICITATION
                || type == Icmpv6Spec.NEIGHBOUR_ADVERTISEMENT)
            && at + ND_TARGET_END <= packet.endOffset();
    return present ? new Ipv6Address(packet.longAt(at + 8), packet.longAt(at + 16)) : null;
  }

  /** The extension headers that are all there, but for the fragment header; null for none. */
  private static @Nullable List<ExtensionHeader> extensions(Packet packet) {
    List<ExtensionHeader> found = new ArrayList<>();
    int payload = packet.extensionWalk().toEnd().at();
    ExtensionWalk walk = packet.extensionWalk();
    while (walk.at() < payload) {
      int from = walk.at();
      int protocol = walk.protocol();
      walk.step();
      if (protocol != IpProtocol.FRAGMENT) {
        byte[] header = Arrays.copyOfRange(packet.trustedBytes(), from, walk.at());
        found.add(new ExtensionHeader(protocol, header));
      }
    }
    return found.isEmpty() ? null : found;
  }
}
