// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import dev.ringside.packet.Packet;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a pcapng file: one section, Ethernet interfaces with names, nanoseconds, comments.
 *
 * <pre>{@code
 * try (PcapngWriter writer = PcapngWriter.create(Path.of("target/wires.pcapng"))) {
 *   int p0 = writer.addInterface("p0");
 *   int p1 = writer.addInterface("p1");
 *   writer.write(p0, 1_000, packet);
 *   writer.write(p1, 1_700, packet, "flooded, no address learnt yet");
 * }
 * }</pre>
 *
 * <p>A time is 0 to 9,223,372,035,999,999,999 ns, that is up to the year 2262. Interfaces may be
 * added at any time before their first packet.
 */
public final class PcapngWriter implements CaptureWriter {
  private static final byte[] APPLICATION = "Ringside".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NANOSECONDS = {9};

  private static final int MAX_OPTION_BYTES = 0xffff;
  private static final int OPTION_HEADER_BYTES = 4;

  /** Of one packet; readers take no blocks of 16 MiB, and the packet needs room, too. */
  private static final int MAX_COMMENTS_BYTES = 15 << 20;

  private static final int PACKET_HEADER_BYTES = 20;

  private final CaptureOutput output;
  private final List<String> interfaces = new ArrayList<>();
  private long lastNanos;

  private PcapngWriter(CaptureOutput output) {
    this.output = output;
    int length = PcapngBlocks.FRAME_BYTES + 16 + option(APPLICATION) + OPTION_HEADER_BYTES;
    startBlock(PcapngFormat.SECTION_HEADER, length);
    output.put32(PcapngFormat.BYTE_ORDER_MAGIC);
    output.put16(1);
    output.put16(0);
    output.put32(-1); // the section's length, in two halves: not known
    output.put32(-1);
    putOption(PcapngOptions.USER_APPLICATION, APPLICATION);
    endOptions();
    output.put32(length);
  }

  /**
   * Makes a file, or empties it.
   *
   * @throws CaptureException if that is not possible
   */
  public static PcapngWriter create(Path file) {
    return new PcapngWriter(CaptureOutput.create(file));
  }

  /** Writes into a stream, which is closed with the writer; messages call it by this name. */
  public static PcapngWriter create(OutputStream stream, String name) {
    return new PcapngWriter(new CaptureOutput(stream, name));
  }

  /**
   * Adds an interface.
   *
   * @return its index, counted from 0
   * @throws IllegalArgumentException if the name is longer than 65,535 bytes in UTF-8
   * @throws CaptureException if the file cannot be written
   */
  public int addInterface(String name) {
    byte[] nameBytes = encode("interface name", name);
    int length =
        PcapngBlocks.FRAME_BYTES
            + 8
            + option(nameBytes)
            + option(NANOSECONDS)
            + OPTION_HEADER_BYTES;
    startBlock(PcapngFormat.INTERFACE_DESCRIPTION, length);
    output.put16(LinkType.ETHERNET);
    output.put16(0);
    output.put32(CaptureFormat.MAX_CAPTURED);
    putOption(PcapngOptions.INTERFACE_NAME, nameBytes);
    putOption(PcapngOptions.TIME_RESOLUTION, NANOSECONDS);
    endOptions();
    output.put32(length);
    interfaces.add(name);
    return interfaces.size() - 1;
  }

  /** {@inheritDoc} It is written to interface 0. */
  @Override
  public void write(long nanos, Packet packet) {
    write(0, nanos, packet);
  }

  /**
   * Writes a packet of an interface.
   *
   * @throws IllegalArgumentException if there is no such interface, or the time is out of range
   * @throws CaptureException if the file cannot be written
   */
  public void write(int interfaceIndex, long nanos, Packet packet) {
    write(interfaceIndex, nanos, packet, packet.length(), List.of());
  }

  /**
   * Writes a packet of an interface with a comment, which Wireshark shows above it.
   *
   * @throws IllegalArgumentException if there is no such interface, the time is out of range, or
   *     the comment is longer than 65,535 bytes in UTF-8
   * @throws CaptureException if the file cannot be written
   */
  public void write(int interfaceIndex, long nanos, Packet packet, String comment) {
    write(interfaceIndex, nanos, packet, packet.length(), List.of(comment));
  }

