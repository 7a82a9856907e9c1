// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.Arrays;

/** IPv4 and TCP options, which end on a multiple of four bytes. */
final class Options {

  private Options() {}

  /** A copy, with zeros (end of options) up to the next multiple of four. */
  static byte[] padded(byte[] options) {
    int length = (options.length + 3) / 4 * 4;
    if (length > 40) {
      throw new IllegalArgumentException(
          "options of " + options.length + " bytes exceed the 40 that a header has room for");
    }
    return Arrays.copyOf(options, length);
  }
}
