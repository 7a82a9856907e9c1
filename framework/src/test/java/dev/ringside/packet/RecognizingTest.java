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

/** Sentences that recognize packets, and what they say of those that they do not. */
class RecognizingTest {

  private static final Packet QUERY = udp().from(DB).to(WEB).port(53).payload("query").toPacket();

  private static String[] mismatches(PacketSpec spec, Packet packet) {
    return spec.mismatches(packet).stream().map(FieldMismatch::toString).toArray(String[]::new);
  }

  @Test
  void only_what_was_said_is_compared() {
    assertThat(udp().matches(QUERY)).isTrue();
    assertThat(udp().from("198.18.0.0/16").to(WEB).payload("query").matches(QUERY)).isTrue();
    assertThat(ip().from(DB).matches(QUERY)).isTrue();
    assertThat(ethernet().matches(QUERY)).isTrue();
    assertThat(icmp().matches(QUERY)).isFalse();
  }

  @Test
  void every_field_that_differs_is_said() {
    assertThat(mismatches(udp().port(54).from("10.0.0.0/8").to(WEB), QUERY))
        .containsExactly(
            "destination port: expected 54, was 53",
            "source IP: expected 10.0.0.0/8, was 198.18.0.2");
    assertThat(mismatches(tcp().syn(), QUERY))
        .containsExactly("protocol: expected tcp, was udp", "TCP flags: expected syn, was none");
    assertThat(mismatches(udp().payload("answer").vlan(5, 3).ttl(63), QUERY))
        .containsExactly(
            "payload: expected \"answer\", was \"query\"",
            "VLAN tags: expected vlan 5 priority 3, was untagged",
            "time to live: expected 63, was 64");
    assertThat(mismatches(arp(), QUERY)).containsExactly("ethertype: expected 0x806, was 0x800");
    assertThat(mismatches(ip(), arp().to(WEB).toPacket()))
        .containsExactly("protocol: expected any, was none");
    assertThat(mismatches(udp().ipv6().checksum(0xbad).dontFragment(), QUERY))
        .containsExactly(
            "IP version: expected IPv6, was IPv4",
            "checksum: expected 0xbad, was 0x638e",
            "don't fragment: expected yes, was no");
    assertThat(mismatches(udp().port(53), Packet.of(new byte[3])))
        .containsExactly(
            "protocol: expected udp, was none", "destination port: expected 53, was none");
  }

  @Test
  void an_endpoint_is_recognized_by_its_address_of_either_version_and_behind_a_router() {
    Packet routed = udp().from(DB).fromMac("02:00:00:00:00:99").to(WEB).ipv6().toPacket();

    assertThat(udp().from(DB).to(WEB).matches(routed)).isTrue();
    assertThat(udp().from(DB).ipv4().matches(routed)).isFalse();
    assertThat(mismatches(udp().from(WEB), routed))
        .containsExactly("source IP: expected 2001:db8::1, was 2001:db8::2");
    assertThat(mismatches(udp().from(DB).fromMac(DB.mac()), routed))
        .containsExactly("source MAC: expected 02:00:00:00:00:02, was 02:00:00:00:00:99");
    assertThat(ethernet().from(DB).matches(routed)).isFalse();
  }

  @Test
  void flags_are_compared_one_by_one_unless_all_are_said() {
    Packet synAck = tcp().to(WEB).syn().ack().toPacket();

    assertThat(tcp().syn().matches(synAck)).isTrue();
    assertThat(tcp().fin().matches(synAck)).isFalse();
    assertThat(mismatches(tcp().flags(TcpSpec.SYN), synAck))
        .containsExactly("TCP flags: expected syn, was syn ack");
    assertThat(mismatches(tcp().flags(0), synAck))
        .containsExactly("TCP flags: expected no flags, was syn ack");
  }

  @Test
  void tags_are_compared_from_the_outermost_on() {
    Packet stacked = udp().to(WEB).vlan(300, 3).vlan(5).toPacket();

    assertThat(udp().vlan(300).matches(stacked)).isTrue();
    assertThat(udp().vlan(300).vlan(5).matches(stacked)).isTrue();
    assertThat(udp().vlan(5).matches(stacked)).isFalse();
    assertThat(udp().vlan(300).vlan(5).vlan(1).matches(stacked)).isFalse();
    assertThat(udp().priority(3).matches(stacked)).isTrue();
    assertThat(udp().priority(3).vlan(300).matches(stacked)).isTrue();
    assertThat(udp().priority(4).matches(stacked)).isFalse();
    assertThat(udp().untagged().matches(stacked)).isFalse();
    assertThat(udp().untagged().matches(QUERY)).isTrue();
    assertThat(mismatches(udp().tag(new VlanTag(VlanTag.SERVICE_TAG, 3, true, 300)), stacked))
        .containsExactly(
            "VLAN tags: expected vlan 300 priority 3 drop eligible (802.1ad),"
                + " was vlan 300 priority 3 vlan 5");
  }

  @Test
  void padding_is_not_payload() {
    Packet frame = ethernet().to(WEB).payload("hello").toPacket();

    assertThat(udp().payload("query").payloadSize(5).matches(QUERY)).isTrue();
    assertThat(ethernet().payload("hello").matches(frame)).isTrue();
    assertThat(ethernet().payload("hell").matches(frame)).isFalse();
    assertThat(ethernet().payloadSize(5).matches(frame)).isTrue();
    assertThat(ethernet().payloadSize(47).matches(frame)).isFalse();
    Packet surplus = udp().to(WEB).udpLength(11).payload("query").toPacket();
    assertThat(udp().payload("que").matches(surplus)).isTrue();
  }

