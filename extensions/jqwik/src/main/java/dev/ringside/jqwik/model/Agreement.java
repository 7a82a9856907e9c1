// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a lab and its twin must agree on after each step of a script. */
final class Agreement {

  private Agreement() {}

  static void check(Object step, String what, @Nullable Object expected, @Nullable Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError(
          "after '" + step + "' the " + what + " is " + actual + ", expected " + expected);
    }
  }
}