  /**
   * {@inheritDoc} The interface of the same index must have been added; its name is not looked at.
   */
  @Override
  public void write(CapturedPacket packet) {
    long nanos = packet.hasTime() ? packet.nanos() : lastNanos;
    write(
        packet.interfaceIndex(),
        nanos,
        packet.packet(),
        packet.originalLength(),
        packet.comments());
  }

  private void write(
      int interfaceIndex, long nanos, Packet packet, int originalLength, List<String> comments) {
    checkInterface(interfaceIndex);
    checkTime(nanos);
    List<byte[]> options = encodeComments(comments);
    int length = PcapngBlocks.FRAME_BYTES + PACKET_HEADER_BYTES + padded(packet) + size(options);
    startBlock(PcapngFormat.ENHANCED_PACKET, length);
    output.put32(interfaceIndex);
    output.put32((int) (nanos >>> 32));
    output.put32((int) nanos);
    output.put32(packet.length());
    output.put32(originalLength);
    output.put(packet);
    output.pad(packet.length());
    for (int i = 0; i < options.size(); i++) {
      putOption(PcapngOptions.COMMENT, options.get(i));
    }
    if (!options.isEmpty()) {
      endOptions();
    }
    output.put32(length);
    output.countPacket();
    lastNanos = nanos;
  }

  private void checkInterface(int index) {
    if (index < 0 || index >= interfaces.size()) {
      throw new IllegalArgumentException(
          output.name()
              + " has no interface "
              + index
              + "; it has "
              + interfaces
              + ": add it with addInterface");
    }
  }

  private void checkTime(long nanos) {
    if (nanos < 0 || nanos > TimeUnits.MAX_NANOS) {
      throw new IllegalArgumentException(
          output.name()
              + " cannot hold a packet at "
              + Decimal.grouped(nanos)
              + " ns: it counts from 0 to "
              + Decimal.grouped(TimeUnits.MAX_NANOS));
    }
  }

  @Override
  public void flush() {
    output.flush();
  }

  @Override
  public void close() {
    output.close();
  }

  // ---- blocks and options ----

  private void startBlock(int type, int length) {
    output.startRecord(length);
    output.put32(type);
    output.put32(length);
  }

  private void putOption(int code, byte[] value) {
    output.put16(code);
    output.put16(value.length);
    output.put(value);
    output.pad(value.length);
  }

  private void endOptions() {
    output.put32(0);
  }

  private static int option(byte[] value) {
    return OPTION_HEADER_BYTES + PcapngOptions.padded(value.length);
  }

  private static int padded(Packet packet) {
    return PcapngOptions.padded(packet.length());
  }

  /** With the end mark, which is there only if there are options. */
  private static int size(List<byte[]> options) {
    long size = options.isEmpty() ? 0 : OPTION_HEADER_BYTES;
    for (int i = 0; i < options.size(); i++) {
      size += option(options.get(i));
    }
    if (size > MAX_COMMENTS_BYTES) {
      throw new IllegalArgumentException(
          "comments of "
              + Decimal.grouped(size)
              + " bytes exceed the limit of "
              + Decimal.grouped(MAX_COMMENTS_BYTES));
    }
    return (int) size;
  }

  private static List<byte[]> encodeComments(List<String> comments) {
    if (comments.isEmpty()) {
      return List.of();
    }
    List<byte[]> encoded = new ArrayList<>(comments.size());
    for (int i = 0; i < comments.size(); i++) {
      encoded.add(encode("comment", comments.get(i)));
    }
    return encoded;
  }

  private static byte[] encode(String what, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_OPTION_BYTES) {
      throw new IllegalArgumentException(
          what
              + " of "
              + Decimal.grouped(bytes.length)
              + " bytes exceeds the limit of "
              + Decimal.grouped(MAX_OPTION_BYTES));
    }
    return bytes;
  }
}
