// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import java.util.List;

/** What is measured: one line of the report each. */
final class Measures {
  static final List<Measure> ALL =
      List.of(
          Measure.ratio("queue of 16", "QueueBenchmark.array", "QueueBenchmark.linked", 2.0),
          Measure.allocation("queue of 16, allocation", "QueueBenchmark.array", 0.2));

  private Measures() {}
}
