// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import dev.ringside.packet.Packet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** The bytes of a capture that is written, little-endian, gathered in a buffer. */
final class CaptureOutput {
  private static final int FIRST_BUFFER = 8192;

  private final OutputStream out;
  private final String name;

  private byte[] buffer = new byte[FIRST_BUFFER];
  private int filled;
  private long flushed;
  private long packets;
  private boolean closed;

  CaptureOutput(OutputStream out, String name) {
    this.out = out;
    this.name = name;
  }

  /** Makes the file, or empties it. */
  static CaptureOutput create(Path file) {
    try {
      return new CaptureOutput(Files.newOutputStream(file), file.toString());
    } catch (NoSuchFileException e) {
      String reason = "its directory does not exist, create " + file.toAbsolutePath().getParent();
      throw CaptureException.notOpened(file.toString(), reason, e);
    } catch (IOException e) {
      throw CaptureException.notOpened(file.toString(), String.valueOf(e.getMessage()), e);
    }
  }

  String name() {
    return name;
  }

  /** Makes room for a record, so that the puts that follow need not look. */
  void startRecord(int length) {
    if (closed) {
      throw new IllegalStateException(name + " is closed: nothing can be written any more");
    }
    if (filled + length > buffer.length) {
      drain();
    }
    if (length > buffer.length) {
      buffer = Arrays.copyOf(buffer, length);
    }
  }

  /** Counts a packet, for messages. */
  void countPacket() {
    packets++;
  }

  void put16(int value) {
    buffer[filled] = (byte) value;
    buffer[filled + 1] = (byte) (value >> 8);
    filled += 2;
  }

  void put32(int value) {
    put16(value);
    put16(value >> 16);
  }

  void put(byte[] bytes) {
    System.arraycopy(bytes, 0, buffer, filled, bytes.length);
    filled += bytes.length;
  }

  void put(Packet packet) {
    packet.copyTo(buffer, filled);
    filled += packet.length();
  }

  /** Zeros up to the next multiple of 4, after so many bytes. */
  void pad(int length) {
    int zeros = -length & 3;
    Arrays.fill(buffer, filled, filled + zeros, (byte) 0);
    filled += zeros;
  }

  void flush() {
    if (!closed) {
      drain();
      try {
        out.flush();
      } catch (IOException e) {
        throw failure(e);
      }
    }
  }

  void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      drain();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void drain() {
    int length = filled;
    filled = 0;
    try {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw failure(e);
    }
    flushed += length;
  }

  private CaptureException failure(IOException cause) {
    return new CaptureException(
        name,
        " cannot be written past byte " + Decimal.grouped(flushed),
        flushed,
        String.valueOf(cause.getMessage()),
        packets,
        "; "
            + Decimal.grouped(packets)
            + (packets == 1 ? " packet was" : " packets were")
            + " given to it",
        cause);
  }
}
