// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.packet.Malformation;
import dev.ringside.packet.Packet;
import dev.ringside.packet.UdpSpec;
import org.junit.jupiter.api.Test;

class PacketAssertTest {

  private final UdpSpec spec = udp().to("198.18.0.1").toMac("02:00:00:00:00:01").port(53);
  private final Packet packet = spec.toPacket();
  private final Packet cut = Packet.of(new byte[9]);

  @Test
  void matches() {
    assertThat(packet).matches(udp().port(53));
    fails(
        () -> assertThat(packet).matches(tcp().port(54)),
        """
        Expecting packet udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to be like tcp port 54
          but it differs in
            protocol: expected tcp, was udp
            destination port: expected 54, was 53
        """);
  }

  @Test
  void does_not_match() {
    assertThat(packet).doesNotMatch(tcp());
    fails(
        () -> assertThat(packet).doesNotMatch(udp()),
        """
        Expecting packet udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          not to be like udp
          but it is
        """);
  }

  @Test
  void has_the_same_bytes() {
    assertThat(packet).hasSameBytesAs(spec.toPacket().withId(7));
    fails(
        () -> assertThat(packet).hasSameBytesAs(spec.port(54).toPacket()),
        """
        Expecting packet udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to have the same bytes as udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes
          but they differ first at byte 37: expected 36, was 35
            expected ... 01c00000 36 0008b382
            actual   ... 01c00000 35 0008b383
        """);
    fails(
        () -> assertThat(cut).hasSameBytesAs(Packet.of(new byte[10])),
        """
        Expecting packet runt, 9 bytes, malformed: ethernet header needs 14 bytes, 9 are present
          to have the same bytes as runt, 10 bytes, malformed: ethernet header needs 14 bytes, 10 are present
          but they differ first at byte 9: expected 00, was the end
            expected ... 00000000 00
            actual   ... 00000000 the end
        """);
    fails(
        () -> assertThat(Packet.of(new byte[10])).hasSameBytesAs(cut),
        """
        Expecting packet runt, 10 bytes, malformed: ethernet header needs 14 bytes, 10 are present
          to have the same bytes as runt, 9 bytes, malformed: ethernet header needs 14 bytes, 9 are present
          but they differ first at byte 9: expected the end, was 00
            expected ... 00000000 the end
            actual   ... 00000000 00
        """);
    fails(
        () -> assertThat(cut).hasSameBytesAs(Packet.of(new byte[] {1})),
        """
        Expecting packet runt, 9 bytes, malformed: ethernet header needs 14 bytes, 9 are present
          to have the same bytes as runt, 1 bytes, malformed: ethernet header needs 14 bytes, 1 are present
          but they differ first at byte 0: expected 01, was 00
            expected 01
            actual   00 00000000
        """);
  }

  @Test
  void is_well_formed() {
    assertThat(packet).isWellFormed();
    fails(
        () -> assertThat(cut).isWellFormed(),
        """
        Expecting packet runt, 9 bytes, malformed: ethernet header needs 14 bytes, 9 are present
          to be well-formed
          but it is malformed: ethernet header needs 14 bytes, 9 are present
        """);
  }

  @Test
  void is_malformed() {
    assertThat(cut)
        .isMalformed()
        .isMalformed("ethernet header needs 14 bytes, 9 are present")
        .isMalformed(Malformation.ETHERNET_TRUNCATED);
    fails(
        () -> assertThat(packet).isMalformed(),
        """
        Expecting packet udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to be malformed
          but it is well-formed
        """);
    fails(
        () -> assertThat(packet).isMalformed("udp header needs 8 bytes, 7 are present"),
        """
        Expecting packet udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to be malformed: udp header needs 8 bytes, 7 are present
          but it is well-formed
        """);
    fails(
        () -> assertThat(packet).isMalformed(Malformation.UDP_TRUNCATED),
        """
        Expecting packet udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to be malformed, UDP_TRUNCATED
          but it is well-formed
        """);
    fails(
        () -> assertThat(cut).isMalformed("udp header needs 8 bytes, 7 are present"),
        """
        Expecting packet runt, 9 bytes, malformed: ethernet header needs 14 bytes, 9 are present
          to be malformed: udp header needs 8 bytes, 7 are present
          but it is malformed: ethernet header needs 14 bytes, 9 are present
        """);
    fails(
        () -> assertThat(cut).isMalformed(Malformation.UDP_TRUNCATED),
        """
        Expecting packet runt, 9 bytes, malformed: ethernet header needs 14 bytes, 9 are present
          to be malformed, UDP_TRUNCATED
          but it is malformed, ETHERNET_TRUNCATED: ethernet header needs 14 bytes, 9 are present
        """);
  }

  @Test
  void has_right_checksums() {
    assertThat(packet).hasRightChecksums();
    fails(
        () -> assertThat(spec.ipChecksum(1).toPacket()).hasRightChecksums(),
        """
        Expecting packet udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to have right checksums
          but it has not: ipv4 header checksum 0x1 should be 0xeeac
        """);
  }

  @Test
  void has_a_wrong_checksum() {
    assertThat(spec.ipChecksum(1).toPacket()).hasWrongChecksum();
    fails(
        () -> assertThat(packet).hasWrongChecksum(),
        """
        Expecting packet udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to have a wrong checksum
          but it has none
        """);
  }
}
