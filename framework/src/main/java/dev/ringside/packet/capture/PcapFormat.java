// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The older format: a header of 24 bytes, then packets behind headers of 16 bytes.
 *
 * <pre>
 *    0         4               8              12         16        20
 *   +---------+-------+-------+--------------+----------+---------+-----------+
 *   | magic   | major | minor | zone, unused | accuracy | snaplen | link type |
 *   +---------+-------+-------+--------------+----------+---------+-----------+
 *   | seconds | micro- or nanoseconds | captured length | original length | bytes ...
 *   +---------+-----------------------+-----------------+-----------------+
 * </pre>
 */
final class PcapFormat extends CaptureFormat {
  static final int MICROSECOND_MAGIC = 0xa1b2c3d4;
  static final int NANOSECOND_MAGIC = 0xa1b23c4d;
  static final int MAJOR_VERSION = 2;
  static final int MINOR_VERSION = 4;
  static final int HEADER_BYTES = 24;
  static final int PACKET_HEADER_BYTES = 16;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final long nanosPerTick;

  private PcapFormat(CaptureInput input, boolean nanoseconds) {
    super(input);
    this.nanosPerTick = nanoseconds ? 1 : 1000;
  }

  /** The format for these first four bytes, already in the buffer, or null if they are not pcap. */
  static @Nullable PcapFormat recognize(CaptureInput input) {
    input.bigEndian(true);
    int magic = input.s32(0);
    int swapped = Integer.reverseBytes(magic);
    boolean bigEndian = magic == MICROSECOND_MAGIC || magic == NANOSECOND_MAGIC;
    if (!bigEndian && swapped != MICROSECOND_MAGIC && swapped != NANOSECOND_MAGIC) {
      return null;
    }
    input.bigEndian(bigEndian);
    PcapFormat format = new PcapFormat(input, input.s32(0) == NANOSECOND_MAGIC);
    format.readHeader();
    return format;
  }

  private void readHeader() {
    int got = 4 + input.read(4, HEADER_BYTES - 4);
    if (got < HEADER_BYTES) {
      throw input.damage(
          "the file header has "
              + HEADER_BYTES
              + " bytes, the file ends after "
              + got
              + " of them");
    }
    int major = input.u16(4);
    int minor = input.u16(6);
    if (major != MAJOR_VERSION || minor != MINOR_VERSION) {
      throw input.unsupported(
          "its pcap version is " + major + "." + minor + ", only 2.4 can be read");
    }
    int linkType = input.s32(20) & 0xffff; // above it: bits about the frame check sequence
    if (linkType != LinkType.ETHERNET) {
      throw input.unsupported(
          "its link type is " + LinkType.describe(linkType) + ", only 1 (Ethernet) can be read");
    }
  }

  @Override
  @Nullable CapturedPacket next() {
    input.startRecord();
    int header = input.read(0, PACKET_HEADER_BYTES);
    if (header == 0) {
      return null;
    }
    if (header < PACKET_HEADER_BYTES) {
      throw input.damage(
          "the header of "
              + input.packetName()
              + " has 16 bytes, the file ends after "
              + header
              + " of them");
    }
    long nanos = input.u32(0) * NANOS_PER_SECOND + input.u32(4) * nanosPerTick;
    long captured = input.u32(8);
    long original = input.u32(12);
    checkLengths(captured, original);
    int got = input.read(0, (int) captured);
    if (got < captured) {
      throw input.damage(
          says(captured) + ", the file ends after " + Decimal.grouped(got) + " of them");
    }
    return deliver(nanos, 0, got, original, 0, "", List.of());
  }
}
