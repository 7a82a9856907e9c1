// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Malformation.*;
import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a packet is a value, and said with its numbers. */
class MalformationTest {

  private static final Endpoint WEB = SamplePackets.WEB;
  private static final int ETHERNET = 14;
  private static final int TRANSPORT = ETHERNET + 20;

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments(
            ETHERNET_TRUNCATED,
            Packet.of(new byte[9]),
            "ethernet header needs 14 bytes, 9 are present"),
        arguments(
            VLAN_TAG_TRUNCATED,
            cut(udp().to(WEB).vlan(5).vlan(6), 21),
            "vlan tag and ethertype needs 6 bytes, 5 are present"),
        arguments(TOO_MANY_VLAN_TAGS, taggedNineTimes(), "more than 8 vlan tags"),
        arguments(
            LENGTH_EXCEEDS_FRAME,
            ethernet(47).to(WEB).payloadSize(46).toPacket(),
            "802.3 length 47 exceeds the 46 bytes present"),
        arguments(
            ARP_TRUNCATED,
            cut(arp().to(WEB), ETHERNET + 27),
            "arp message needs 28 bytes, 27 are present"),
        arguments(
            ARP_NOT_ETHERNET_IPV4,
            with(arp().to(WEB), ETHERNET + 2, 0x86, 0xdd, 6, 16),
            "arp hardware type 1, protocol type 0x86dd, address lengths 6 and 16"
                + " are not those of ethernet and ipv4 (1, 0x800, 6 and 4)"),
        arguments(
            IPV4_TRUNCATED,
            cut(udp().to(WEB), ETHERNET + 19),
            "ipv4 header needs 20 bytes, 19 are present"),
        arguments(
            IPV4_VERSION,
            with(udp().to(WEB), ETHERNET, 0x55),
            "ethertype ipv4 but header version 5"),
        arguments(
            IPV4_HEADER_LENGTH_TOO_SHORT,
            udp().to(WEB).ipHeaderLength(16).toPacket(),
            "ipv4 header length 16 is below the 20 bytes it must cover"),
        arguments(
            IPV4_HEADER_LENGTH_EXCEEDS_FRAME,
            udp().to(WEB).ipHeaderLength(60).toPacket(),
            "ipv4 header length 60 exceeds the 46 bytes present"),
        arguments(
            IPV4_TOTAL_LENGTH_TOO_SHORT,
            udp().to(WEB).totalLength(19).toPacket(),
            "ipv4 total length 19 is below the 20 bytes it must cover"),
        arguments(
            IPV4_TOTAL_LENGTH_EXCEEDS_FRAME,
            udp().to(WEB).totalLength(20_000).toPacket(),
            "ipv4 total length 20000 exceeds the 46 bytes present"),
        arguments(
            IPV6_TRUNCATED,
            cut(udp().to(WEB).ipv6(), ETHERNET + 39),
            "ipv6 header needs 40 bytes, 39 are present"),
        arguments(
            IPV6_VERSION,
            with(udp().to(WEB).ipv6(), ETHERNET, 0x40),
            "ethertype ipv6 but header version 4"),
        arguments(
            IPV6_PAYLOAD_LENGTH_EXCEEDS_FRAME,
            udp().to(WEB).ipv6().totalLength(20_000).toPacket(),
            "ipv6 payload length 19960 exceeds the 8 bytes present"),
        arguments(
            TOO_MANY_EXTENSION_HEADERS,
            extendedSeventeenTimes().toPacket(),
            "more than 16 ipv6 extension headers"),
        arguments(
            EXTENSION_HEADER_EXCEEDS_PACKET,
            udp()
                .to(WEB)
                .ipv6()
                .extension(IpProtocol.HOP_BY_HOP, SamplePackets.PADDING_HEADER)
                .extension(IpProtocol.ROUTING, new byte[] {0, 2, 0, 0, 0, 0, 0, 0})
                .toPacket(),
            "ipv6 extension header at byte 62 goes past the end of the packet at byte 78"),
        arguments(
            UDP_TRUNCATED,
            udp().to(WEB).totalLength(27).toPacket(),
            "udp header needs 8 bytes, 7 are present"),
        arguments(
            UDP_LENGTH_TOO_SHORT,
            udp().to(WEB).udpLength(7).toPacket(),
            "udp length 7 is below the 8 bytes it must cover"),
        arguments(
            UDP_LENGTH_EXCEEDS_PACKET,
            udp().to(WEB).udpLength(9).toPacket(),
            "udp length 9 exceeds the 8 bytes present"),
        arguments(
            TCP_TRUNCATED,
            tcp().to(WEB).totalLength(39).toPacket(),
            "tcp header needs 20 bytes, 19 are present"),
        arguments(
            TCP_HEADER_LENGTH_TOO_SHORT,
            tcp().to(WEB).headerLength(16).toPacket(),
            "tcp header length 16 is below the 20 bytes it must cover"),
        arguments(
            TCP_HEADER_LENGTH_EXCEEDS_PACKET,
            tcp().to(WEB).headerLength(24).toPacket(),
            "tcp header length 24 exceeds the 20 bytes present"),
        arguments(
            ICMP_TRUNCATED,
            icmp().to(WEB).totalLength(27).toPacket(),
            "icmp header needs 8 bytes, 7 are present"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void says_what_is_wrong_with_the_numbers(Malformation fault, Packet packet, String text) {
    assertThat(packet.malformation()).isEqualTo(fault);
    assertThat(packet.malformationDescription()).isEqualTo(text);
    assertThat(packet.isMalformed()).isTrue();
    assertThat(packet.toString()).endsWith(" bytes, malformed: " + text);
  }

  @Test
  void no_fault_is_left_out_here() {
    assertThat(faults().map(fault -> fault.get()[0])).containsExactly((Object[]) values());
  }

  @Test
  void behind_extension_headers_the_rest_is_counted_from_the_transport_header() {
    PacketSpec spec =
        tcp().to(WEB).ipv6().extension(IpProtocol.HOP_BY_HOP, SamplePackets.PADDING_HEADER);
    Packet packet = cut(spec, ETHERNET + 40 + 8 + 5);

    assertThat(packet.malformation()).isEqualTo(IPV6_PAYLOAD_LENGTH_EXCEEDS_FRAME);
    assertThat(with(packet, ETHERNET + 4, 0, 13).malformationDescription())
        .isEqualTo("tcp header needs 20 bytes, 5 are present");
  }

  @Test
  void a_truncated_capture_keeps_what_is_there() {
    Packet packet = cut(tcp().to(WEB).port(80).syn().payloadSize(1_000), TRANSPORT + 20);

    assertThat(packet.malformation()).isEqualTo(IPV4_TOTAL_LENGTH_EXCEEDS_FRAME);
    assertThat(packet.destinationPort()).isEqualTo(80);
    assertThat(packet.tcpFlags()).isEqualTo(TcpSpec.SYN);
  }

  @Test
  void a_faulty_extension_header_is_no_transport_header_even_behind_another_fault() {
    Packet packet =
        udp()
            .to(WEB)
            .ipv6()
            .totalLength(20_000)
            .extension(IpProtocol.ROUTING, new byte[] {0, 9, 0, 0, 0, 0, 0, 0})
            .toPacket();

    assertThat(packet.malformation()).isEqualTo(IPV6_PAYLOAD_LENGTH_EXCEEDS_FRAME);
    assertThat(packet.transportOffset()).isEqualTo(Packet.NONE);
    assertThat(packet.protocol()).isEqualTo(IpProtocol.ROUTING);
    assertThat(packet.payloadOffset()).isEqualTo(ETHERNET + 40);
  }

  @Test
  void a_first_fragment_is_shorter_than_its_udp_length() {
    assertThat(udp().to(WEB).fragment(0, true).udpLength(3_008).toPacket().isMalformed()).isFalse();
  }

  private static Packet taggedNineTimes() {
    UdpSpec spec = udp().to(WEB);
    for (int i = 0; i < 9; i++) {
      spec = spec.vlan(i);
    }
    return spec.toPacket();
  }

  private static PacketSpec extendedSeventeenTimes() {
    UdpSpec spec = udp().to(WEB).ipv6();
    for (int i = 0; i < 17; i++) {
      spec = spec.extension(IpProtocol.DESTINATION_OPTIONS, SamplePackets.PADDING_HEADER);
    }
    return spec;
  }

  private static Packet cut(PacketSpec spec, int length) {
    return Packet.of(Arrays.copyOf(spec.toPacket().toByteArray(), length));
  }

  private static Packet with(PacketSpec spec, int at, int... values) {
    return with(spec.toPacket(), at, values);
  }

  private static Packet with(Packet packet, int at, int... values) {
    byte[] frame = packet.toByteArray();
    for (int i = 0; i < values.length; i++) {
      frame[at + i] = (byte) values[i];
    }
    return Packet.of(frame);
  }
}
