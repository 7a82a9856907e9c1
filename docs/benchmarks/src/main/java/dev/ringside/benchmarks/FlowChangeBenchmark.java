// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.packet.FlowKey;
import dev.ringside.packet.PacketSpec;
import java.util.HashMap;
import java.util.List;
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

/** What it costs to fill a flow table, and to replace an entry. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgs = "-Xmx2g")
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class FlowChangeBenchmark {

  private static final int MANY = 100_000;
  private static final int REPLACED = 500;

  /** What is inserted. */
  @State(Scope.Thread)
  public static class Sentences {
    private final PacketSpec[] matches = new PacketSpec[MANY];
    private final FlowKey[] keys = new FlowKey[MANY];

    /** Makes them. */
    @Setup
    public void make() {
      for (int i = 0; i < MANY; i++) {
        matches[i] = FlowSamples.match(i, 1);
        keys[i] = FlowSamples.packet(i, 1).flowKey();
      }
    }
  }

  /** Entries of a table, spread over it. */
  public abstract static class Filled {
    private final FlowEntry[] entries = new FlowEntry[REPLACED];
    private FlowTable flows;
    private int turn;

    final void fill(int size) {
      flows = FlowSamples.table(size, 1);
      List<FlowEntry> all = flows.entries();
      for (int i = 0; i < REPLACED; i++) {
        entries[i] = all.get(i * (size / REPLACED));
      }
    }

    final int replaceAll() {
      turn++;
      for (int i = 0; i < REPLACED; i++) {
        entries[i] = flows.replace(entries[i], Destination.ring((i + turn) % 9));
      }
      return flows.size();
    }
  }

  /** A thousand entries. */
  @State(Scope.Thread)
  public static class Few extends Filled {
    /** Fills the table. */
    @Setup
    public void fill() {
      fill(1_000);
    }
  }

  /** A hundred thousand entries. */
  @State(Scope.Thread)
  public static class Many extends Filled {
    /** Fills the table. */
    @Setup
    public void fill() {
      fill(MANY);
    }
  }

  /** Into a flow table. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public FlowTable insert(Sentences sentences) {
    FlowTable flows = new FlowTable("flows");
    for (PacketSpec match : sentences.matches) {
      flows.insert(match, Destination.ring(1));
    }
    return flows;
  }

  /** As many keys into a map. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public Map<FlowKey, Destination> put(Sentences sentences) {
    Map<FlowKey, Destination> map = new HashMap<>();
    for (FlowKey key : sentences.keys) {
      map.put(key, Destination.ring(1));
    }
    return map;
  }

  /** In a table of a thousand. */
  @Benchmark
  @OperationsPerInvocation(REPLACED)
  public int replaceOf1k(Few few) {
    return few.replaceAll();
  }

  /** In a table of a hundred thousand. */
  @Benchmark
  @OperationsPerInvocation(REPLACED)
  public int replaceOf100k(Many many) {
    return many.replaceAll();
  }
}
