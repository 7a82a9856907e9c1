// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/** Big-endian numbers in byte arrays, as headers hold them. */
final class Bytes {

  private Bytes() {}

  static int u8(byte[] b, int at) {
    return b[at] & 0xff;
  }

  static int u16(byte[] b, int at) {
    return ((b[at] & 0xff) << 8) | (b[at + 1] & 0xff);
  }

  static int s32(byte[] b, int at) {
    return u16(b, at) << 16 | u16(b, at + 2);
  }

  static long u48(byte[] b, int at) {
    return ((long) u16(b, at) << 32) | (s32(b, at + 2) & 0xffff_ffffL);
  }

  static long s64(byte[] b, int at) {
    return ((long) s32(b, at) << 32) | (s32(b, at + 4) & 0xffff_ffffL);
  }

  static void put16(byte[] b, int at, int value) {
    b[at] = (byte) (value >>> 8);
    b[at + 1] = (byte) value;
  }

  static void put32(byte[] b, int at, int value) {
    put16(b, at, value >>> 16);
    put16(b, at + 2, value);
  }

  static void put48(byte[] b, int at, long value) {
    put16(b, at, (int) (value >>> 32));
    put32(b, at + 2, (int) value);
  }

  static void put64(byte[] b, int at, long value) {
    put32(b, at, (int) (value >>> 32));
    put32(b, at + 4, (int) value);
  }
}
