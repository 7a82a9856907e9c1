// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.packet.SamplePackets.DB;
import static dev.ringside.packet.SamplePackets.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of packet has its line. */
class PacketTextTest {

  static Stream<Arguments> lines() {
    Packet query = udp().from(WEB).to(DB).port(53).toPacket();
    return Stream.of(
        arguments(
            udp().from(WEB).to(DB).port(53), "udp 198.18.0.1:49152 > 198.18.0.2:53, 60 bytes"),
        arguments(
            udp().from(WEB).to(DB).ipv6().port(53),
            "udp [2001:db8::1]:49152 > [2001:db8::2]:53, 62 bytes"),
        arguments(
            tcp().from(WEB).to(DB).port(80).syn(),
            "tcp syn 198.18.0.1:49152 > 198.18.0.2:80, 60 bytes"),
        arguments(
            tcp().from(WEB).to(DB).port(80).syn().ack(),
            "tcp syn+ack 198.18.0.1:49152 > 198.18.0.2:80, 60 bytes"),
        arguments(
            tcp().from(WEB).to(DB).flags(0xff),
            "tcp syn+ack+fin+rst+psh+urg+ece+cwr 198.18.0.1:49152 > 198.18.0.2:9, 60 bytes"),
        arguments(tcp().from(WEB).to(DB).flags(0), "tcp 198.18.0.1:49152 > 198.18.0.2:9, 60 bytes"),
        arguments(icmp().from(WEB).to(DB), "icmp echo request 198.18.0.1 > 198.18.0.2, 60 bytes"),
        arguments(
            icmp().from(WEB).to(DB).echoReply(),
            "icmp echo reply 198.18.0.1 > 198.18.0.2, 60 bytes"),
        arguments(
            icmp().from(DB).unreachable(3, query),
            "icmp unreachable 198.18.0.2 > 198.18.0.1, 70 bytes"),
        arguments(
            icmp().from(DB).timeExceeded(query),
            "icmp time exceeded 198.18.0.2 > 198.18.0.1, 70 bytes"),
        arguments(
            icmp().from(DB).to(WEB).type(13), "icmp type 13 198.18.0.2 > 198.18.0.1, 60 bytes"),
        arguments(
            icmpv6().from(WEB).to(DB), "icmpv6 echo request 2001:db8::1 > 2001:db8::2, 62 bytes"),
        arguments(
            icmpv6().from(WEB).neighbourSolicitation(DB.ipv6()),
            "icmpv6 neighbour solicitation 2001:db8::1 > ff02::1:ff00:2, 86 bytes"),
        arguments(arp().from(WEB).to(DB), "arp who has 198.18.0.2, tell 198.18.0.1, 60 bytes"),
        arguments(
            arp().reply().from(WEB).to(DB).senderMac("02:00:00:00:66:66"),
            "arp 198.18.0.1 is at 02:00:00:00:66:66, 60 bytes"),
        arguments(arp().operation(8).from(WEB).to(DB), "arp operation 8, 60 bytes"),
        arguments(
            udp().from(WEB).to(DB).fragment(1_480, false).payloadSize(100),
            "udp 198.18.0.1 > 198.18.0.2, fragment at 1480, 134 bytes"),
        arguments(
            udp().from(WEB).to(DB).vlan(300).vlan(5),
            "udp 198.18.0.1:49152 > 198.18.0.2:9, vlan 300, vlan 5, 60 bytes"),
        arguments(
            ip(89).from(WEB).to("224.0.0.5"), "ipv4 protocol 89 198.18.0.1 > 224.0.0.5, 60 bytes"),
        arguments(
            ip(89).from(WEB).to(DB).ipv6(), "ipv6 protocol 89 2001:db8::1 > 2001:db8::2, 60 bytes"),
        arguments(
            ethernet(0x88cc).from(WEB).to(DB),
            "ethertype 0x88cc 02:00:00:00:00:01 > 02:00:00:00:00:02, 60 bytes"),
        arguments(
            ethernet(0x26).from(WEB).to(DB),
            "802.3 02:00:00:00:00:01 > 02:00:00:00:00:02, 60 bytes"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void a_packet_is_one_line(PacketSpec spec, String line) {
    assertThat(spec.toPacket()).hasToString(line);
  }

  @Test
  void the_id_that_a_lab_gives_stands_in_front() {
    assertThat(udp().from(WEB).to(DB).toPacket().withId(17))
        .hasToString("#17 udp 198.18.0.1:49152 > 198.18.0.2:9, 60 bytes");
  }

  @Test
  void a_packet_without_a_readable_header_says_what_it_is_not() {
    assertThat(Packet.of(new byte[3]))
        .hasToString("runt, 3 bytes, malformed: ethernet header needs 14 bytes, 3 are present");
    byte[] frame = ethernet(EtherType.IPV4).from(WEB).to(DB).toPacket().toByteArray();
    assertThat(Packet.of(frame))
        .hasToString(
            "ipv4 02:00:00:00:00:01 > 02:00:00:00:00:02, 60 bytes,"
                + " malformed: ethertype ipv4 but header version 0");
  }

  @Test
  void a_flow_is_a_line_too() {
    FlowKey flow = udp().from(WEB).to(DB).ipv6().port(53).toPacket().flowKey();

    assertThat(flow).hasToString("udp [2001:db8::1]:49152 > [2001:db8::2]:53");
    assertThat(flow.reversed()).hasToString("udp [2001:db8::2]:53 > [2001:db8::1]:49152");
    assertThat(icmp().from(WEB).to(DB).toPacket().flowKey())
        .hasToString("icmp 198.18.0.1 > 198.18.0.2");
    assertThat(ip(89).from(WEB).to(DB).toPacket().flowKey())
        .hasToString("protocol 89 198.18.0.1 > 198.18.0.2");
    assertThat(arp().to(WEB).toPacket().flowKey()).isNull();
  }
}
