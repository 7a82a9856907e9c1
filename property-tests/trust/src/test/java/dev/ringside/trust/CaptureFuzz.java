// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.capture.CaptureException;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import java.io.ByteArrayInputStream;
import java.util.Arrays;

/** A capture is read to its end, or it is said where and why it is damaged. */
final class CaptureFuzz {

  private CaptureFuzz() {}

  static void read(byte[] capture) {
    int packets = 0;
    try (CaptureReader reader =
        CaptureReader.open(new ByteArrayInputStream(capture), "fuzzed.pcap")) {
      for (CapturedPacket captured = reader.next(); captured != null; captured = reader.next()) {
        packets++;
        assertThat(captured.packet().length()).isNotNegative();
        String unused = captured.toString();
      }
    } catch (CaptureException e) {
      assertThat(e.file()).isEqualTo("fuzzed.pcap");
      assertThat(e.reason()).isNotBlank();
      assertThat(e.offset()).isBetween(0L, (long) capture.length);
      assertThat(e.packetsBefore()).isEqualTo(packets);
    }
  }

  /** The capture behind this file header, so that the fuzzer need not find that first. */
  static byte[] behind(byte[] header, byte[] rest) {
    byte[] capture = Arrays.copyOf(header, header.length + rest.length);
    System.arraycopy(rest, 0, capture, header.length, rest.length);
    return capture;
  }
}
