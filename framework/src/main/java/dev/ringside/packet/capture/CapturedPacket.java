// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import dev.ringside.packet.Packet;
import java.util.List;

/**
 * A packet out of a capture, with what the file says about it.
 *
 * <pre>{@code
 * for (CapturedPacket captured : CaptureReader.readAll(Path.of("everyday.pcap"))) {
 *   wire.send(captured.packet());
 * }
 * }</pre>
 *
 * <p>Two of them are equal only if they hold the same {@link Packet}, whose equality is identity.
 *
 * @param nanos when it was captured, in nanoseconds since 1970-01-01 00:00 UTC; {@link #NO_TIME}
 *     where the file does not say
 * @param originalLength how many bytes it had on the wire, at least as many as were captured
 * @param packet the bytes that were captured
 * @param interfaceIndex the interface it was captured on, counted from 0 through the whole file,
 *     all sections together; always 0 in a pcap file
 * @param interfaceName the name of that interface, empty where the file does not say
 * @param comments what people noted at this packet, empty in a pcap file
 */
public record CapturedPacket(
    long nanos,
    int originalLength,
    Packet packet,
    int interfaceIndex,
    String interfaceName,
    List<String> comments) {

  /** Stands for the time of a packet that has none, as in a pcapng Simple Packet Block. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the packet has more bytes than it had on the wire, or the
   *     interface is negative
   */
  public CapturedPacket {
    if (originalLength < packet.length()) {
      throw new IllegalArgumentException(
          "original length " + originalLength + " is below the captured " + packet.length());
    }
    if (interfaceIndex < 0) {
      throw new IllegalArgumentException("interface index " + interfaceIndex + " is negative");
    }
    comments = List.copyOf(comments);
  }

  /** A packet captured whole, on interface 0, without name or comment. */
  public static CapturedPacket of(long nanos, Packet packet) {
    return new CapturedPacket(nanos, packet.length(), packet, 0, "", List.of());
  }

  /** Whether the capture holds only the beginning of what was on the wire. */
  public boolean isTruncated() {
    return packet.length() < originalLength;
  }

  /** Whether the capture says when. */
  public boolean hasTime() {
    return nanos != NO_TIME;
  }
}
