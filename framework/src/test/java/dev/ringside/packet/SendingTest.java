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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sentences that become packets, and those that cannot. */
class SendingTest {

  private static final byte[] MUCH = new byte[44];

  @Test
  void a_sentence_becomes_a_packet_with_defaults_lengths_and_checksums() {
    Packet packet = udp().to(WEB).payload("query").toPacket();

    assertThat(packet).hasToString("udp 198.18.255.254:49152 > 198.18.0.1:9, 60 bytes");
    assertThat(packet.payload()).asString().isEqualTo("query");
    assertThat(packet.checksumFault()).isNull();
    assertThat(packet.timeToLive()).isEqualTo(64);
    assertThat(packet.destinationMac()).isEqualTo(WEB.mac());
    assertThat(packet.sourceMac()).hasToString("02:52:53:00:00:fe");
    assertThat(udp().to(WEB).ipv6().toPacket().sourceIp()).hasToString("2001:db8:52::fe");
    assertThat(tcp().to(WEB).toPacket().tcpFlags()).isEqualTo(TcpSpec.ACK);
  }

  @Test
  void a_sender_fills_in_only_what_is_missing() {
    assertThat(udp().to(WEB).withDefaultSource(DB).toPacket().sourceMac()).isEqualTo(DB.mac());
    Packet spoofed = udp().to(WEB).from("10.0.0.9").withDefaultSource(DB).toPacket();
    assertThat(spoofed.sourceIp()).hasToString("10.0.0.9");
    assertThat(spoofed.sourceMac()).isEqualTo(DB.mac());
    Packet forged =
        udp().to(WEB).fromMac("02:00:00:00:66:66").from(DB).withDefaultSource(WEB).toPacket();
    assertThat(forged.sourceMac()).hasToString("02:00:00:00:66:66");
    assertThat(forged.sourceIp()).isEqualTo(DB.ipv4());
    assertThat(arp().to(WEB).withDefaultSource(DB).toPacket())
        .hasToString("arp who has 198.18.0.1, tell 198.18.0.2, 60 bytes");
    assertThat(ethernet().to(WEB).withDefaultSource(DB).toPacket().sourceMac()).isEqualTo(DB.mac());
  }

  @Test
  void the_next_hop_that_a_sender_finds_comes_before_the_endpoints_own_mac() {
    MacAddress router = MacAddress.of("02:00:00:00:00:99");

    assertThat(destinationMac(udp().to(WEB).withDefaultDestinationMac(router))).isEqualTo(router);
    assertThat(destinationMac(udp().to("10.0.0.1").withDefaultDestinationMac(router)))
        .isEqualTo(router);
    assertThat(destinationMac(udp().to(WEB).toMac(DB.mac()).withDefaultDestinationMac(router)))
        .isEqualTo(DB.mac());
    assertThat(destinationMac(udp().to("224.0.0.5").withDefaultDestinationMac(router)))
        .hasToString("01:00:5e:00:00:05");
  }

  private static MacAddress destinationMac(PacketSpec spec) {
    return spec.toPacket().destinationMac();
  }

  @Test
  void a_sender_can_ask_where_a_packet_goes() {
    assertThat(udp().to(WEB).destinationIp()).isEqualTo(WEB.ipv4());
    assertThat(udp().to(WEB).ipv6().destinationIp()).isEqualTo(WEB.ipv6());
    assertThat(udp().to("10.0.0.0/8").destinationIp()).isNull();
    assertThat(udp().to(WEB).destinationMac()).isNull();
    assertThat(udp().to(WEB).toMac(DB.mac()).destinationMac()).isEqualTo(DB.mac());
    assertThat(udp().to("255.255.255.255").destinationMac()).isEqualTo(MacAddress.BROADCAST);
    assertThat(icmpv6().neighbourSolicitation(WEB.ipv6()).destinationMac())
        .hasToString("33:33:ff:00:00:01");
    assertThat(arp().to(WEB).destinationMac()).isEqualTo(MacAddress.BROADCAST);
    assertThat(arp().reply().to(WEB).destinationMac()).isNull();
    assertThat(arp().reply().targetMac(DB.mac()).destinationMac()).isEqualTo(DB.mac());
    assertThat(arp().destinationIp()).isNull();
    assertThat(ethernet().to(WEB).destinationIp()).isNull();
  }