  @Test
  void an_error_message_is_recognized_by_the_packet_that_it_is_about() {
    Packet error = icmp().from(WEB).unreachable(3, QUERY).toPacket();
    Packet seenBefore = udp().from(DB).to(WEB).port(53).payload("query").ttl(63).toPacket();
    Packet other = udp().from(DB).to(WEB).port(54).payload("query").toPacket();

    assertThat(icmp().unreachable(3, seenBefore).matches(error)).isTrue();
    assertThat(mismatches(icmp().unreachable(3, other), error))
        .containsExactly(
            "original packet: expected udp 198.18.0.2:49152 > 198.18.0.1:54,"
                + " was udp 198.18.0.2:49152 > 198.18.0.1:53");
    assertThat(mismatches(icmp().timeExceeded(QUERY), icmp().from(WEB).to(DB).toPacket()))
        .containsExactly(
            "ICMP type: expected time exceeded, was echo request",
            "original packet: expected udp 198.18.0.2:49152 > 198.18.0.1:53, was none");
  }

  @Test
  void an_error_message_with_the_fewest_bytes_allowed_is_recognized_too() {
    Packet segment = tcp().from(DB).to(WEB).port(80).sequence(77).toPacket();
    byte[] quote = java.util.Arrays.copyOfRange(segment.toByteArray(), 14, 14 + 20 + 8);
    Packet error = icmp().from(WEB).to(DB).type(3).code(3).payload(quote).toPacket();

    assertThat(icmp().unreachable(3, segment).matches(error)).isTrue();
    assertThat(
            icmp()
                .unreachable(3, tcp().from(DB).to(WEB).port(80).sequence(78).toPacket())
                .matches(error))
        .isFalse();
  }

  @Test
  void a_later_fragment_is_of_its_protocol_and_has_no_ports() {
    Packet later = udp().from(DB).to(WEB).fragment(1_480, false).payloadSize(20).toPacket();

    assertThat(udp().fragment(1_480, false).matches(later)).isTrue();
    assertThat(mismatches(udp().port(53), later))
        .containsExactly("destination port: expected 53, was none");
  }

  static Stream<Arguments> sentences() {
    return Stream.of(
        arguments(
            udp().to(WEB).port(53).payload("query"), "udp to 198.18.0.1 port 53 payload \"query\""),
        arguments(
            tcp().syn().from(WEB).to(DB).ipv6().vlan(300).vlan(5, 3),
            "tcp syn from 2001:db8::1 to 2001:db8::2 over IPv6 vlan 300 vlan 5 priority 3"),
        arguments(
            udp().fragment(1_480, true).dontFragment().ttl(1).dscp(46),
            "udp fragment at 1480 more fragments don't fragment ttl 1 dscp 46"),
        arguments(
            udp().from("198.51.100.0/24").fromMac("02:00:00:00:00:01").untagged().fromPort(1),
            "udp from 198.51.100.0/24 from MAC 02:00:00:00:00:01 untagged from port 1"),
        arguments(
            tcp().flags(0).sequence(7).window(9).tcpOptions(new byte[] {1, 1, 1}),
            "tcp no flags sequence 7 window 9 options 0x01010100"),
        arguments(
            icmp().to(WEB).echoRequest(7, 1),
            "icmp to 198.18.0.1 echo request identifier 7 sequence 1"),
        arguments(
            icmp().unreachable(3, QUERY),
            "icmp to 198.18.0.2 unreachable code 3 about udp 198.18.0.2:49152 > 198.18.0.1:53"),
        arguments(
            icmpv6().neighbourSolicitation(DB.ipv6()),
            "icmpv6 neighbour solicitation target 2001:db8::2"),
        arguments(icmp().type(13), "icmp type 13"),
        arguments(
            arp().request().from(WEB).to(DB),
            "arp operation 1 sender IP 198.18.0.1 target IP 198.18.0.2"),
        arguments(ip(89).identification(4), "ip protocol 89 identification 4"),
        arguments(ip(17), "ip protocol udp"),
        arguments(
            ethernet(0x88cc).payloadSize(50).priority(6),
            "ethernet ethertype 0x88cc payload size 50 priority 6"),
        arguments(
            udp().checksum(0xbad).extension(0, SamplePackets.PADDING_HEADER),
            "udp checksum 0xbad extension 0 0x0000010400000000"),
        arguments(
            udp().payload("a very long payload of more than 32 bytes"),
            "udp payload \"a very long payload of more than...\" (41 bytes)"));
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void a_specification_reads_like_its_sentence(PacketSpec spec, String sentence) {
    assertThat(spec).hasToString(sentence);
  }

  @Test
  void specifications_are_immutable() {
    byte[] payload = {'a'};
    UdpSpec spec = udp().to(WEB).payload(payload);
    Packet sent = spec.port(53).toPacket();
    payload[0] = 'b';

    assertThat(spec.payload("c").toPacket().payload()).asString().isEqualTo("c");
    assertThat(spec).hasToString("udp to 198.18.0.1 payload \"a\"");
    assertThat(sent.payload()).asString().isEqualTo("a");
  }

  @Test
  void what_is_said_twice_counts_once_and_the_last_word_counts() {
    assertThat(udp().port(53).to(WEB).port(54)).hasToString("udp port 54 to 198.18.0.1");
    assertThat(icmp().echoRequest(1, 2).restOfHeader(3))
        .hasToString("icmp echo request rest of header 0x3");
    assertThat(udp().payloadSize(9).payload("x")).hasToString("udp payload \"x\"");
    assertThat(udp().to(WEB).to("10.0.0.1").toPacket().destinationMac()).isEqualTo(WEB.mac());
  }
}
