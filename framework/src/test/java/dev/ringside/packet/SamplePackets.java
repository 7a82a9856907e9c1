// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;

import java.util.List;

/** One specification of each kind, with each field said somewhere. All are well-formed. */
final class SamplePackets {

  static final Endpoint WEB = Endpoint.of("web", "02:00:00:00:00:01", "198.18.0.1", "2001:db8::1");
  static final Endpoint DB = Endpoint.of("db", "02:00:00:00:00:02", "198.18.0.2", "2001:db8::2");

  /** Maximum segment size, no operation, window scale (RFC 9293, 3.2; RFC 7323). */
  static final byte[] TCP_OPTIONS = {2, 4, 5, (byte) 0xb4, 1, 3, 3, 7};

  /** A router alert (RFC 2113). */
  static final byte[] IP_OPTIONS = {(byte) 0x94, 4, 0, 0};

  /** Pads to eight bytes (RFC 8200, 4.2). */
  static final byte[] PADDING_HEADER = {0, 0, 1, 4, 0, 0, 0, 0};

  /** Of the type for experiments, with no hops left (RFC 8200, 4.4; RFC 4727). */
  static final byte[] ROUTING_HEADER = {0, 0, (byte) 253, 0, 0, 0, 0, 0};

  private SamplePackets() {}

  static List<PacketSpec> all() {
    Packet query = udp().from(WEB).to(DB).port(53).payload("query").toPacket();
    Packet query6 = udp().from(WEB).to(DB).ipv6().port(53).payloadSize(1_300).toPacket();
    Packet ping = icmp().from(WEB).to(DB).echoRequest(7, 1).payloadSize(56).toPacket();
    return List.of(
        udp().from(WEB).to(DB).port(5_300).fromPort(4_444).payload("query"),
        udp().from(WEB).to(DB).payloadSize(1_472).ttl(1).dscp(46).ecn(3),
        udp().from(WEB).to(DB).payloadSize(3).unpadded(),
        udp().from(WEB).to(DB).checksum(0).identification(0xbeef).dontFragment(),
        udp().from(WEB).to(DB).payload("\0\0\0").ipOptions(IP_OPTIONS),
        udp().from(WEB).to(DB).ipv6().payloadSize(99).flowLabel(0xabcde).dscp(10).ecn(1),
        udp().from(WEB).to(DB).ipv6().extension(IpProtocol.HOP_BY_HOP, PADDING_HEADER),
        udp()
            .from(WEB)
            .to(DB)
            .ipv6()
            .extension(IpProtocol.HOP_BY_HOP, PADDING_HEADER)
            .extension(IpProtocol.ROUTING, ROUTING_HEADER)
            .extension(IpProtocol.DESTINATION_OPTIONS, PADDING_HEADER)
            .payloadSize(10),
        udp().from(WEB).to(DB).fragment(0, true).udpLength(3_008).checksum(1).payloadSize(1_472),
        udp().from(WEB).to(DB).fragment(1_480, true).identification(9).payloadSize(1_480),
        udp().from(WEB).to(DB).fragment(2_960, false).identification(9).payloadSize(48),
        udp().from(WEB).to(DB).ipv6().fragment(1_448, false).identification(9).payloadSize(60),
        udp().from(WEB).to(DB).ipv6().fragment(0, false).identification(8).payloadSize(60),
        udp().from(WEB).to("239.1.2.3").payload("to a group"),
        udp().from(WEB).to("255.255.255.255").payload("to all"),
        udp().from(WEB).to("ff02::fb").payload("to a group"),
        tcp().from(WEB).to(DB).port(80).syn().sequence(0xfffffffeL).window(64_240),
        tcp().from(WEB).to(DB).port(80).syn().ack().tcpOptions(TCP_OPTIONS),
        tcp().from(WEB).to(DB).flags(0xff).acknowledgement(0x80000000L).payloadSize(1_000),
        tcp().from(WEB).to(DB).ipv6().port(80).psh().ack().payload("GET /").vlan(100, 3),
        tcp().from(WEB).to(DB).fin().vlan(300).vlan(5, 7),
        tcp().from(WEB).to(DB).rst().tag(new VlanTag(VlanTag.SERVICE_TAG, 3, true, 300)).vlan(5),
        icmp().from(WEB).to(DB).echoRequest(7, 1).payloadSize(56),
        icmp().to(WEB).echoReply(ping),
        icmp().from(DB).unreachable(3, query),
        icmp().from(DB).timeExceeded(query),
        icmp().from(DB).to(WEB).type(13).code(0).restOfHeader(0x12345678L).payloadSize(12),
        icmpv6().from(WEB).to(DB).echoRequest(7, 1).payloadSize(57),
        icmpv6().from(WEB).to(DB).echoReply(7, 1),
        icmpv6().from(DB).unreachable(4, query6),
        icmpv6().from(DB).timeExceeded(query6),
        icmpv6().from(WEB).neighbourSolicitation(DB.ipv6()),
        icmpv6().from(DB).to(WEB).neighbourAdvertisement(DB.ipv6()),
        icmpv6().from(DB).neighbourAdvertisement(DB.ipv6()),
        arp().request().from(WEB).to(DB),
        arp().reply().from(DB).to(WEB),
        arp().gratuitous(WEB.mac(), WEB.ipv4()).vlan(100),
        ip(89).from(WEB).to("224.0.0.5").payloadSize(44),
        ip(IpProtocol.NO_NEXT_HEADER).from(WEB).to(DB).ipv6(),
        ethernet(0x88b6).from(WEB).toMac("01:80:c2:00:00:0e").payloadSize(50).untagged(),
        ethernet().from(WEB).to(DB).payload("short, and padded"),
        ethernet(0x26).from(WEB).to(DB).payloadSize(0x26));
  }
}
