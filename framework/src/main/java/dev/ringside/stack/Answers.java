// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;

import dev.ringside.packet.ArpSpec;
import dev.ringside.packet.ControlSpec;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.FrameSpec;
import dev.ringside.packet.Icmpv6Spec;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.VlanTag;
import java.util.Objects;

/**
 * What a stack says by itself: answers, and the questions and announcements of address resolution.
 *
 * <p>An answer goes back to the MAC address that the question came from, in the same VLANs.
 */
final class Answers {

  /** ICMP: port unreachable (RFC 792). */
  private static final int PORT_UNREACHABLE = 3;

  /** ICMPv6: port unreachable (RFC 4443, 3.1). */
  private static final int PORT_UNREACHABLE_V6 = 4;

  /** Class selector 6, internetwork control, which errors travel in (RFC 1812, 4.3.2.5). */
  private static final int INTERNETWORK_CONTROL = 48;

  private final Endpoint self;

  Answers(Endpoint self) {
    this.self = self;
  }

  /**
   * Whether a packet came from one station that can be answered: an answer to a group or to nobody
   * would make of one packet a flood (RFC 1122, 3.2.2).
   */
  static boolean isFromOneStation(Packet packet) {
    if (MacAddress.isMulticast(packet.sourceMacBits())) {
      return false;
    }
    IpAddress source = packet.sourceIp();
    if (source instanceof Ipv4Address v4) {
      return v4.bits() != 0 && v4.bits() >>> 28 < 0xe; // groups, reserved and broadcast are above
    }
    return source instanceof Ipv6Address v6 && !v6.isMulticast() && !isUnspecified(v6);
  }

  private static boolean isUnspecified(Ipv6Address ip) {
    return (ip.high() | ip.low()) == 0;
  }

  /**
   * The answer to a ping, with its identifier, sequence number and payload. It may be longer than
   * what fits the link. It comes from the address that was pinged, unless that is a group.
   */
  Packet echoReply(Packet request) {
    return request.ipVersion() == 4 ? echo(icmp(), request) : echo(icmpv6(), request);
  }

  private <S extends ControlSpec<S>> Packet echo(S spec, Packet request) {
    S reply = spec.echoReply(request).dscp(request.dscp());
    return inVlansOf(request, reply).withDefaultSource(self).toPacket();
  }

  /**
   * Tells that nobody listens on the UDP port that a packet was for. Quoted is what real hosts
   * quote, which is more than the eight bytes of payload that RFC 792 asks for: up to 576 bytes of
   * IPv4 (RFC 1812, 4.3.2.3) or 1280 of IPv6 (RFC 4443, 2.4).
   */
  Packet portUnreachable(Packet udp) {
    IpAddress asked = Objects.requireNonNull(udp.destinationIp(), "destination IP");
    return udp.ipVersion() == 4
        ? inVlansOf(udp, icmp().unreachable(PORT_UNREACHABLE, udp))
            .from(self)
            .from(asked)
            .dscp(INTERNETWORK_CONTROL)
            .toPacket()
        : inVlansOf(udp, icmpv6().unreachable(PORT_UNREACHABLE_V6, udp))
            .from(self)
            .from(asked)
            .toPacket();
  }

  private static <S extends FrameSpec<S>> S inVlansOf(Packet question, S answer) {
    S tagged = answer;
    for (VlanTag tag : question.vlanTags()) {
      tagged = tagged.tag(tag);
    }
    return tagged;
  }

  /** The answer to the question who has this station's IPv4 address (RFC 826). */
  Packet arpReply(Packet request) {
    int at = request.networkOffset();
    ArpSpec reply =
        arp()
            .reply()
            .from(self)
            .toMac(request.sourceMac())
            .targetMac(senderMac(request))
            .targetIp(new Ipv4Address(request.intAt(at + 14)));
    return inVlansOf(request, reply).toPacket();
  }

  /** The MAC address that the sender of an ARP message says to be at. */
  static MacAddress senderMac(Packet arp) {
    int at = arp.networkOffset();
    long upper = arp.unsignedShortAt(at + 8);
    return new MacAddress(upper << 32 | Integer.toUnsignedLong(arp.intAt(at + 10)));
  }

  /**
   * The answer to a neighbour solicitation (RFC 4861, 7.2.4). If the one who asks has no address
   * yet, it goes to all nodes and does not count as solicited.
   *
   * @param target the address of this station that was asked for
   */
  Packet neighbourAdvertisement(Packet solicitation, Ipv6Address target) {
    Icmpv6Spec answer = icmpv6().from(self).from(target).neighbourAdvertisement(target);
    if (solicitation.sourceIp() instanceof Ipv6Address asking && !isUnspecified(asking)) {
      answer = answer.to(asking).toMac(solicitation.sourceMac());
    }
    return inVlansOf(solicitation, answer).toPacket();
  }

  /** Asks for the MAC address of a neighbour: ARP, or a neighbour solicitation. */
  Packet requestFor(IpAddress ip) {
    return ip instanceof Ipv6Address v6
        ? icmpv6().from(self).neighbourSolicitation(v6).toPacket()
        : arp().request().from(self).targetIp((Ipv4Address) ip).toPacket();
  }

  /** Tells everybody this station's IPv4 address (announcement of RFC 5227, 2.3). */
  Packet gratuitousArp() {
    return arp().gratuitous(self.mac(), self.ipv4()).toPacket();
  }

  /** Tells everybody this station's IPv6 address (RFC 4861, 7.2.6). */
  Packet unsolicitedAdvertisement() {
    return icmpv6().from(self).neighbourAdvertisement(self.ipv6()).toPacket();
  }
}
