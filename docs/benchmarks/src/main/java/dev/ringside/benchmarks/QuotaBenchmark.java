// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.memory.Block;
import dev.ringside.memory.BlockRequest;
import dev.ringside.memory.MemorySize;
import dev.ringside.memory.Quota;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.vm.VirtualMachine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a quota costs a packet on its way, and what a wait costs against an immediate grant. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class QuotaBenchmark {

  private static final MemorySize ALL = MemorySize.kibibytes(64);

  private Lab lab;
  private VirtualMachine web;
  private Quota quota;
  private Quota blocks;
  private Packet packet;

  /** Opens a lab that records nothing, in which web has a quota. */
  @Setup
  public void open() {
    LabBuilder builder = Lab.builder().withoutTracing();
    builder.host("h1").pnics(2).virtualFunctions(4).vms("web", "db");
    lab = builder.open();
    web = lab.vm("web");
    packet = Packets.udp().to(web).port(53).payloadSize(18).toPacket();
    quota = lab.host().memory().reserve("web", ALL);
    blocks = lab.host().memory().reserveForApplication("blocks", ALL);
    web.announce(); // so that the external switch need not flood
  }

  /** Closes it, after a look that the packets were charged and the blocks were waited for. */
  @TearDown
  public void close() {
    boolean measured = quota.grants() > 1 || blocks.grants() > 1;
    if (!measured || quota.used() + blocks.used() > 0 || !lab.ledger().violations().isEmpty()) {
      throw new IllegalStateException("nothing was measured: " + quota + ", " + blocks);
    }
    lab.close();
  }

  /** Sends a packet, which is in the inbox and charged afterwards, and takes it out. */
  @Benchmark
  public Packet wireToInbox() {
    lab.wire().send(packet);
    return web.inbox().poll();
  }

  /** A block that is there. */
  @Benchmark
  public Block immediateGrant() {
    Block block = blocks.request(ALL).block();
    block.release();
    return block;
  }

  /** A block that is there, and one that waits until the first is given back. */
  @Benchmark
  public Block waitAndWakeUp() {
    Block first = blocks.request(ALL).block();
    BlockRequest waiting = blocks.request(ALL);
    first.release();
    Block second = waiting.block();
    second.release();
    return second;
  }
}
