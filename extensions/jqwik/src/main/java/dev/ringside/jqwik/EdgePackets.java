// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.VlanTag;
import java.util.List;

/** One packet for each bound and each reserved value, smallest first. */
final class EdgePackets {

  private static final Endpoint A =
      Endpoint.of("a", "02:00:00:00:00:01", "198.18.0.1", "2001:db8:52::1");
  private static final Endpoint B =
      Endpoint.of("b", "02:00:00:00:00:02", "198.18.0.2", "2001:db8:52::2");

  private static final byte[] LONGEST_OPTIONS = new byte[40];
  private static final VlanTag SERVICE = new VlanTag(VlanTag.SERVICE_TAG, 7, true, 4_095);

  private EdgePackets() {}

  static List<Packet> all() {
    return List.of(
        Packet.of(new byte[0]),
        Packet.of(new byte[13]),
        Packet.of(new byte[14]),
        udp().from(A).to(B).unpadded().toPacket(),
        udp().from(A).to(B).port(0).fromPort(0).toPacket(),
        udp().from(A).to(B).checksum(0).payload("no checksum").toPacket(),
        udp().from(A).to(B).ttl(0).toPacket(),
        udp().from(A).to(A).payload("to itself").toPacket(),
        udp().from(A).to("255.255.255.255").toPacket(),
        udp().from(A).to("239.255.255.255").toPacket(),
        udp().from(A).to("ff02::1").toPacket(),
        udp().from(A).to(B).fromMac(MacAddress.BROADCAST).toPacket(),
        udp().from(A).to(B).fromMac(MacAddress.ZERO).toPacket(),
        udp().from(A).to(B).vlan(0, 7).toPacket(),
        udp().from(A).to(B).vlan(4_095).toPacket(),
        udp().from(A).to(B).tag(SERVICE).tag(SERVICE).vlan(1).vlan(2).vlan(3).toPacket(),
        udp().from(A).to(B).ipOptions(LONGEST_OPTIONS).toPacket(),
        udp().from(A).to(B).fragment(65_528, false).toPacket(),
        udp().from(A).to(B).fragment(0, true).payloadSize(1_472).toPacket(),
        udp().from(A).to(B).payloadSize(8_972).toPacket(),
        udp().from(A).to(B).payloadSize(65_000).toPacket(),
        tcp().from(A).to(B).flags(0).toPacket(),
        tcp().from(A).to(B).flags(0xff).sequence(0xffff_ffffL).window(0).toPacket(),
        tcp().from(A).to(B).tcpOptions(LONGEST_OPTIONS).toPacket(),
        icmp().from(A).to(B).type(255).code(255).toPacket(),
        icmp().from(A).to("255.255.255.255").echoRequest(1, 1).toPacket(),
        arp().from(A).to(B).operation(0xffff).toPacket(),
        arp().gratuitous(MacAddress.BROADCAST, A.ipv4()).toPacket(),
        ip(255).from(A).to(B).toPacket(),
        ip(IpProtocol.NO_NEXT_HEADER).from(A).to(B).ipv6().toPacket(),
        ethernet(0x05dc).fromMac(A.mac()).toMac(B.mac()).payloadSize(1_500).toPacket(),
        ethernet(0xffff).fromMac(A.mac()).toMac(B.mac()).toPacket(),
        ethernet(0x88cc).fromMac(A.mac()).toMac("01:80:c2:00:00:0e").toPacket());
  }
}
