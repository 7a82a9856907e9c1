// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

/** The numbers that most rings have, once each: a million entries share a few destinations. */
final class UsualRings {

  private static final Destination.ToRing[] RINGS = new Destination.ToRing[32];

  static {
    for (int i = 0; i < RINGS.length; i++) {
      RINGS[i] = new Destination.ToRing(i);
    }
  }

  private UsualRings() {}

  static Destination.ToRing find(int number) {
    return number >= 0 && number < RINGS.length ? RINGS[number] : new Destination.ToRing(number);
  }
}
