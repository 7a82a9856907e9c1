// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.Arrays;

/** The headers of IPv4 and TCP, which count in units of four bytes. */
final class HeaderWords {

  private HeaderWords() {}

  /** A copy, with zeros (end of options) up to the next multiple of four. */
  static byte[] padded(byte[] options) {
    int length = (options.length + 3) / 4 * 4;
    if (length > 40) {
      throw new IllegalArgumentException(
          "options of " + options.length + " bytes exceed the 40 that a header has room for");
    }
    return Arrays.copyOf(options, length);
  }

  /** A length that a header can claim. */
  static int headerLength(int bytes) {
    if (bytes % 4 != 0) {
      throw new IllegalArgumentException("header length " + bytes + " is not a multiple of 4");
    }
    return bytes;
  }
}
