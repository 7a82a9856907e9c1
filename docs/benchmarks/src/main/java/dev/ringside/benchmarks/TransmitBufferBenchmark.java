// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.memory.Application;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.TransmitBufferPolicies;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The choice of a transmit buffer on a host of eight nodes, of which half are taken. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3)
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class TransmitBufferBenchmark {

  private static final int NODES = 8;
  private static final int CHOICES = 256;

  /** How many buffers the host has. */
  @Param({"1024", "1048576"})
  public int buffers;

  private Lab lab;
  private TransmitBuffers pool;
  private Application sender;
  private final long[] held = new long[CHOICES];

  /** Takes half of the buffers, here and there, and keeps some to give back. */
  @Setup
  public void takeHalf() {
    NumaTopology nodes = NumaTopology.nodes(NODES).buffers(buffers / NODES).nics(NODES - 1, "p0");
    for (int from = 0; from < NODES; from++) {
      for (int to = 0; to < NODES; to++) {
        nodes = from == to ? nodes : nodes.distance(from, to, 11 + (3 * from + 5 * to) % 20);
      }
    }
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(1).vms("web").numa(nodes);
    lab = builder.open();
    pool = lab.host().transmitBuffers().policy(TransmitBufferPolicies.joint());
    sender = pool.application("web");
    long[] all = new long[buffers];
    for (int i = 0; i < buffers; i++) {
      all[i] = pool.take(sender, 0);
    }
    SeededRandom random = new Seed(42).stream("buffers");
    for (int i = 0; i < buffers; i++) {
      int other = i + random.nextInt(buffers - i);
      long token = all[other];
      all[other] = all[i];
      if (i < CHOICES) {
        held[i] = token;
      } else if (i % 2 == 0) {
        pool.give(token);
      }
    }
  }

  /** Ends the lab. */
  @TearDown
  public void close() {
    lab.close();
  }

  /** Takes a buffer, and gives one back that was taken a while ago. */
  @Benchmark
  @OperationsPerInvocation(CHOICES)
  public long choose() {
    long last = 0;
    for (int i = 0; i < CHOICES; i++) {
      pool.give(held[i]);
      last = pool.take(sender, 0);
      held[i] = last;
    }
    return last;
  }
}
