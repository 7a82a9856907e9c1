// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.packet.ArpSpec;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.FrameSpec;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.VlanTag;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Packets of all protocols, put together from a kind, an IP header, numbers and VLAN tags. */
final class WellFormedPackets {

  private static final int MAX_TAGS = 3;
  private static final int MAX_NUMBER = 0xffff;
  private static final int MAX_PAYLOAD = 64;

  private WellFormedPackets() {}

  /** The kinds, simplest first: they shrink towards it. */
  private enum Kind {
    UDP,
    TCP,
    PING,
    PONG,
    PING_V6,
    ARP_REQUEST,
    ARP_REPLY,
    GRATUITOUS_ARP,
    SOLICITATION,
    ADVERTISEMENT,
    UNREACHABLE,
    TIME_EXCEEDED,
    OTHER_IP,
    OTHER_ETHERNET
  }

  /** Numbers that each kind uses for what it has: ports, identifiers, sequence numbers. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares drafts
  private record Draft(
      Kind kind, Endpoint from, Endpoint to, IpLook look, int one, int other, byte[] payload) {

    FrameSpec<?> spec() {
      boolean hasPorts = kind == Kind.UDP || kind == Kind.TCP;
      if (hasPorts && look.isLaterFragment()) {
        int protocol = kind == Kind.UDP ? IpProtocol.UDP : IpProtocol.TCP;
        return look.dress(ip(protocol).from(from).to(to).payload(payload));
      }
      return switch (kind) {
        case UDP -> look.dress(udp().from(from).to(to).fromPort(one).port(other).payload(payload));
        case TCP ->
            look.dress(
                tcp()
                    .from(from)
                    .to(to)
                    .fromPort(one)
                    .port(other)
                    .flags(one & 0xff)
                    .payload(payload));
        case PING ->
            look.dressV4(icmp().from(from).to(to).echoRequest(one, other).payload(payload));
        case PONG -> look.dressV4(icmp().from(from).to(to).echoReply(one, other).payload(payload));
        case PING_V6 -> icmpv6().from(from).to(to).echoRequest(one, other).payload(payload);
        case ARP_REQUEST -> arp().request().from(from).to(to);
        case ARP_REPLY -> arpReply();
        case GRATUITOUS_ARP -> arp().gratuitous(from.mac(), from.ipv4());
        case SOLICITATION -> icmpv6().from(from).neighbourSolicitation(to.ipv6());
        case ADVERTISEMENT -> icmpv6().from(from).neighbourAdvertisement(from.ipv6());
        case UNREACHABLE -> icmp().from(from).unreachable(3, quoted());
        case TIME_EXCEEDED -> icmp().from(from).timeExceeded(quoted());
        case OTHER_IP -> look.dress(ip(253).from(from).to(to).payload(payload));
        case OTHER_ETHERNET ->
            ethernet(0x88b5 + one % 2).fromMac(from.mac()).toMac(to.mac()).payload(payload);
      };
    }

    private ArpSpec arpReply() {
      return arp().reply().from(from).to(to).targetMac(to.mac());
    }

    private Packet quoted() {
      return udp().from(to).to(from).fromPort(one).port(other).payload(payload).toPacket();
    }
  }

  static Arbitrary<Packet> between(
      Arbitrary<? extends Endpoint> senders, Arbitrary<? extends Endpoint> receivers) {
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, MAX_NUMBER);
    Arbitrary<byte[]> payloads = Arbitraries.bytes().array(byte[].class).ofMaxSize(MAX_PAYLOAD);
    Arbitrary<Draft> drafts =
        Combinators.combine(
                Arbitraries.of(Kind.values()),
                senders,
                receivers,
                IpLook.looks(),
                numbers,
                numbers,
                Arbitraries.oneOf(payloads, Arbitraries.of(1_458, 1_472, 8_958).map(byte[]::new)))
            .as(Draft::new);
    Arbitrary<List<VlanTag>> tags = Addresses.vlanTags().list().ofMaxSize(MAX_TAGS);
    return Combinators.combine(drafts, tags).as(WellFormedPackets::packet).withoutEdgeCases();
  }

  private static Packet packet(Draft draft, List<VlanTag> tags) {
    return tagged(draft.spec(), tags).toPacket();
  }

  private static PacketSpec tagged(FrameSpec<?> spec, List<VlanTag> tags) {
    FrameSpec<?> tagged = spec;
    for (VlanTag tag : tags) {
      tagged = tagged.tag(tag);
    }
    return tagged;
  }
}
