// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import dev.ringside.packet.Packet;

/**
 * Writes packets into a capture: {@link PcapWriter} or {@link PcapngWriter}.
 *
 * <pre>{@code
 * try (CaptureWriter writer = PcapWriter.create(Path.of("target/seen.pcap"))) {
 *   writer.write(world.now(), packet);
 * }
 * }</pre>
 *
 * <p>The same packets give the same bytes, on any machine and day. No method throws a checked
 * exception, so that a writer can stand behind any tap.
 */
public interface CaptureWriter extends AutoCloseable {

  /**
   * Writes a packet that was captured whole.
   *
   * @param nanos when, in nanoseconds since 1970-01-01 00:00 UTC
   * @throws IllegalArgumentException if the format cannot hold this time
   * @throws CaptureException if the file cannot be written
   */
  void write(long nanos, Packet packet);

  /**
   * Writes a packet out of another capture, with all that this format can say about it. One without
   * a time gets the time of the packet that was written before it, the first one 0.
   *
   * @throws IllegalArgumentException if the format cannot hold its time, or knows no such interface
   * @throws CaptureException if the file cannot be written
   */
  void write(CapturedPacket packet);

  /** Hands all that was written to the file, so that others can read it now. */
  void flush();

  /** Flushes and closes the file; a second time does nothing. */
  @Override
  void close();
}
