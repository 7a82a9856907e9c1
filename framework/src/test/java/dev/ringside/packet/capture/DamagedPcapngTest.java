// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static dev.ringside.packet.capture.CaptureBytes.frame;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.capture.CaptureBytes.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every way in which a pcapng can be wrong: the packets before are read, then one error is clear.
 */
class DamagedPcapngTest {
  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int FRAME = 60;

  private static CaptureBytes nothing() {
    return new CaptureBytes(LITTLE_ENDIAN);
  }

  /** 28 bytes of section, 20 of interface, and twice 92 of packet. */
  private static CaptureBytes twoPackets() {
    return nothing().section().ethernet().enhanced(0, 1, frame(FRAME)).enhanced(0, 2, frame(FRAME));
  }

  private static void assertFailsAfterTwo(CaptureBytes rest, String reason) {
    Outcome outcome = CaptureBytes.read(twoPackets().raw(rest.bytes()).bytes());

    assertThat(outcome.packets()).hasSize(2);
    assertThat(outcome.error())
        .hasMessage(
            "made.pcap is damaged at byte 232: " + reason + "; the 2 packets before it were read");
    assertThat(outcome.error().file()).isEqualTo("made.pcap");
    assertThat(outcome.error().offset()).isEqualTo(232);
    assertThat(outcome.error().reason()).isEqualTo(reason);
    assertThat(outcome.error().packetsBefore()).isEqualTo(2);
  }

  private static CaptureBytes header(int magic, int major, int minor) {
    return nothing().block(SECTION_HEADER, nothing().u32(magic).u16(major).u16(minor).u64(-1));
  }

