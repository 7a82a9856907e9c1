// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.opentest4j.AssertionFailedError;

/** Compares the whole text of a failure. */
final class Failing {

  private Failing() {}

  static void fails(ThrowingCallable assertion, String message) {
    assertThatExceptionOfType(AssertionFailedError.class)
        .isThrownBy(assertion)
        .withMessage(message.strip());
  }
}
