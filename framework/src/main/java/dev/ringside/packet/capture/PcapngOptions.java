// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import java.nio.charset.StandardCharsets;

/**
 * The options at the end of a block, one after the other: code, length, value padded to 4 bytes.
 *
 * <pre>{@code
 * while (options.next()) {
 *   switch (options.code()) { ... }
 * }
 * }</pre>
 */
final class PcapngOptions {
  static final int COMMENT = 1;
  static final int USER_APPLICATION = 4;
  static final int INTERFACE_NAME = 2;
  static final int TIME_RESOLUTION = 9;
  static final int TIME_OFFSET = 14;

  private static final int END = 0;

  private final CaptureInput input;
  private final String owner;
  private final int end;
  private int next;
  private int at;

  /** Options in the buffer from {@code next} to {@code end}; the owner is for messages. */
  PcapngOptions(CaptureInput input, String owner, int next, int end) {
    this.input = input;
    this.owner = owner;
    this.next = next;
    this.end = end;
  }

  /** Steps to the next option; false behind the last. */
  boolean next() {
    if (next + 4 > end || input.u16(next) == END) {
      return false;
    }
    at = next;
    int room = end - at - 4;
    if (length() > room) {
      throw input.damage(says() + ", its block has room for " + Decimal.grouped(room));
    }
    next = at + 4 + padded(length());
    return true;
  }

  int code() {
    return input.u16(at);
  }

  String text() {
    return new String(input.bytes(at + 4, length()), StandardCharsets.UTF_8);
  }

  int byteValue() {
    checkLength(1);
    return input.u8(at + 4);
  }

  long longValue() {
    checkLength(8);
    return input.s64(at + 4);
  }

  private void checkLength(int expected) {
    if (length() != expected) {
      throw input.damage(says() + ", it must have " + expected);
    }
  }

  private int length() {
    return input.u16(at + 2);
  }

  private String says() {
    return "option " + code() + " of " + owner + " says it has " + bytes(length());
  }

  private static String bytes(int count) {
    return Decimal.grouped(count) + (count == 1 ? " byte" : " bytes");
  }

  /** The length with the bytes that fill up to a multiple of 4. */
  static int padded(int length) {
    return (length + 3) & ~3;
  }
}
