// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import org.jspecify.annotations.Nullable;

/** Packets in one line, for messages and the journal. */
final class PacketText {

  private PacketText() {}

  static String line(Packet packet) {
    StringBuilder text = new StringBuilder(96);
    if (packet.id() != 0) {
      text.append('#').append(packet.id()).append(' ');
    }
    if (packet.isRunt()) {
      text.append("runt");
    } else {
      text.append(protocol(packet)).append(' ');
      appendEnds(packet, text);
      for (VlanTag tag : packet.vlanTags()) {
        text.append(", vlan ").append(tag.vlanId());
      }
    }
    text.append(", ").append(packet.length()).append(" bytes");
    String fault = packet.malformationDescription();
    return fault == null ? text.toString() : text.append(", malformed: ").append(fault).toString();
  }

  private static void appendEnds(Packet packet, StringBuilder text) {
    if (packet.etherType() == EtherType.ARP && packet.arpOperation() != Packet.NONE) {
      appendArp(packet, text);
      return;
    }
    appendEnd(packet.sourceIp(), packet.sourcePort(), packet.sourceMac(), text);
    text.append(" > ");
    appendEnd(packet.destinationIp(), packet.destinationPort(), packet.destinationMac(), text);
  }

  private static void appendEnd(
      @Nullable IpAddress ip, int port, MacAddress mac, StringBuilder text) {
    if (ip == null) {
      text.append(mac);
    } else {
      appendIpEnd(ip, port, text);
    }
  }

  static void appendIpEnd(IpAddress ip, int port, StringBuilder text) {
    boolean bracketed = ip.version() == 6 && port != Packet.NONE;
    text.append(bracketed ? "[" : "").append(ip).append(bracketed ? "]" : "");
    if (port != Packet.NONE) {
      text.append(':').append(port);
    }
  }

  private static void appendArp(Packet packet, StringBuilder text) {
    int at = packet.networkOffset();
    Ipv4Address sender = new Ipv4Address(packet.intAt(at + 14));
    Ipv4Address target = new Ipv4Address(packet.intAt(at + 24));
    if (packet.arpOperation() == 1) {
      text.append("who has ").append(target).append(", tell ").append(sender);
    } else {
      text.append(sender).append(" is at ").append(packet.sourceMac());
    }
  }

  private static String protocol(Packet packet) {
    if (packet.ipVersion() != 0) {
      return switch (packet.protocol()) {
        case IpProtocol.UDP -> "udp";
        case IpProtocol.TCP -> "tcp" + flags(packet.tcpFlags());
        case IpProtocol.ICMP -> "icmp" + icmp(packet);
        case IpProtocol.ICMPV6 -> "icmpv6" + icmp(packet);
        default -> "ipv" + packet.ipVersion() + " protocol " + packet.protocol();
      };
    }
    return switch (packet.etherType()) {
      case EtherType.ARP -> "arp";
      case EtherType.IPV4 -> "ipv4";
      case EtherType.IPV6 -> "ipv6";
      default -> "ethertype 0x" + Integer.toHexString(packet.etherType());
    };
  }

  private static String icmp(Packet packet) {
    if (packet.icmpType() == Packet.NONE) {
      return "";
    }
    String kind =
        switch (packet.icmpType() + (packet.ipVersion() == 6 ? 1000 : 0)) {
          case 0, 1129 -> "echo reply";
          case 8, 1128 -> "echo request";
          case 3, 1001 -> "unreachable";
          case 11, 1003 -> "time exceeded";
          case 1135 -> "neighbour solicitation";
          case 1136 -> "neighbour advertisement";
          default -> "type " + packet.icmpType();
        };
    return " " + kind;
  }

  private static String flags(int flags) {
    if (flags <= 0) {
      return "";
    }
    StringBuilder text = new StringBuilder(" ");
    append(text, flags, 0x02, "syn");
    append(text, flags, 0x10, "ack");
    append(text, flags, 0x01, "fin");
    append(text, flags, 0x04, "rst");
    append(text, flags, 0x08, "psh");
    append(text, flags, 0x20, "urg");
    return text.length() == 1 ? "" : text.toString();
  }

  private static void append(StringBuilder text, int flags, int bit, String name) {
    if ((flags & bit) != 0) {
      text.append(text.length() > 1 ? "+" : "").append(name);
    }
  }
}
