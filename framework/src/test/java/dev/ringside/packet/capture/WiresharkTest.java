// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static dev.ringside.packet.capture.CaptureBytes.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wireshark reads what we write, and we read what it writes, both to the last nanosecond. */
class WiresharkTest {
  private static final long NANOS = 1_700_000_000_123_456_789L;
  private static final Packet LONG = Packet.of(frame(Packet.MAX_BYTES));
  private static final Packet ODD = Packet.of(frame(61));

  @TempDir Path directory;

  @BeforeAll
  static void assumeWireshark() {
    Wireshark.assumeInstalled();
  }

  @Test
  void reads_a_pcap_of_ours_without_warning() {
    Path file = directory.resolve("ours.pcap");
    try (PcapWriter writer = PcapWriter.create(file)) {
      writer.write(0, ODD);
      writer.write(NANOS, LONG);
      writer.write(new CapturedPacket(NANOS + 1, 1514, ODD, 0, "", List.of()));
    }

    assertThat(Wireshark.fields(file, "frame.time_epoch", "frame.cap_len", "frame.len"))
        .containsExactly(
            "0.000000000|61|61",
            "1700000000.123456789|65535|65535",
            "1700000000.123456790|61|1514");
    assertThat(Wireshark.summary(file))
        .contains(
            "File type:           nsecpcap",
            "File encapsulation:  ether",
            "File timestamp precision:  nanoseconds (9)",
            "Packet size limit:   file hdr: 262144 bytes",
            "Number of packets:   3");
  }

  @Test
  void reads_a_pcap_of_ours_with_microseconds() {
    Path file = directory.resolve("micro.pcap");
    try (PcapWriter writer = PcapWriter.createWithMicroseconds(file)) {
      writer.write(NANOS, ODD);
    }

    assertThat(Wireshark.fields(file, "frame.time_epoch")).containsExactly("1700000000.123456000");
    assertThat(Wireshark.summary(file))
        .contains("File type:           pcap", "File timestamp precision:  microseconds (6)");
  }

  @Test
  void reads_a_pcapng_of_ours_with_interfaces_and_comments() {
    Path file = directory.resolve("ours.pcapng");
    try (PcapngWriter writer = PcapngWriter.create(file)) {
      writer.addInterface("p0");
      writer.write(0, NANOS, ODD, "dropped: RING_FULL, 256 of 256 slots \u2014 in use");
      int second = writer.addInterface("h1/vf3");
      writer.write(second, NANOS + 1, LONG);
      writer.write(new CapturedPacket(NANOS + 2, 1514, ODD, 1, "", List.of("one", "two")));
    }

    assertThat(
            Wireshark.fields(
                file,
                "frame.time_epoch",
                "frame.cap_len",
                "frame.len",
                "frame.interface_id",
                "frame.interface_name",
                "frame.comment"))
        .containsExactly(
            "1700000000.123456789|61|61|0|p0|dropped: RING_FULL, 256 of 256 slots \u2014 in use",
            "1700000000.123456790|65535|65535|1|h1/vf3|",
            "1700000000.123456791|61|1514|1|h1/vf3|one,two");
    assertThat(Wireshark.summary(file))
        .contains(
            "File type:           pcapng",
            "File timestamp precision:  nanoseconds (9)",
            "Capture application: Ringside",
            "Number of packets:   3",
            "Number of interfaces in file: 2");
  }

  @Test
  void reads_files_of_ours_that_hold_nothing() {
    Path pcap = directory.resolve("none.pcap");
    Path pcapng = directory.resolve("none.pcapng");
    PcapWriter.create(pcap).close();
    PcapngWriter.create(pcapng).close();

    assertThat(Wireshark.fields(pcap, "frame.len")).isEmpty();
    assertThat(Wireshark.fields(pcapng, "frame.len")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"everyday", "syn-flood", "udp-flood", "vlan-qinq"})
  void sees_the_same_frames_in_a_real_capture(String name) throws IOException {
    assertThat(ours(RealCapturesTest.read(name))).isEqualTo(theirs(copy(name)));
  }

