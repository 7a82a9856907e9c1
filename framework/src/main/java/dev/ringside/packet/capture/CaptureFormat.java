// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import dev.ringside.packet.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the two formats: delivers the packets of a file whose first bytes were recognized. */
abstract class CaptureFormat {
  /** The most bytes of one packet, in both formats (MAXIMUM_SNAPLEN of libpcap). */
  static final int MAX_CAPTURED = 262_144;

  final CaptureInput input;

  CaptureFormat(CaptureInput input) {
    this.input = input;
  }

  /** The next packet, null at the end of the file. */
  abstract @Nullable CapturedPacket next();

  /** Refuses lengths that cannot be true. */
  final void checkLengths(long captured, long original) {
    if (captured > MAX_CAPTURED) {
      throw input.damage(says(captured) + ", the limit is " + Decimal.grouped(MAX_CAPTURED));
    }
    if (original > Integer.MAX_VALUE) {
      throw input.damage(
          input.packetName()
              + " says it had "
              + Decimal.grouped(original)
              + " bytes on the wire, the limit is "
              + Decimal.grouped(Integer.MAX_VALUE));
    }
    if (captured > original) {
      throw input.damage(
          says(captured) + ", but only " + Decimal.grouped(original) + " were on the wire");
    }
  }

  /** The start of many complaints about the packet that is being read. */
  final String says(long captured) {
    return input.packetName() + " says it has " + Decimal.grouped(captured) + " bytes";
  }

  /** Hands out the packet whose bytes are in the buffer; a frame longer than any is cut. */
  final CapturedPacket deliver(
      long nanos, int at, int captured, long original, int index, String name, List<String> notes) {
    Packet packet = Packet.of(input.bytes(at, Math.min(captured, Packet.MAX_BYTES)));
    input.countPacket();
    return new CapturedPacket(nanos, (int) original, packet, index, name, notes);
  }
}
