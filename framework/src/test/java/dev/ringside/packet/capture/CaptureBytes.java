// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Captures made by hand, field by field, in either byte order: what no writer of ours writes.
 *
 * <pre>{@code
 * new CaptureBytes(LITTLE_ENDIAN).pcapHeader(0xa1b2c3d4).pcapPacket(1, 500, frame(60)).bytes();
 * }</pre>
 */
final class CaptureBytes {
  static final String NAME = "made.pcap";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final boolean bigEndian;

  CaptureBytes(ByteOrder order) {
    this.bigEndian = order == ByteOrder.BIG_ENDIAN;
  }

  /** A frame of so many bytes that differ. */
  static byte[] frame(int length) {
    byte[] frame = new byte[length];
    for (int i = 0; i < length; i++) {
      frame[i] = (byte) (3 * i + length);
    }
    return frame;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  CaptureReader open() {
    return open(bytes());
  }

  static CaptureReader open(byte[] bytes) {
    return CaptureReader.open(new ByteArrayInputStream(bytes), NAME);
  }

  List<CapturedPacket> readAll() {
    return CaptureReader.readAll(new ByteArrayInputStream(bytes()), NAME);
  }

  /** What a reader gives of these bytes: the packets, and the error behind them. */
  static Outcome read(byte[] bytes) {
    List<CapturedPacket> packets = new ArrayList<>();
    try (CaptureReader reader = open(bytes)) {
      for (CapturedPacket packet : reader) {
        packets.add(packet);
      }
      return new Outcome(packets, null);
    } catch (CaptureException e) {
      return new Outcome(packets, e);
    }
  }

  record Outcome(List<CapturedPacket> packets, CaptureException error) {}

  // ---- numbers ----

  CaptureBytes u8(int value) {
    out.write(value);
    return this;
  }

  CaptureBytes u16(int value) {
    return bigEndian ? u8(value >> 8).u8(value) : u8(value).u8(value >> 8);
  }

  CaptureBytes u32(long value) {
    int word = (int) value;
    return bigEndian ? u16(word >> 16).u16(word) : u16(word).u16(word >> 16);
  }

  CaptureBytes u64(long value) {
    return bigEndian ? u32(value >> 32).u32(value) : u32(value).u32(value >> 32);
  }

  CaptureBytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  private CaptureBytes padded(byte[] bytes) {
    return raw(bytes).raw(new byte[-bytes.length & 3]);
  }

  // ---- pcap ----

  CaptureBytes pcapHeader(int magic) {
    return pcapHeader(magic, 2, 4, 1);
  }

  CaptureBytes pcapHeader(int magic, int major, int minor, int linkType) {
    return u32(magic).u16(major).u16(minor).u32(0).u32(0).u32(65_535).u32(linkType);
  }

  CaptureBytes pcapPacket(long seconds, long fraction, byte[] frame) {
    return pcapPacket(seconds, fraction, frame.length, frame.length, frame);
  }

  CaptureBytes pcapPacket(long seconds, long fraction, long captured, long original, byte[] frame) {
    return u32(seconds).u32(fraction).u32(captured).u32(original).raw(frame);
  }

  // ---- pcapng ----

  private CaptureBytes part() {
    return new CaptureBytes(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  /** A body or options in the same byte order, to be put into a block. */
  CaptureBytes nothing() {
    return part();
  }

  CaptureBytes block(int type, CaptureBytes body) {
    int length = 12 + body.bytes().length;
    return u32(type).u32(length).raw(body.bytes()).u32(length);
  }

  CaptureBytes option(int code, byte[] value) {
    return u16(code).u16(value.length).padded(value);
  }

  CaptureBytes comment(String text) {
    return option(1, text.getBytes(StandardCharsets.UTF_8));
  }

  CaptureBytes section() {
    return block(0x0a0d0d0a, part().u32(0x1a2b3c4d).u16(1).u16(0).u64(-1));
  }

  CaptureBytes ethernet() {
    return ethernet(part());
  }

  CaptureBytes ethernet(CaptureBytes options) {
    return interfaceOf(1, 0, options);
  }

  CaptureBytes interfaceOf(int linkType, long snapLength, CaptureBytes options) {
    CaptureBytes body = part().u16(linkType).u16(0).u32(snapLength).raw(options.bytes());
    return block(1, body);
  }

  CaptureBytes enhanced(int interfaceNumber, long ticks, byte[] frame) {
    return enhanced(interfaceNumber, ticks, frame.length, frame.length, frame, part());
  }

  CaptureBytes enhanced(
      long interfaceNumber,
      long ticks,
      long captured,
      long original,
      byte[] frame,
      CaptureBytes options) {
    return block(
        6,
        part()
            .u32(interfaceNumber)
            .u32(ticks >>> 32)
            .u32(ticks)
            .u32(captured)
            .u32(original)
            .padded(frame)
            .raw(options.bytes()));
  }

  CaptureBytes obsolete(int interfaceNumber, int drops, long ticks, byte[] frame) {
    return block(
        2,
        part()
            .u16(interfaceNumber)
            .u16(drops)
            .u32(ticks >>> 32)
            .u32(ticks)
            .u32(frame.length)
            .u32(frame.length)
            .padded(frame));
  }

  CaptureBytes simple(long original, byte[] frame) {
    return block(3, part().u32(original).padded(frame));
  }
}
