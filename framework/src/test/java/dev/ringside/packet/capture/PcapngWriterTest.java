// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static dev.ringside.packet.capture.CaptureBytes.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Packet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Byte for byte what pcapng asks for; what both writers have in common is in the other test. */
class PcapngWriterTest {
  private static final Packet THREE_BYTES = Packet.of(new byte[] {0x11, 0x22, 0x33});
  private static final long NANOS = 0x0102_0304_0506_0708L;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PcapngWriter writer = PcapngWriter.create(out, "out");

  private List<CapturedPacket> readBack() {
    writer.close();
    return CaptureReader.readAll(new ByteArrayInputStream(out.toByteArray()), "out");
  }

  @Test
  void writes_sections_interfaces_and_packets() {
    writer.addInterface("p0");
    writer.write(NANOS, THREE_BYTES);
    writer.close();

    assertThat(HexFormat.of().formatHex(out.toByteArray()))
        .isEqualTo(
            ("0a0d0d0a 2c000000 4d3c2b1a 0100 0000 ffffffffffffffff"
                    + "0400 0800 52696e6773696465 00000000 2c000000"
                    + "01000000 28000000 0100 0000 00000400"
                    + "0200 0200 70300000 0900 0100 09000000 00000000 28000000"
                    + "06000000 24000000 00000000 04030201 08070605 03000000 03000000"
                    + "11223300 24000000")
                .replace(" ", ""));
  }

  @Test
  void a_comment_stands_behind_its_packet() {
    writer.addInterface("");
    writer.flush();
    int before = out.size();
    writer.write(0, 0, THREE_BYTES, "why?!");
    writer.close();

    assertThat(HexFormat.of().formatHex(out.toByteArray(), before, out.size()))
        .isEqualTo(
            ("06000000 34000000 00000000 00000000 00000000 03000000 03000000 11223300"
                    + "0100 0500 7768793f21000000 00000000 34000000")
                .replace(" ", ""));
  }

  @Test
  void what_is_written_is_read_back() {
    int first = writer.addInterface("h1/p0");
    writer.write(first, 1, THREE_BYTES);
    int second = writer.addInterface("größer");
    writer.write(second, Long.MAX_VALUE / 1_000_000_000 * 1_000_000_000 - 1, THREE_BYTES, "");
    writer.write(new CapturedPacket(5, 1514, THREE_BYTES, 1, "?", List.of("a", "\u20ac")));
    writer.write(new CapturedPacket(CapturedPacket.NO_TIME, 3, THREE_BYTES, 0, "h1/p0", List.of()));

    List<CapturedPacket> read = readBack();

    assertThat(read)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("packet")
        .containsExactly(
            new CapturedPacket(1, 3, THREE_BYTES, 0, "h1/p0", List.of()),
            new CapturedPacket(
                9_223_372_035_999_999_999L, 3, THREE_BYTES, 1, "größer", List.of("")),
            new CapturedPacket(5, 1514, THREE_BYTES, 1, "größer", List.of("a", "\u20ac")),
            new CapturedPacket(5, 3, THREE_BYTES, 0, "h1/p0", List.of()));
    assertThat(read).allMatch(captured -> captured.packet().hasSameBytes(THREE_BYTES));
  }

  @Test
  void every_length_up_to_the_longest_fits() {
    writer.addInterface("p0");
    for (int length = 0; length <= Packet.MAX_BYTES; length += 257) {
      writer.write(0, length, Packet.of(frame(length)), "length " + length);
    }

    assertThat(readBack())
        .hasSize(256)
        .allMatch(read -> read.packet().hasSameBytes(Packet.of(frame((int) read.nanos()))))
        .allMatch(read -> read.comments().equals(List.of("length " + read.nanos())));
  }

  @Test
  void refuses_an_interface_that_it_does_not_have() {
    writer.addInterface("p0");
    writer.addInterface("p1");

    assertThatThrownBy(() -> writer.write(2, 0, THREE_BYTES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("out has no interface 2; it has [p0, p1]: add it with addInterface");
    assertThatThrownBy(() -> writer.write(-1, 0, THREE_BYTES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("out has no interface -1; it has [p0, p1]: add it with addInterface");
  }

  @Test
  void refuses_a_time_before_1970_or_after_2262() {
    writer.addInterface("p0");

    assertThatThrownBy(() -> writer.write(-1_000, THREE_BYTES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "out cannot hold a packet at -1,000 ns: it counts from 0 to 9,223,372,035,999,999,999");
    assertThatThrownBy(() -> writer.write(Long.MAX_VALUE, THREE_BYTES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "out cannot hold a packet at 9,223,372,036,854,775,807 ns: it counts from 0 to"
                + " 9,223,372,035,999,999,999");
    assertThat(readBack()).isEmpty();
  }

  @Test
  void refuses_texts_that_are_too_long() {
    String longest = "x".repeat(65_535);
    writer.addInterface(longest);
    writer.write(0, 0, THREE_BYTES, longest);

    assertThatThrownBy(() -> writer.addInterface(longest + "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("interface name of 65,536 bytes exceeds the limit of 65,535");
    assertThatThrownBy(() -> writer.write(0, 0, THREE_BYTES, "\u20ac".repeat(30_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("comment of 90,000 bytes exceeds the limit of 65,535");
    assertThat(readBack()).extracting(CapturedPacket::comments).containsExactly(List.of(longest));
  }

  @Test
  void refuses_more_comments_than_a_block_holds() {
    writer.addInterface("p0");
    List<String> comments = Collections.nCopies(240, "x".repeat(65_535));
    CapturedPacket packet = new CapturedPacket(0, 3, THREE_BYTES, 0, "", comments);

    assertThatThrownBy(() -> writer.write(packet))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("comments of 15,729,604 bytes exceed the limit of 15,728,640");
    CapturedPacket fewer = new CapturedPacket(0, 3, THREE_BYTES, 0, "", comments.subList(1, 240));
    writer.write(fewer);
    assertThat(readBack()).extracting(CapturedPacket::comments).containsExactly(fewer.comments());
  }

  @Test
  void refuses_packets_and_interfaces_once_it_is_closed() {
    writer.addInterface("p0");
    writer.close();

    assertThatThrownBy(() -> writer.write(0, THREE_BYTES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("out is closed: nothing can be written any more");
    assertThatThrownBy(() -> writer.addInterface("p1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("out is closed: nothing can be written any more");
  }
}
