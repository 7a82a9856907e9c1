// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.packet.Packet;
import java.util.HexFormat;

/**
 * Two packets do not have the same bytes: tells where they part.
 *
 * <pre>{@code
 * Expecting packet udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes
 *   to have the same bytes as udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
 *   but they differ first at byte 37: expected 35, was 36
 *     expected ... c00000 35 000800
 *     actual   ... c00000 36 000800
 * }</pre>
 */
public final class ShouldHaveSameBytes extends Failure {

  private static final int BYTES_AROUND = 4;

  /** Says it. */
  public ShouldHaveSameBytes(Packet packet, Packet wanted) {
    super(hex(wanted), hex(packet), text(packet, wanted));
  }

  private static FailureText text(Packet packet, Packet wanted) {
    int at = firstDifference(packet, wanted);
    return FailureText.expecting("packet " + packet)
        .to("have the same bytes as " + wanted)
        .but(
            "they differ first at byte "
                + at
                + ": expected "
                + byteAt(wanted, at)
                + ", was "
                + byteAt(packet, at))
        .item("expected " + around(wanted, at))
        .item("actual   " + around(packet, at));
  }

  private static int firstDifference(Packet one, Packet other) {
    int shorter = Math.min(one.length(), other.length());
    for (int i = 0; i < shorter; i++) {
      if (one.unsignedByteAt(i) != other.unsignedByteAt(i)) {
        return i;
      }
    }
    return shorter;
  }

  private static String byteAt(Packet packet, int at) {
    return at < packet.length() ? hex(packet, at, at + 1) : "the end";
  }

  private static String around(Packet packet, int at) {
    int from = Math.max(0, at - BYTES_AROUND);
    String before = (from > 0 ? "... " : "") + hex(packet, from, at);
    String after = hex(packet, at + 1, at + 1 + BYTES_AROUND);
    return (before + " " + byteAt(packet, at) + " " + after).strip();
  }

  private static String hex(Packet packet, int from, int to) {
    int end = Math.min(to, packet.length());
    return from >= end ? "" : HexFormat.of().formatHex(packet.toByteArray(), from, end);
  }

  private static String hex(Packet packet) {
    return HexFormat.of().formatHex(packet.toByteArray());
  }
}
