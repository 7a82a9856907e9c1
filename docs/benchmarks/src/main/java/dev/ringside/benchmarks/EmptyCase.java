// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A test that does nothing. */
class EmptyCase {
  @Test
  void nothing() {}

  /** The same, many times. */
  static class Many {
    @RepeatedTest(ExtensionBenchmark.TESTS)
    void nothing() {}
  }
}
