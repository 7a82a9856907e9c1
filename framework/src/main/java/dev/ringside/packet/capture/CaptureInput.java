// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a capture, one record after the other, and the words for what is wrong with them.
 *
 * <p>A record is read into a buffer that grows only with the bytes that are really there, so that a
 * length that lies takes no memory.
 */
final class CaptureInput {
  private static final int FIRST_BUFFER = 2048;

  private final InputStream in;
  private final String name;

  private byte[] buffer = new byte[FIRST_BUFFER];
  private boolean bigEndian;
  private long offset;
  private long recordOffset;
  private long packets;

  CaptureInput(InputStream in, String name) {
    this.in = new BufferedInputStream(in);
    this.name = name;
  }

  String name() {
    return name;
  }

  /** The byte order of all that follows. */
  void bigEndian(boolean isBigEndian) {
    this.bigEndian = isBigEndian;
  }

  // ---- reading ----

  /** Damage that is found from here on is in the record that starts here. */
  void startRecord() {
    recordOffset = offset;
  }

  /** Counts a packet that was read. */
  void countPacket() {
    packets++;
  }

  /** How the packet that is being read is called in messages; the first one is number 1. */
  String packetName() {
    return "packet " + Decimal.grouped(packets + 1);
  }

  /** Reads to a place in the buffer and tells how many bytes there were: fewer only at the end. */
  int read(int at, int length) {
    int end = at + length;
    int filled = at;
    while (filled < end) {
      if (filled == buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, end));
      }
      int got = readSome(filled, Math.min(end, buffer.length) - filled);
      if (got < 0) {
        break;
      }
      filled += got;
    }
    return filled - at;
  }

  /** Reads past bytes nobody wants and tells how many there were: fewer only at the end. */
  long skip(long length) {
    long skipped = 0;
    while (skipped < length) {
      int got = readSome(0, (int) Math.min(buffer.length, length - skipped));
      if (got < 0) {
        break;
      }
      skipped += got;
    }
    return skipped;
  }

  private int readSome(int at, int length) {
    try {
      int got = in.read(buffer, at, length);
      offset += Math.max(got, 0);
      return got;
    } catch (IOException e) {
      throw failure(" cannot be read past byte ", offset, String.valueOf(e.getMessage()), e);
    }
  }

  void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw failure(" cannot be closed at byte ", offset, String.valueOf(e.getMessage()), e);
    }
  }

  // ---- what was read, in the file's byte order ----

  byte[] bytes(int at, int length) {
    return Arrays.copyOfRange(buffer, at, at + length);
  }

  int u8(int at) {
    return buffer[at] & 0xff;
  }

  int u16(int at) {
    return bigEndian ? u8(at) << 8 | u8(at + 1) : u8(at + 1) << 8 | u8(at);
  }

  int s32(int at) {
    return bigEndian ? u16(at) << 16 | u16(at + 2) : u16(at + 2) << 16 | u16(at);
  }

  long u32(int at) {
    return s32(at) & 0xffff_ffffL;
  }

  long s64(int at) {
    return bigEndian ? join(u32(at), u32(at + 4)) : join(u32(at + 4), u32(at));
  }

  /** Two halves, the more significant one first, as pcapng keeps its times in any byte order. */
  static long join(long high, long low) {
    return high << 32 | low;
  }

  // ---- what is wrong ----

  /** The record that was started contradicts itself or the file. */
  CaptureException damage(String reason) {
    return failure(" is damaged at byte ", recordOffset, reason, null);
  }

  /** The record that was started is right, but nothing for us. */
  CaptureException unsupported(String reason) {
    return failure(" cannot be read past byte ", recordOffset, reason, null);
  }

  /** The file is something else. */
  CaptureException notACapture(String reason) {
    return new CaptureException(name, " is not a capture", 0, reason, 0, "", null);
  }

  private CaptureException failure(String what, long at, String reason, @Nullable Throwable cause) {
    return new CaptureException(
        name, what + Decimal.grouped(at), at, reason, packets, "; " + packetsRead(), cause);
  }

  private String packetsRead() {
    if (packets == 0) {
      return "no packet was read before it";
    }
    return packets == 1
        ? "the packet before it was read"
        : "the " + Decimal.grouped(packets) + " packets before it were read";
  }
}
