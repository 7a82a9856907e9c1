// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/** All numbers from the lowest to the highest, for fields that are recognized, not sent. */
record NumberRange(int lowest, int highest) {

  boolean contains(long number) {
    return lowest <= number && number <= highest;
  }

  @Override
  public String toString() {
    return lowest + " to " + highest;
  }
}
