// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.concurrency;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Runs random scripts of a class with two threads, in the interleavings that a model checker
 * chooses and in those that happen: the results must be those of some order of the operations.
 */
final class Interleavings {

  private static final int ITERATIONS = Integer.getInteger("ringside.lincheck.iterations", 4);
  private static final int INVOCATIONS = Integer.getInteger("ringside.lincheck.invocations", 100);

  private Interleavings() {}

  static void search(Class<?> operations) {
    search(operations, ITERATIONS, INVOCATIONS);
  }

  /** Searches what is small enough to be searched at length. */
  static void searchAtLength(Class<?> operations) {
    search(operations, 100, 1_000);
  }

  /** Each run of a lab with several NICs takes some ten times as long. */
  static void searchLargeLab(Class<?> operations) {
    search(operations, ITERATIONS, Math.max(1, INVOCATIONS / 10));
  }

  private static void search(Class<?> operations, int iterations, int invocations) {
    new ModelCheckingOptions()
        .iterations(iterations)
        .invocationsPerIteration(invocations)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .minimizeFailedScenario(false)
        .check(operations);
  }

  static void stress(Class<?> operations) {
    new StressOptions()
        .iterations(ITERATIONS)
        .invocationsPerIteration(INVOCATIONS)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .minimizeFailedScenario(false)
        .check(operations);
  }
}
