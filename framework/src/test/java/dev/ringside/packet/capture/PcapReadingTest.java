// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static dev.ringside.packet.capture.CaptureBytes.frame;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of pcap that is sound. What is not, see {@link DamagedPcapTest}. */
class PcapReadingTest {
  private static final int MICROSECONDS = 0xa1b2c3d4;
  private static final int NANOSECONDS = 0xa1b23c4d;

  static List<Arguments> kinds() {
    return List.of(
        Arguments.of(BIG_ENDIAN, MICROSECONDS, 1_000),
        Arguments.of(LITTLE_ENDIAN, MICROSECONDS, 1_000),
        Arguments.of(BIG_ENDIAN, NANOSECONDS, 1),
        Arguments.of(LITTLE_ENDIAN, NANOSECONDS, 1));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void reads_both_byte_orders_and_both_resolutions(ByteOrder order, int magic, int nanosPerTick) {
    List<CapturedPacket> packets =
        new CaptureBytes(order)
            .pcapHeader(magic)
            .pcapPacket(1_700_000_000, 123_456, frame(60))
            .pcapPacket(0xffff_ffffL, 999_999, frame(1))
            .readAll();

    assertThat(packets).hasSize(2);
    assertThat(packets.get(0).nanos())
        .isEqualTo(1_700_000_000_000_000_000L + 123_456L * nanosPerTick);
    assertThat(packets.get(0).packet().toByteArray()).isEqualTo(frame(60));
    assertThat(packets.get(0).originalLength()).isEqualTo(60);
    assertThat(packets.get(0).interfaceIndex()).isZero();
    assertThat(packets.get(0).interfaceName()).isEmpty();
    assertThat(packets.get(0).comments()).isEmpty();
    assertThat(packets.get(1).nanos())
        .isEqualTo(4_294_967_295_000_000_000L + 999_999L * nanosPerTick);
  }

  @Test
  void keeps_the_original_length_of_a_truncated_snapshot() {
    CapturedPacket packet = pcap().pcapPacket(0, 0, 64, 1514, frame(64)).readAll().get(0);

    assertThat(packet.packet().length()).isEqualTo(64);
    assertThat(packet.originalLength()).isEqualTo(1514);
    assertThat(packet.isTruncated()).isTrue();
  }

  @Test
  void reads_a_file_without_packets() {
    assertThat(pcap().readAll()).isEmpty();
  }

  @Test
  void reads_a_packet_without_bytes() {
    CapturedPacket packet = pcap().pcapPacket(0, 0, 0, 1514, new byte[0]).readAll().get(0);

    assertThat(packet.packet().length()).isZero();
    assertThat(packet.isTruncated()).isTrue();
  }

  @Test
  void cuts_a_frame_that_is_longer_than_any_packet() {
    List<CapturedPacket> packets =
        pcap().pcapPacket(0, 0, frame(262_144)).pcapPacket(0, 0, frame(60)).readAll();

    CapturedPacket cut = packets.get(0);
    assertThat(cut.packet().length()).isEqualTo(Packet.MAX_BYTES);
    assertThat(cut.originalLength()).isEqualTo(262_144);
    assertThat(cut.isTruncated()).isTrue();
    assertThat(packets.get(1).packet().toByteArray()).isEqualTo(frame(60));
  }

  @Test
  void looks_past_what_the_link_type_says_about_the_frame_check_sequence() {
    CaptureBytes bytes = new CaptureBytes(BIG_ENDIAN).pcapHeader(MICROSECONDS, 2, 4, 0x2400_0001);

    assertThat(bytes.pcapPacket(0, 0, frame(64)).readAll()).hasSize(1);
  }

  private static CaptureBytes pcap() {
    return new CaptureBytes(LITTLE_ENDIAN).pcapHeader(MICROSECONDS);
  }
}
