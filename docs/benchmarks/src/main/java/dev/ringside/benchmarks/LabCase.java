// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.Lab;
import dev.ringside.junit.jupiter.RingsideExtension;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test with a lab. */
@ExtendWith(RingsideExtension.class)
class LabCase {
  @Test
  void gets_a_lab(Lab lab) {
    use(lab);
  }

  private static void use(Lab lab) {
    if (lab.hosts().isEmpty()) {
      throw new AssertionError("a lab without hosts");
    }
  }

  /** The same, many times. */
  @ExtendWith(RingsideExtension.class)
  static class Many {
    @RepeatedTest(ExtensionBenchmark.TESTS)
    void gets_a_lab(Lab lab) {
      use(lab);
    }
  }
}
