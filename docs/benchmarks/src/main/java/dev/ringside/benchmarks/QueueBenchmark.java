// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import java.util.ArrayDeque;
import java.util.LinkedList;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Shows that the machinery measures: an array is no slower than a linked list. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class QueueBenchmark {
  private final Queue<Object> array = new ArrayDeque<>();
  private final Queue<Object> linked = new LinkedList<>();

  /** Fills and empties an array. */
  @Benchmark
  public int array() {
    return fillAndEmpty(array);
  }

  /** Fills and empties a linked list. */
  @Benchmark
  public int linked() {
    return fillAndEmpty(linked);
  }

  private int fillAndEmpty(Queue<Object> queue) {
    for (int i = 0; i < 16; i++) {
      queue.add(this);
    }
    int removed = 0;
    while (queue.poll() != null) {
      removed++;
    }
    return removed;
  }
}
