// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.opentest4j.AssertionFailedError;

/** Compares the whole text of a failure, and remembers whose it was. */
final class Failing {

  /** The assertions that have failed, such as {@code InboxAssert.isEmpty}. */
  static final Set<String> SEEN = new ConcurrentSkipListSet<>();

  static {
    // Or else there is nothing of an assertion in the stack trace of its failure.
    Assertions.setRemoveAssertJRelatedElementsFromStackTrace(false);
  }

  private Failing() {}

  static void fails(ThrowingCallable assertion, String message) {
    assertThatExceptionOfType(AssertionFailedError.class)
        .isThrownBy(assertion)
        .withMessage(message.strip())
        .satisfies(Failing::remember);
  }

  /** Compares a part of the text. */
  static void failsSaying(ThrowingCallable assertion, String part) {
    assertThatExceptionOfType(AssertionFailedError.class)
        .isThrownBy(assertion)
        .withMessageContaining(part)
        .satisfies(Failing::remember);
  }

  private static void remember(Throwable failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      String type = frame.getClassName();
      SEEN.add(type.substring(type.lastIndexOf('.') + 1) + '.' + frame.getMethodName());
    }
  }
}
