// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.contracts;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How contracts fail, and how they ask. */
final class Broken {

  private Broken() {}

  /** A failure that says what was promised and what to do about it. */
  static AssertionError contract(String subject, Object which, String what, String cure) {
    return new AssertionError(subject + " (" + which + ") " + what + "; " + cure);
  }

  /** Asks; what is thrown breaks the contract. */
  static <T extends @Nullable Object> T ask(
      String subject, Object which, Object question, Supplier<T> answer) {
    try {
      return answer.get();
    } catch (RuntimeException e) {
      AssertionError broken =
          contract(
              subject,
              which,
              "threw " + e + " when asked about " + question,
              "answer every question, or say in your own tests why it cannot come");
      broken.initCause(e);
      throw broken;
    }
  }
}
