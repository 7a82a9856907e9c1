// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

/** Numbers as people read them. */
final class Decimal {

  private Decimal() {}

  /** With a comma between groups of three digits: {@code 1,234,567}. */
  static String grouped(long number) {
    StringBuilder text = new StringBuilder().append(number);
    int firstDigit = number < 0 ? 1 : 0;
    for (int at = text.length() - 3; at > firstDigit; at -= 3) {
      text.insert(at, ',');
    }
    return text.toString();
  }
}
