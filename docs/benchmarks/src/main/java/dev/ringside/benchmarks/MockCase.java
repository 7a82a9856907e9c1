// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

/** Tests with one mock. */
class MockCase {
  /** Many tests with one mock each. */
  @ExtendWith(MockitoExtension.class)
  static class Many {
    @RepeatedTest(ExtensionBenchmark.TESTS)
    void gets_a_mock(@Mock LabBenchmark.Switchboard mock) {
      if (mock.connect("a", "b") != 0) {
        throw new AssertionError("a mock that answers");
      }
    }
  }
}
