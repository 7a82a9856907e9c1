// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import dev.ringside.packet.Packet;

/** Reads the numbers of TCP headers (RFC 9293, 3.1). */
final class Segments {

  /** Without the option, segments have so much data at most (RFC 9293, 3.7.1). */
  private static final int USUAL_SEGMENT = 536;

  private Segments() {}

  static int sequence(Packet segment) {
    return segment.intAt(segment.transportOffset() + 4);
  }

  static int acknowledgement(Packet segment) {
    return segment.intAt(segment.transportOffset() + 8);
  }

  static int window(Packet segment) {
    return segment.unsignedShortAt(segment.transportOffset() + 14);
  }

  /**
   * The maximum segment size option of a SYN; one of 0, with which nothing could be sent, is none.
   */
  static int maximumSegment(Packet syn) {
    int at = syn.transportOffset() + 20;
    int end = syn.payloadOffset();
    while (at < end) {
      int kind = syn.unsignedByteAt(at);
      int length = kind == 1 || at + 1 >= end ? 1 : syn.unsignedByteAt(at + 1);
      if (kind == 2 && length == 4 && at + 4 <= end) {
        int said = syn.unsignedShortAt(at + 2);
        return said == 0 ? USUAL_SEGMENT : said;
      }
      if (kind == 0 || length == 0) {
        break;
      }
      at += length;
    }
    return USUAL_SEGMENT;
  }
}
