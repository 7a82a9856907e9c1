// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowDecision;
import dev.ringside.flow.FlowTable;
import dev.ringside.packet.Packet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to find the entry of a packet, of 1,024 flows by turns, in tables of all sizes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgs = "-Xmx2g")
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class FlowLookupBenchmark {

  private static final int FLOWS = 1_024;

  /** Entries, masks, and functions in front of them. */
  @Param({
    "1/1/0", "16/1/0", "1000/1/0", "10000/1/0", "100000/1/0", "1000000/1/0",
    "1/8/0", "16/8/0", "1000/8/0", "10000/8/0", "100000/8/0", "1000000/8/0",
    "1/30/0", "16/30/0", "1000/30/0", "10000/30/0", "100000/30/0", "1000000/30/0",
    "10000/8/16"
  })
  private String table;

  private final FlowDecision decision = new FlowDecision();
  private final Packet[] packets = new Packet[FLOWS];
  private FlowTable flows;

  /** Fills the table. */
  @Setup
  public void fill() {
    String[] numbers = table.split("/", -1);
    int entries = Integer.parseInt(numbers[0]);
    int masks = Integer.parseInt(numbers[1]);
    flows = FlowSamples.table(entries, masks);
    for (int i = 0; i < Integer.parseInt(numbers[2]); i++) {
      int length = 2_000 + i;
      flows.prepend(packet -> packet.length() == length, Destination.drop());
    }
    for (int i = 0; i < FLOWS; i++) {
      packets[i] = FlowSamples.packet((int) (i * 2_654_435_761L % entries), masks);
      if (flows.classify(packets[i]).entry() == null) {
        throw new IllegalStateException("no entry for " + packets[i]);
      }
    }
  }

  /** One packet of each flow. */
  @Benchmark
  @OperationsPerInvocation(FLOWS)
  public long find() {
    long found = 0;
    for (Packet packet : packets) {
      flows.classify(packet, decision);
      found += decision.end() == null ? 0 : 1;
    }
    return found;
  }
}
