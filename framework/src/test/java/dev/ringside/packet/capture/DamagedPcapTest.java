// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static dev.ringside.packet.capture.CaptureBytes.frame;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.capture.CaptureBytes.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a pcap can be wrong: the packets before are read, then one error is clear. */
class DamagedPcapTest {
  private static final int MAGIC = 0xa1b2c3d4;

  private static CaptureBytes pcap() {
    return new CaptureBytes(LITTLE_ENDIAN).pcapHeader(MAGIC);
  }

  private static Outcome twoPacketsAnd(CaptureBytes rest) {
    byte[] before = pcap().pcapPacket(0, 0, frame(60)).pcapPacket(1, 0, frame(60)).bytes();
    return CaptureBytes.read(pcap().nothing().raw(before).raw(rest.bytes()).bytes());
  }

  private static void assertFailsAfterTwo(Outcome outcome, String message) {
    assertThat(outcome.packets()).hasSize(2);
    assertThat(outcome.error()).hasMessage(message);
    assertThat(outcome.error().file()).isEqualTo("made.pcap");
    assertThat(outcome.error().offset()).isEqualTo(176);
    assertThat(outcome.error().packetsBefore()).isEqualTo(2);
    assertThat(message).contains(outcome.error().reason());
  }

  @Test
  void a_file_is_empty() {
    assertThat(CaptureBytes.read(new byte[0]).error())
        .hasMessage(
            "made.pcap is not a capture: it is empty, but pcap starts with a1 b2 c3 d4, a1 b2 3c 4d"
                + " or one of them reversed, and pcapng with 0a 0d 0d 0a");
  }

  @Test
  void a_file_is_something_else() {
    assertThat(CaptureBytes.read("Hello, world".getBytes()).error())
        .hasMessage(
            "made.pcap is not a capture: it starts with 48 65 6c 6c, but pcap starts with a1 b2 c3"
                + " d4, a1 b2 3c 4d or one of them reversed, and pcapng with 0a 0d 0d 0a");
  }

  @Test
  void a_file_ends_within_the_magic() {
    assertThat(CaptureBytes.read(new byte[] {(byte) 0xd4, 0x03}).error())
        .hasMessage(
            "made.pcap is not a capture: it starts with d4 03, but pcap starts with a1 b2 c3 d4, a1"
                + " b2 3c 4d or one of them reversed, and pcapng with 0a 0d 0d 0a");
  }

  @Test
  void a_file_is_compressed() {
    assertThat(CaptureBytes.read(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0}).error())
        .hasMessage(
            "made.pcap is not a capture: it starts with 1f 8b 08 00, but pcap starts with a1 b2 c3"
                + " d4, a1 b2 3c 4d or one of them reversed, and pcapng with 0a 0d 0d 0a; it is"
                + " compressed with gzip: unpack it first");
  }

  @Test
  void the_header_is_cut_off() {
    assertThat(CaptureBytes.read(Arrays.copyOf(pcap().bytes(), 23)).error())
        .hasMessage(
            "made.pcap is damaged at byte 0: the file header has 24 bytes, the file ends after 23"
                + " of them; no packet was read before it");
  }

  @Test
  void the_version_is_another() {
    byte[] bytes = new CaptureBytes(LITTLE_ENDIAN).pcapHeader(MAGIC, 2, 3, 1).bytes();

    assertThat(CaptureBytes.read(bytes).error())
        .hasMessage(
            "made.pcap cannot be read past byte 0: its pcap version is 2.3, only 2.4 can be read;"
                + " no packet was read before it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0    | 0 (BSD loopback)
          105  | 105 (IEEE 802.11)
          113  | 113 (Linux cooked capture)
          276  | 276 (Linux cooked capture 2)
          4711 | 4711
          """)
  void the_link_type_is_another(int linkType, String description) {
    byte[] bytes = new CaptureBytes(LITTLE_ENDIAN).pcapHeader(MAGIC, 2, 4, linkType).bytes();

    assertThat(CaptureBytes.read(bytes).error())
        .hasMessage(
            "made.pcap cannot be read past byte 0: its link type is "
                + description
                + ", only 1 (Ethernet) can be read; no packet was read before it");
  }

  @Test
  void a_packet_header_is_cut_off() {
    assertFailsAfterTwo(
        twoPacketsAnd(pcap().nothing().u32(1).u32(2).u8(3)),
        "made.pcap is damaged at byte 176: the header of packet 3 has 16 bytes, the file ends after"
            + " 9 of them; the 2 packets before it were read");
  }

  @Test
  void a_packet_is_cut_off() {
    assertFailsAfterTwo(
        twoPacketsAnd(pcap().nothing().pcapPacket(0, 0, 1514, 1514, frame(1000))),
        "made.pcap is damaged at byte 176: packet 3 says it has 1,514 bytes, the file ends after"
            + " 1,000 of them; the 2 packets before it were read");
  }

  @Test
  void a_packet_is_longer_than_the_limit() {
    assertFailsAfterTwo(
        twoPacketsAnd(pcap().nothing().pcapPacket(0, 0, 4_000_000, 4_000_000, frame(60))),
        "made.pcap is damaged at byte 176: packet 3 says it has 4,000,000 bytes, the limit is"
            + " 262,144; the 2 packets before it were read");
  }

  @Test
  void a_length_has_its_top_bit_set() {
    assertFailsAfterTwo(
        twoPacketsAnd(pcap().nothing().pcapPacket(0, 0, -1, -1, frame(60))),
        "made.pcap is damaged at byte 176: packet 3 says it has 4,294,967,295 bytes, the limit is"
            + " 262,144; the 2 packets before it were read");
  }

  @Test
  void a_packet_has_more_bytes_than_were_on_the_wire() {
    assertFailsAfterTwo(
        twoPacketsAnd(pcap().nothing().pcapPacket(0, 0, 60, 40, frame(60))),
        "made.pcap is damaged at byte 176: packet 3 says it has 60 bytes, but only 40 were on the"
            + " wire; the 2 packets before it were read");
  }

  @Test
  void a_packet_was_longer_than_can_be() {
    assertFailsAfterTwo(
        twoPacketsAnd(pcap().nothing().pcapPacket(0, 0, 60, 0x8000_0000L, frame(60))),
        "made.pcap is damaged at byte 176: packet 3 says it had 2,147,483,648 bytes on the wire, the"
            + " limit is 2,147,483,647; the 2 packets before it were read");
  }

  @Test
  void one_packet_was_read_before() {
    byte[] bytes = pcap().pcapPacket(0, 0, frame(60)).u8(0).bytes();

    assertThat(CaptureBytes.read(bytes).error())
        .hasMessage(
            "made.pcap is damaged at byte 100: the header of packet 2 has 16 bytes, the file ends"
                + " after 1 of them; the packet before it was read");
  }
}
