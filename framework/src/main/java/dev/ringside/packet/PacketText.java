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
      if (packet.isFragment()) {
        text.append(", fragment at ");
        text.append(FieldReader.number(Field.FRAGMENT_OFFSET, packet));
      }
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
    switch (packet.arpOperation()) {
      case ArpSpec.REQUEST ->
          text.append("who has ").append(target).append(", tell ").append(sender);
      case ArpSpec.REPLY ->
          text.append(sender)
              .append(" is at ")
              .append(new MacAddress(packet.longAt(at + 8) >>> 16));
      default -> text.append("operation ").append(packet.arpOperation());
    }
  }

  private static String protocol(Packet packet) {
    if (packet.ipVersion() != 0) {
      return switch (packet.protocol()) {
        case IpProtocol.TCP -> "tcp" + flags(packet.tcpFlags());
        case IpProtocol.ICMP, IpProtocol.ICMPV6 ->
            FieldText.protocol(packet.protocol(), "") + icmp(packet);
        case IpProtocol.UDP -> "udp";
        default -> "ipv" + packet.ipVersion() + " protocol " + packet.protocol();
      };
    }
    return etherType(packet.etherType());
  }

  static String etherType(int etherType) {
    return switch (etherType) {
      case EtherType.ARP -> "arp";
      case EtherType.IPV4 -> "ipv4";
      case EtherType.IPV6 -> "ipv6";
      default ->
          etherType < EtherType.LOWEST ? "802.3" : "ethertype 0x" + Integer.toHexString(etherType);
    };
  }

  private static String icmp(Packet packet) {
    int type = packet.icmpType();
    return type == Packet.NONE ? "" : " " + FieldText.icmpType(type, packet.ipVersion());
  }

  private static String flags(int flags) {
    return flags <= 0 ? "" : " " + FieldText.flags(flags, "+");
  }
}