  @Test
  void frames_are_padded_unless_said_otherwise() {
    assertThat(udp().to(WEB).toPacket().length()).isEqualTo(60);
    assertThat(udp().to(WEB).unpadded().toPacket().length()).isEqualTo(42);
    assertThat(udp().to(WEB).payloadSize(19).toPacket().length()).isEqualTo(61);
  }

  @Test
  void deliberate_lies_are_sent_as_they_are() {
    Packet packet =
        udp()
            .to(WEB)
            .totalLength(20_000)
            .ipHeaderLength(24)
            .ipChecksum(0xbad)
            .checksum(0xbadd)
            .udpLength(7)
            .toPacket();

    assertThat(packet.unsignedShortAt(16)).isEqualTo(20_000);
    assertThat(packet.unsignedByteAt(14)).isEqualTo(0x46);
    assertThat(packet.unsignedShortAt(24)).isEqualTo(0xbad);
    assertThat(packet.unsignedShortAt(38)).isEqualTo(7);
    assertThat(packet.unsignedShortAt(40)).isEqualTo(0xbadd);
    assertThat(packet.length()).isEqualTo(60);
  }

  @Test
  void a_reply_goes_back_to_where_the_ping_came_from() {
    Packet ping = icmp().from(WEB).to(DB).echoRequest(7, 3).payload("are you there").toPacket();
    IcmpSpec reply = icmp().echoReply(ping);

    assertThat(reply)
        .hasToString(
            "icmp to 198.18.0.1 echo reply identifier 7 sequence 3 payload \"are you there\""
                + " from 198.18.0.2");
    assertThat(destinationMac(reply)).isEqualTo(WEB.mac());
    assertThat(reply.matches(icmp().from(DB).to(WEB).echoReply(7, 3).toPacket())).isFalse();
    assertThatThrownBy(() -> icmp().echoReply(reply.toPacket()))
        .hasMessage(
            "not an echo request over icmp: icmp echo reply 198.18.0.2 > 198.18.0.1, 60 bytes");
    Packet toAll = icmp().from(WEB).to("224.0.0.1").echoRequest(7, 3).toPacket();
    assertThat(icmp().echoReply(toAll).withDefaultSource(DB).toPacket().sourceIp())
        .isEqualTo(DB.ipv4());
    Packet ping6 = icmpv6().from(WEB).to(DB).echoRequest(8, 1).toPacket();
    assertThat(icmpv6().echoReply(ping6).toPacket())
        .hasToString("icmpv6 echo reply 2001:db8::2 > 2001:db8::1, 62 bytes");
  }

