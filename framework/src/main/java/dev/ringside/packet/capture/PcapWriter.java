// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import dev.ringside.packet.Packet;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Writes a pcap file: Ethernet, one interface, no comments, nanoseconds if nothing else is said.
 *
 * <pre>{@code
 * try (PcapWriter writer = PcapWriter.create(Path.of("target/seen.pcap"))) {
 *   writer.write(1_500_000_000L, packet); // 1.5 s after 1970 began
 * }
 * }</pre>
 *
 * <p>A time is 0 to 4,294,967,295,999,999,999 ns, that is up to the year 2106.
 */
public final class PcapWriter implements CaptureWriter {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long MAX_NANOS = 0xffff_ffffL * NANOS_PER_SECOND + 999_999_999;

  private final CaptureOutput output;
  private final int nanosPerTick;
  private long lastNanos;

  private PcapWriter(CaptureOutput output, int magic, int nanosPerTick) {
    this.output = output;
    this.nanosPerTick = nanosPerTick;
    output.startRecord(PcapFormat.HEADER_BYTES);
    output.put32(magic);
    output.put16(PcapFormat.MAJOR_VERSION);
    output.put16(PcapFormat.MINOR_VERSION);
    output.put32(0);
    output.put32(0);
    output.put32(CaptureFormat.MAX_CAPTURED);
    output.put32(LinkType.ETHERNET);
  }

  /**
   * Makes a file with nanoseconds, or empties it.
   *
   * @throws CaptureException if that is not possible
   */
  public static PcapWriter create(Path file) {
    return withNanoseconds(CaptureOutput.create(file));
  }

  /**
   * Writes nanoseconds into a stream, which is closed with the writer; messages call it by name.
   */
  public static PcapWriter create(OutputStream stream, String name) {
    return withNanoseconds(new CaptureOutput(stream, name));
  }

  /**
   * Makes a file with microseconds, for readers that know nothing else; what is finer is cut off.
   *
   * @throws CaptureException if that is not possible
   */
  public static PcapWriter createWithMicroseconds(Path file) {
    return withMicroseconds(CaptureOutput.create(file));
  }

  /** Writes microseconds into a stream, which is closed with the writer. */
  public static PcapWriter createWithMicroseconds(OutputStream stream, String name) {
    return withMicroseconds(new CaptureOutput(stream, name));
  }

  private static PcapWriter withNanoseconds(CaptureOutput output) {
    return new PcapWriter(output, PcapFormat.NANOSECOND_MAGIC, 1);
  }

  private static PcapWriter withMicroseconds(CaptureOutput output) {
    return new PcapWriter(output, PcapFormat.MICROSECOND_MAGIC, 1000);
  }

  @Override
  public void write(long nanos, Packet packet) {
    write(nanos, packet, packet.length());
  }

  /** {@inheritDoc} What pcap cannot say, its interface and comments, is left out. */
  @Override
  public void write(CapturedPacket packet) {
    long nanos = packet.hasTime() ? packet.nanos() : lastNanos;
    write(nanos, packet.packet(), packet.originalLength());
  }

  private void write(long nanos, Packet packet, int originalLength) {
    if (nanos < 0 || nanos > MAX_NANOS) {
      throw new IllegalArgumentException(
          output.name()
              + " cannot hold a packet at "
              + Decimal.grouped(nanos)
              + " ns: pcap counts from 0 to "
              + Decimal.grouped(MAX_NANOS));
    }
    output.startRecord(PcapFormat.PACKET_HEADER_BYTES + packet.length());
    output.put32((int) (nanos / NANOS_PER_SECOND));
    output.put32((int) (nanos % NANOS_PER_SECOND) / nanosPerTick);
    output.put32(packet.length());
    output.put32(originalLength);
    output.put(packet);
    output.countPacket();
    lastNanos = nanos;
  }

  @Override
  public void flush() {
    output.flush();
  }

  @Override
  public void close() {
    output.close();
  }
}