  @ParameterizedTest
  @CsvSource({"everyday, pcapng", "everyday, nsecpcap", "vlan-qinq, pcapng", "vlan-qinq, nsecpcap"})
  void writes_captures_that_we_read(String name, String format) throws IOException {
    Path converted = Wireshark.convert(copy(name), format, directory.resolve(name + "." + format));

    assertThat(ours(CaptureReader.readAll(converted))).isEqualTo(theirs(converted));
    assertThat(bytes(CaptureReader.readAll(converted)))
        .isEqualTo(bytes(RealCapturesTest.read(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"everyday", "vlan-qinq"})
  void sees_the_same_frames_once_we_wrote_them_again(String name) throws IOException {
    Path pcap = directory.resolve(name + ".pcap");
    Path pcapng = directory.resolve(name + ".pcapng");
    try (CaptureWriter first = PcapWriter.create(pcap);
        PcapngWriter second = PcapngWriter.create(pcapng)) {
      second.addInterface("wire");
      for (CapturedPacket packet : RealCapturesTest.read(name)) {
        first.write(packet);
        second.write(packet);
      }
    }

    List<String> original = ours(RealCapturesTest.read(name));
    assertThat(theirs(pcap)).isEqualTo(original);
    assertThat(theirs(pcapng)).isEqualTo(original);
  }

  /** Our own hand-made files: that we and Wireshark take them for the same shows they are right. */
  @Test
  void takes_every_byte_order_and_clock_for_what_we_do() throws IOException {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      CaptureBytes pcap = new CaptureBytes(order).pcapHeader(0xa1b2c3d4);
      assertSameAsWireshark(pcap.pcapPacket(1_700_000_000, 123_456, frame(60)));
      CaptureBytes nano = new CaptureBytes(order).pcapHeader(0xa1b23c4d);
      assertSameAsWireshark(nano.pcapPacket(1_700_000_000, 5, 60, 1514, frame(60)));
      CaptureBytes clocks = new CaptureBytes(order).section();
      int[] resolutions = {0, 3, 6, 9, 12, 0x80, 0x8a, 0xa0};
      for (int i = 0; i < resolutions.length; i++) {
        clocks.ethernet(clock(order, resolutions[i])).enhanced(i, 1_234_567, frame(60 + i));
      }
      assertSameAsWireshark(clocks);
    }
  }

  private static CaptureBytes clock(ByteOrder order, int resolution) {
    CaptureBytes options = new CaptureBytes(order).option(9, new byte[] {(byte) resolution});
    return options.u16(14).u16(8).u64(1_000_000_000);
  }

  @Test
  void takes_several_sections_for_what_we_do() throws IOException {
    CaptureBytes bytes = new CaptureBytes(ByteOrder.BIG_ENDIAN).section();
    bytes.ethernet(clock(ByteOrder.BIG_ENDIAN, 9));
    bytes.enhanced(0, 1, frame(60)).obsolete(0, 2, 3, frame(61));
    CaptureBytes second = new CaptureBytes(ByteOrder.LITTLE_ENDIAN).section().ethernet();

    assertSameAsWireshark(bytes.raw(second.enhanced(0, 1, frame(62)).bytes()));
  }

  private void assertSameAsWireshark(CaptureBytes bytes) throws IOException {
    Path file = Files.write(directory.resolve("made"), bytes.bytes());
    assertThat(ours(CaptureReader.readAll(file))).isEqualTo(theirs(file)).isNotEmpty();
  }

  private Path copy(String name) throws IOException {
    Path copy = directory.resolve("copy-of-" + name + ".pcap");
    try (InputStream in = getClass().getResourceAsStream("/captures/" + name + ".pcap")) {
      Files.copy(in, copy);
    }
    return copy;
  }

  private static List<String> theirs(Path capture) {
    return Wireshark.fields(
        capture, "frame.time_epoch", "frame.cap_len", "frame.len", "eth.src", "eth.dst");
  }

  private static List<String> ours(List<CapturedPacket> packets) {
    List<String> lines = new ArrayList<>();
    for (CapturedPacket captured : packets) {
      Packet packet = captured.packet();
      long nanos = captured.nanos();
      lines.add(
          "%d.%09d|%d|%d|%s|%s"
              .formatted(
                  nanos / 1_000_000_000,
                  nanos % 1_000_000_000,
                  packet.length(),
                  captured.originalLength(),
                  packet.sourceMac(),
                  packet.destinationMac()));
    }
    return lines;
  }

  private static List<String> bytes(List<CapturedPacket> packets) {
    return packets.stream().map(WiresharkTest::hex).toList();
  }

  private static String hex(CapturedPacket captured) {
    return HexFormat.of().formatHex(captured.packet().toByteArray());
  }
}
