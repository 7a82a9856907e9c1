// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.packet.FlowKey;
import dev.ringside.packet.Packet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What stands in for a flow table where there is none: a map from five-tuples, of 1,000 flows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgs = "-Xmx2g")
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class FlowMapBenchmark {

  private static final int FLOWS = 1_000;

  private final Map<FlowKey, Integer> rings = new HashMap<>();
  private final Packet[] packets = new Packet[FLOWS];

  /** Fills the map. */
  @Setup
  public void fill() {
    for (int i = 0; i < FLOWS; i++) {
      packets[i] = FlowSamples.packet(i, 1);
      rings.put(packets[i].flowKey(), i % 4);
    }
  }

  /** One packet of each flow. */
  @Benchmark
  @OperationsPerInvocation(FLOWS)
  public long find() {
    long found = 0;
    for (Packet packet : packets) {
      found += rings.get(packet.flowKey());
    }
    return found;
  }
}
