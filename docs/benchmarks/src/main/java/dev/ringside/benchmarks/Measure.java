// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * A benchmark with the most that it may cost. Names of benchmarks are {@code Class.method}.
 *
 * @param name what is measured, in words
 * @param benchmark the benchmark that is measured
 * @param baseline the benchmark of the same run that it is compared with, if it is
 * @param floor the benchmark whose time is taken off both before they are compared, if it is
 * @param metric the secondary result of JMH that is meant, or null for the time itself
 * @param budget the highest allowed ratio to the baseline or, without a baseline, score
 */
record Measure(
    String name,
    String benchmark,
    @Nullable String baseline,
    @Nullable String floor,
    @Nullable String metric,
    double budget) {

  /** What JMH's profiler calls the bytes that one operation allocates. */
  static final String ALLOCATION = "gc.alloc.rate.norm";

  /** The time of a benchmark is at most {@code budget} times that of the baseline. */
  static Measure ratio(String name, String benchmark, String baseline, double budget) {
    return new Measure(name, benchmark, baseline, null, null, budget);
  }

  /** What a benchmark adds to the floor is at most {@code budget} times what the baseline adds. */
  static Measure addition(
      String name, String benchmark, String baseline, String floor, double budget) {
    return new Measure(name, benchmark, baseline, floor, null, budget);
  }

  /** An operation takes at most {@code budget} nanoseconds. */
  static Measure time(String name, String benchmark, double budget) {
    return new Measure(name, benchmark, null, null, null, budget);
  }

  /** An operation allocates at most {@code budget} bytes. */
  static Measure allocation(String name, String benchmark, double budget) {
    return new Measure(name, benchmark, null, null, ALLOCATION, budget);
  }
}