  // ---- section headers ----

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4  | a block header has 8 bytes, the file ends after 4 of them
          7  | a block header has 8 bytes, the file ends after 7 of them
          8  | a section header has at least 28 bytes, the file ends after 8 of them
          11 | a section header has at least 28 bytes, the file ends after 11 of them
          12 | a section header says it has 28 bytes, the file ends after 12 of them
          27 | a section header says it has 28 bytes, the file ends after 27 of them
          """)
  void the_first_section_header_is_cut_off(int length, String reason) {
    assertThat(CaptureBytes.read(Arrays.copyOf(nothing().section().bytes(), length)).error())
        .hasMessage("made.pcap is damaged at byte 0: " + reason + "; no packet was read before it");
  }

  @Test
  void a_section_header_has_no_byte_order() {
    assertFailsAfterTwo(
        header(0x1a2b3c4e, 1, 0),
        "a section header has the byte-order magic 0x4e3c2b1a, it must be 0x1a2b3c4d or 0x4d3c2b1a");
  }

  @Test
  void a_section_has_another_version() {
    Outcome outcome = CaptureBytes.read(twoPackets().raw(header(0x1a2b3c4d, 2, 0).bytes()).bytes());

    assertThat(outcome.packets()).hasSize(2);
    assertThat(outcome.error())
        .hasMessage(
            "made.pcap cannot be read past byte 232: its pcapng version is 2.0, only 1.0 can be"
                + " read; the 2 packets before it were read");
  }

  @Test
  void a_section_header_is_too_short() {
    assertFailsAfterTwo(
        nothing().block(SECTION_HEADER, nothing().u32(0x1a2b3c4d)),
        "a section header says it has 16 bytes, the least is 28");
  }

  @Test
  void the_lengths_of_a_big_endian_section_are_read_as_such() {
    byte[] section = new CaptureBytes(BIG_ENDIAN).section().bytes();
    section[7] = 32;

    assertFailsAfterTwo(
        nothing().raw(section),
        "a section header says it has 32 bytes, the file ends after 28 of them");
  }

  // ---- blocks ----

  @Test
  void a_block_header_is_cut_off() {
    assertFailsAfterTwo(
        nothing().u32(6).u8(1), "a block header has 8 bytes, the file ends after 5 of them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          6          | 28         | the block of packet 3 says it has 28 bytes, the least is 32
          2          | 28         | the block of packet 3 says it has 28 bytes, the least is 32
          3          | 12         | the block of packet 3 says it has 12 bytes, the least is 16
          1          | 16         | the block of interface 1 says it has 16 bytes, the least is 20
          0          | 0          | a block of type 0x0 says it has 0 bytes, the least is 12
          0x0bad     | 8          | a block of type 0xbad says it has 8 bytes, the least is 12
          6          | 33         | the block of packet 3 says it has 33 bytes, which is not a multiple of 4
          0x0bad     | 102        | a block of type 0xbad says it has 102 bytes, which is not a multiple of 4
          6          | 16777220   | the block of packet 3 says it has 16,777,220 bytes, the limit is 16,777,216
          3          | 4294967292 | the block of packet 3 says it has 4,294,967,292 bytes, the limit is 16,777,216
          0x0bad     | 4294967292 | a block of type 0xbad says it has 4,294,967,292 bytes, the file ends after 48 of them
          0x0bad     | 4294967295 | a block of type 0xbad says it has 4,294,967,295 bytes, the limit is 4,294,967,292
          6          | 96         | the block of packet 3 says it has 96 bytes, the file ends after 48 of them
          6          | 48         | the block of packet 3 says it has 48 bytes at its start and 0 at its end
          0x0bad     | 48         | a block of type 0xbad says it has 48 bytes at its start and 0 at its end
          """)
  void the_length_of_a_block_lies(String type, long length, String reason) {
    assertFailsAfterTwo(nothing().u32(Long.decode(type)).u32(length).raw(new byte[40]), reason);
  }

  @Test
  void an_unknown_block_is_cut_off_within_its_second_length() {
    assertFailsAfterTwo(
        nothing().u32(0x0bad).u32(16).u32(0).u16(16),
        "a block of type 0xbad says it has 16 bytes, the file ends after 14 of them");
  }

  // ---- packets ----

  @Test
  void a_packet_is_of_an_interface_that_does_not_exist() {
    assertFailsAfterTwo(
        nothing().enhanced(3, 0, frame(FRAME)),
        "packet 3 is of interface 3 of its section, which has 1");
    assertFailsAfterTwo(
        nothing().enhanced(0xffff_ffff, 0, frame(FRAME)),
        "packet 3 is of interface 4,294,967,295 of its section, which has 1");
    assertFailsAfterTwo(
        nothing().obsolete(1, 0, 0, frame(FRAME)),
        "packet 3 is of interface 1 of its section, which has 1");
  }

  @Test
  void interfaces_of_an_earlier_section_are_gone() {
    CaptureBytes bytes = nothing().section().ethernet().section().simple(60, frame(FRAME));

    assertThat(CaptureBytes.read(bytes.bytes()).error())
        .hasMessage(
            "made.pcap is damaged at byte 76: packet 1 is of interface 0 of its section, which has"
                + " 0; no packet was read before it");
  }

  @Test
  void a_packet_is_of_an_interface_of_another_link_type() {
    CaptureBytes bytes =
        nothing()
            .section()
            .ethernet()
            .interfaceOf(105, 0, nothing().option(2, "wlan0".getBytes()))
            .enhanced(0, 0, frame(FRAME))
            .enhanced(1, 0, frame(FRAME));

    Outcome outcome = CaptureBytes.read(bytes.bytes());

    assertThat(outcome.packets()).hasSize(1);
    assertThat(outcome.error())
        .hasMessage(
            "made.pcap cannot be read past byte 172: packet 2 is of interface 1 'wlan0' with link"
                + " type 105 (IEEE 802.11), only 1 (Ethernet) can be read; the packet before it was"
                + " read");
  }

  @Test
  void the_length_of_a_packet_lies() {
    assertFailsAfterTwo(
        nothing().enhanced(0, 0, 1000, 1000, frame(FRAME), nothing()),
        "packet 3 says it has 1,000 bytes, its block has room for 60");
    assertFailsAfterTwo(
        nothing().enhanced(0, 0, 300_000, 300_000, frame(FRAME), nothing()),
        "packet 3 says it has 300,000 bytes, the limit is 262,144");
    assertFailsAfterTwo(
        nothing().enhanced(0, 0, 60, 59, frame(FRAME), nothing()),
        "packet 3 says it has 60 bytes, but only 59 were on the wire");
    assertFailsAfterTwo(
        nothing().enhanced(0, 0, 60, 0xffff_ffffL, frame(FRAME), nothing()),
        "packet 3 says it had 4,294,967,295 bytes on the wire, the limit is 2,147,483,647");
    assertFailsAfterTwo(
        nothing().simple(61, frame(FRAME)),
        "packet 3 says it has 61 bytes, its block has room for 60");
  }

  @Test
  void a_packet_is_dated_beyond_what_nanoseconds_can_hold() {
    assertFailsAfterTwo(
        nothing().enhanced(0, -1, frame(FRAME)), "packet 3 is dated beyond the years 1677 to 2262");
  }

  // ---- options ----

  @Test
  void an_option_is_longer_than_its_block() {
    assertFailsAfterTwo(
        nothing().enhanced(0, 0, 60, 60, frame(FRAME), nothing().u16(1).u16(400).u64(0)),
        "option 1 of packet 3 says it has 400 bytes, its block has room for 8");
    assertFailsAfterTwo(
        nothing().ethernet(nothing().u16(2).u16(1)),
        "option 2 of interface 1 says it has 1 byte, its block has room for 0");
  }

  @Test
  void an_option_of_fixed_length_has_another() {
    assertFailsAfterTwo(
        nothing().ethernet(nothing().option(9, frame(2))),
        "option 9 of interface 1 says it has 2 bytes, it must have 1");
    assertFailsAfterTwo(
        nothing().ethernet(nothing().option(14, frame(4))),
        "option 14 of interface 1 says it has 4 bytes, it must have 8");
  }
}
