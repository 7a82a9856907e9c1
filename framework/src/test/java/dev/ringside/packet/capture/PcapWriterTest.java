// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static dev.ringside.packet.capture.CaptureBytes.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Packet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Byte for byte what pcap asks for, and what both writers have in common. */
class PcapWriterTest {
  private static final Packet THREE_BYTES = Packet.of(new byte[] {0x11, 0x22, 0x33});
  private static final long NANOS = 2_000_000_001_999L;

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private String hex() {
    return HexFormat.of().formatHex(out.toByteArray());
  }

  private List<CapturedPacket> readBack() {
    return CaptureReader.readAll(new ByteArrayInputStream(out.toByteArray()), "out");
  }

  @Test
  void writes_nanoseconds() {
    try (PcapWriter writer = PcapWriter.create(out, "out")) {
      writer.write(NANOS, THREE_BYTES);
    }

    assertThat(hex())
        .isEqualTo(
            "4d3cb2a1 0200 0400 00000000 00000000 00000400 01000000".replace(" ", "")
                + "d0070000 cf070000 03000000 03000000 112233".replace(" ", ""));
  }

  @Test
  void writes_microseconds() {
    try (PcapWriter writer = PcapWriter.createWithMicroseconds(out, "out")) {
      writer.write(NANOS, THREE_BYTES);
    }

    assertThat(hex())
        .isEqualTo(
            "d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000".replace(" ", "")
                + "d0070000 01000000 03000000 03000000 112233".replace(" ", ""));
    assertThat(readBack()).extracting(CapturedPacket::nanos).containsExactly(2_000_000_001_000L);
  }

  @Test
  void keeps_the_original_length_and_gives_a_time_to_a_packet_without_one() {
    try (PcapWriter writer = PcapWriter.create(out, "out")) {
      writer.write(new CapturedPacket(CapturedPacket.NO_TIME, 3, THREE_BYTES, 7, "p7", List.of()));
      writer.write(new CapturedPacket(NANOS, 1514, THREE_BYTES, 7, "p7", List.of("lost")));
      writer.write(new CapturedPacket(CapturedPacket.NO_TIME, 3, THREE_BYTES, 7, "p7", List.of()));
    }

    assertThat(readBack()).extracting(CapturedPacket::nanos).containsExactly(0L, NANOS, NANOS);
    assertThat(readBack()).extracting(CapturedPacket::originalLength).containsExactly(3, 1514, 3);
  }

  @Test
  void what_is_written_is_in_the_file_once_it_is_flushed() {
    Path file = directory.resolve("seen.pcap");
    try (PcapWriter writer = PcapWriter.create(file)) {
      writer.write(NANOS, THREE_BYTES);
      writer.flush();

      assertThat(CaptureReader.readAll(file)).hasSize(1);
    }
  }

  @Test
  void every_length_up_to_the_longest_fits() {
    try (PcapWriter writer = PcapWriter.create(out, "out")) {
      for (int length = 0; length <= Packet.MAX_BYTES; length += 257) {
        writer.write(length, Packet.of(frame(length)));
      }
    }

    assertThat(readBack()).hasSize(256);
    assertThat(readBack())
        .allMatch(read -> read.packet().hasSameBytes(Packet.of(frame((int) read.nanos()))));
  }

  @Test
  void refuses_a_time_outside_1970_to_2106() {
    long last = 4_294_967_295_999_999_999L;
    try (PcapWriter writer = PcapWriter.create(out, "out")) {
      writer.write(last, THREE_BYTES);
      assertThatThrownBy(() -> writer.write(-5, THREE_BYTES))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "out cannot hold a packet at -5 ns: pcap counts from 0 to 4,294,967,295,999,999,999");
      assertThatThrownBy(() -> writer.write(last + 1, THREE_BYTES))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "out cannot hold a packet at 4,294,967,296,000,000,000 ns: pcap counts from 0 to"
                  + " 4,294,967,295,999,999,999");
    }

    assertThat(readBack()).extracting(CapturedPacket::nanos).containsExactly(last);
  }

  @Test
  void refuses_packets_once_it_is_closed() {
    PcapWriter writer = PcapWriter.create(out, "out");
    writer.close();
    writer.close();
    writer.flush();

    assertThatThrownBy(() -> writer.write(0, THREE_BYTES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("out is closed: nothing can be written any more");
    assertThat(readBack()).isEmpty();
  }

  @Test
  void a_directory_must_exist() {
    Path file = directory.resolve("none/seen.pcap");

    assertThatThrownBy(() -> PcapWriter.create(file))
        .isInstanceOf(CaptureException.class)
        .hasMessage(
            file
                + " cannot be opened: its directory does not exist, create "
                + directory.resolve("none"));
    assertThatThrownBy(() -> PcapngWriter.create(directory))
        .isInstanceOf(CaptureException.class)
        .hasMessageStartingWith(directory + " cannot be opened: ");
  }

  @Test
  void a_disk_that_is_full_is_told_with_its_cause() {
    PcapWriter writer = PcapWriter.create(new FullDisk(), "full.pcap");
    writer.write(0, THREE_BYTES);

    assertThatThrownBy(writer::flush)
        .isInstanceOf(CaptureException.class)
        .hasCauseInstanceOf(IOException.class)
        .hasMessage(
            "full.pcap cannot be written past byte 0: no space left; 1 packet was given to it");
  }

  @Test
  void a_packet_takes_no_memory() {
    try (PcapWriter writer = PcapWriter.create(OutputStream.nullOutputStream(), "null")) {
      PcapngWriter second = PcapngWriter.create(OutputStream.nullOutputStream(), "null");
      second.addInterface("p0");
      writeThousand(writer, second);
      var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      writeThousand(writer, second);
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
    }
  }

  private static void writeThousand(CaptureWriter first, CaptureWriter second) {
    for (int i = 0; i < 1000; i++) {
      first.write(i, THREE_BYTES);
      second.write(i, THREE_BYTES);
    }
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      throw new IOException("no space left");
    }
  }
}
