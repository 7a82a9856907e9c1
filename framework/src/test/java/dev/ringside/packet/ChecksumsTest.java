// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.packet.SamplePackets.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is said about wrong checksums, and where none is checked. */
class ChecksumsTest {

  private static String fault(PacketSpec spec) {
    return spec.toPacket().checksumFault();
  }

  @Test
  void a_wrong_checksum_is_said_with_the_right_one() {
    assertThat(fault(udp().to(WEB).payload("query").checksum(0xbad)))
        .isEqualTo("udp checksum 0xbad should be 0x63bd");
    assertThat(fault(tcp().to(WEB).checksum(0xbad)))
        .isEqualTo("tcp checksum 0xbad should be 0x63a6");
    assertThat(fault(icmp().to(WEB).checksum(0xbad)))
        .isEqualTo("icmp checksum 0xbad should be 0xf7ff");
    assertThat(fault(Packets.icmpv6().to(WEB).checksum(0xbad)))
        .isEqualTo("icmpv6 checksum 0xbad should be 0x22fa");
    assertThat(fault(udp().to(WEB).ipChecksum(0xbad)))
        .isEqualTo("ipv4 header checksum 0xbad should be 0xeeac");
  }

  @Test
  void zero_means_none_in_udp_over_ipv4_only() {
    assertThat(fault(udp().to(WEB).checksum(0))).isNull();
    assertThat(fault(udp().to(WEB).ipv6().checksum(0)))
        .isEqualTo("udp checksum 0x0 should be 0xe311");
  }

  @Test
  void a_udp_checksum_that_comes_out_as_zero_is_sent_as_ffff() {
    int ffff = 0;
    for (int i = 0; i < 0x10000; i++) {
      Packet packet = udp().to(WEB).payload(new byte[] {(byte) (i >> 8), (byte) i}).toPacket();
      long checksum = FieldReader.number(Field.CHECKSUM, packet);
      assertThat(checksum).isNotZero();
      assertThat(packet.checksumFault()).isNull();
      ffff += checksum == 0xffff ? 1 : 0;
    }
    assertThat(ffff).isEqualTo(1);
  }

  @Test
  void ffff_stands_for_zero_in_every_protocol() {
    for (int i = 0; i < 0x10000; i++) {
      IcmpSpec spec = icmp().to(WEB).restOfHeader(i);
      Packet packet = spec.toPacket();
      if (FieldReader.number(Field.CHECKSUM, packet) == 0) {
        assertThat(fault(spec.checksum(0xffff))).isNull();
        return;
      }
    }
    throw new AssertionError("no packet has the checksum 0");
  }

  @Test
  void the_checksum_of_a_fragment_is_not_checked() {
    assertThat(fault(udp().to(WEB).fragment(0, true).checksum(0xbad))).isNull();
    assertThat(fault(udp().to(WEB).fragment(8, false))).isNull();
    assertThat(fault(udp().to(WEB).fragment(8, false).ipChecksum(1))).isNotNull();
  }

  @Test
  void of_a_malformed_packet_the_ipv4_header_is_checked_if_it_is_there() {
    assertThat(fault(udp().to(WEB).udpLength(2).checksum(0xbad))).isNull();
    assertThat(fault(udp().to(WEB).udpLength(2).ipChecksum(0xbad)))
        .isEqualTo("ipv4 header checksum 0xbad should be 0xeeac");
    assertThat(fault(udp().to(WEB).ipHeaderLength(16).ipChecksum(0xbad))).isNull();
    assertThat(fault(udp().to(WEB).ipHeaderLength(60).ipChecksum(0xbad))).isNull();
  }

  @Test
  void with_hops_to_go_the_final_destination_is_unknown_and_nothing_is_checked() {
    byte[] oneHopLeft = SamplePackets.ROUTING_HEADER.clone();
    oneHopLeft[3] = 1;
    UdpSpec spec = udp().to(WEB).ipv6().checksum(0xbad);

    assertThat(fault(spec.extension(IpProtocol.ROUTING, oneHopLeft))).isNull();
    assertThat(fault(spec.extension(IpProtocol.ROUTING, SamplePackets.ROUTING_HEADER))).isNotNull();
  }

  @Test
  void the_example_of_rfc_1071_comes_out() {
    byte[] example = {
      0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7
    };

    assertThat(Checksums.finish(Checksums.sum(example, 0, 8, 0))).isEqualTo(~0xddf2 & 0xffff);
    assertThat(Checksums.sum(example, 0, 3, 0)).isEqualTo(0x0001 + 0xf200);
  }
}
