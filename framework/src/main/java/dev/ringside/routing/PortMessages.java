// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmpv6;

import dev.ringside.packet.Icmpv6Spec;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;

/** What a port of a router says in ARP (RFC 826) and neighbour discovery (RFC 4861). */
final class PortMessages {

  private PortMessages() {}

  /** Tells everybody that this address is at this MAC address. */
  static Packet announcement(MacAddress mac, IpAddress ip) {
    return ip instanceof Ipv6Address v6
        ? icmpv6().fromMac(mac).from(v6).neighbourAdvertisement(v6).toPacket()
        : arp().gratuitous(mac, (Ipv4Address) ip).toPacket();
  }

  /** Asks for the MAC address of a neighbour. */
  static Packet request(MacAddress mac, IpAddress self, IpAddress neighbour) {
    return neighbour instanceof Ipv6Address v6
        ? icmpv6().fromMac(mac).from(self).neighbourSolicitation(v6).toPacket()
        : arp()
            .request()
            .fromMac(mac)
            .senderIp((Ipv4Address) self)
            .targetIp((Ipv4Address) neighbour)
            .toPacket();
  }

  /** The answer to an ARP request or a neighbour solicitation for this address. */
  static Packet answer(MacAddress mac, Packet question, IpAddress asked) {
    if (asked instanceof Ipv6Address target) {
      return advertisement(mac, question, target);
    }
    int at = question.networkOffset();
    return arp()
        .reply()
        .fromMac(mac)
        .senderIp((Ipv4Address) asked)
        .toMac(question.sourceMac())
        .targetMac(senderMac(question, at))
        .targetIp(new Ipv4Address(question.intAt(at + 14)))
        .toPacket();
  }

  private static MacAddress senderMac(Packet arp, int at) {
    long upper = arp.unsignedShortAt(at + 8);
    return new MacAddress(upper << 32 | Integer.toUnsignedLong(arp.intAt(at + 10)));
  }

  /** To all nodes if the one who asks has no address yet (RFC 4861, 7.2.4). */
  private static Packet advertisement(MacAddress mac, Packet question, Ipv6Address target) {
    Icmpv6Spec answer = icmpv6().fromMac(mac).from(target).neighbourAdvertisement(target);
    if (question.sourceIp() instanceof Ipv6Address asking && (asking.high() | asking.low()) != 0) {
      answer = answer.to(asking).toMac(question.sourceMac());
    }
    return answer.toPacket();
  }
}