  @Test
  void an_error_message_quotes_as_much_as_the_protocol_allows() {
    Packet large = udp().from(WEB).to(DB).payloadSize(1_472).toPacket();
    Packet large6 = udp().from(WEB).to(DB).ipv6().payloadSize(1_400).toPacket();

    Packet error = icmp().from(DB).unreachable(3, large).toPacket();
    assertThat(error.endOffset() - error.networkOffset()).isEqualTo(576);
    Packet error6 = icmpv6().from(DB).timeExceeded(large6).toPacket();
    assertThat(error6.endOffset() - error6.networkOffset()).isEqualTo(1_280);
    assertThat(icmp().to(WEB).from(DB).unreachable(3, large).toPacket().destinationIp())
        .isEqualTo(WEB.ipv4());
    assertThatThrownBy(() -> icmp().unreachable(3, arp().to(WEB).toPacket()))
        .hasMessage(
            "an ICMP error message quotes an IP packet, which this is not:"
                + " arp who has 198.18.0.1, tell 198.18.255.254, 60 bytes");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(udp(), "udp packet has no destination; say to(vm), or to(ip) and toMac(mac)"),
        arguments(
            udp().to("198.18.0.1"),
            "udp packet to 198.18.0.1 has no destination MAC; say to(vm), or add toMac(mac)"),
        arguments(
            udp().toMac(WEB.mac()),
            "udp packet has no destination IP address; say to(vm), or add to(ip)"),
        arguments(ethernet(), "ethernet packet has no destination; say to(vm), or toMac(mac)"),
        arguments(
            arp().reply().to("10.0.0.1"),
            "arp packet to 10.0.0.1 has no destination MAC; say to(vm), or add toMac(mac)"),
        arguments(arp(), "arp packet has no target IP address; say to(vm) or targetIp(ip)"),
        arguments(
            udp().to("198.51.100.0/24"),
            "udp packet cannot be sent to the prefix 198.51.100.0/24; say one address"),
        arguments(
            udp().to(WEB).from("198.51.100.0/24"),
            "udp packet cannot be sent from the prefix 198.51.100.0/24; say one address"),
        arguments(
            udp().to(WEB).from("198.51.100.1").ipv6(),
            "udp packet over IPv6 cannot have the address 198.51.100.1"),
        arguments(icmp().to(WEB).ipv6(), "icmp is for IPv4; over IPv6 say icmpv6()"),
        arguments(icmpv6().to("10.0.0.1"), "icmpv6 is for IPv6; over IPv4 say icmp()"),
        arguments(
            udp().to(WEB).ipv6().dontFragment(), "udp packet over IPv6 cannot have don't fragment"),
        arguments(udp().to(WEB).flowLabel(1), "udp packet over IPv4 cannot have flow label"),
        arguments(
            udp().to(WEB).identification(0x10000),
            "identification 65536 is not in 0 to 65535, as it must be over IPv4"),
        arguments(
            udp().to(WEB).ipv6().identification(1),
            "udp packet over IPv6 has an identification only as a fragment;"
                + " say fragment(offset, more)"),
        arguments(
            udp().to(WEB).port(53).fragment(1_480, false),
            "udp fragment at 1480 has no destination port; only the first fragment, at 0, has"),
        arguments(
            udp().to(WEB).payloadSize(65_500),
            "a packet of 65542 bytes exceeds the limit of 65535"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void what_cannot_be_sent_says_what_to_add(PacketSpec spec, String message) {
    assertThatThrownBy(spec::toPacket)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  static Stream<Arguments> outOfRange() {
    return Stream.of(
        range(() -> udp().port(65_536), "destination port 65536 is not in 0 to 65535"),
        range(() -> udp().fromPort(-1), "source port -1 is not in 0 to 65535"),
        range(() -> udp().ttl(256), "time to live 256 is not in 0 to 255"),
        range(() -> udp().dscp(64), "DSCP 64 is not in 0 to 63"),
        range(() -> udp().vlan(4_096), "VLAN 4096 is not in 0 to 4095"),
        range(() -> udp().vlan(1, 8), "VLAN priority 8 is not in 0 to 7"),
        range(() -> udp().payloadSize(-1), "payload size -1 is not in 0 to 65535"),
        range(() -> udp().fragment(7, true), "fragment offset 7 is not a multiple of 8"),
        range(() -> udp().fragment(65_536, true), "fragment offset 65536 is not in 0 to 65528"),
        range(() -> tcp().flags(0x100), "TCP flags 256 are not in 0 to 255"),
        range(() -> tcp().headerLength(21), "header length 21 is not a multiple of 4"),
        range(() -> tcp().sequence(-1), "sequence number -1 is not in 0 to 4294967295"),
        range(
            () -> tcp().tcpOptions(MUCH),
            "options of 44 bytes exceed the 40 that a header has room for"),
        range(
            () -> udp().extension(0, new byte[7]),
            "extension header of 7 bytes is below the 8 that it must have"),
        range(() -> ip(256), "protocol 256 is not in 0 to 255"),
        range(() -> ethernet(0x10000), "ethertype 65536 is not in 0 to 65535"));
  }

  private static Arguments range(Runnable sentence, String message) {
    return arguments(sentence, message);
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void a_number_that_the_field_does_not_hold_is_refused_at_once(Runnable sentence, String message) {
    assertThatThrownBy(sentence::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
