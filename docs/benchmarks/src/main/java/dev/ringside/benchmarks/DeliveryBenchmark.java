// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
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

/** What a packet costs from the wire into the inbox of a guest with direct access. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class DeliveryBenchmark {

  private Lab lab;
  private VirtualMachine web;
  private Packet packet;

  /** Opens a lab that records nothing. */
  @Setup
  public void open() {
    LabBuilder builder = Lab.builder().withoutTracing();
    builder.host("h1").pnics(2).virtualFunctions(4).vms("web", "db");
    lab = builder.open();
    web = lab.vm("web");
    packet = Packets.udp().to(web).port(53).payloadSize(18).toPacket();
    web.announce(); // so that the external switch need not flood
  }

  /** Closes it, after a look that the packets have arrived. */
  @TearDown
  public void close() {
    if (web.inbox().received() == 0 || !lab.ledger().violations().isEmpty()) {
      throw new IllegalStateException("nothing was measured: " + lab.ledger().violations());
    }
    lab.close();
  }

  /** Sends a packet, which is in the inbox afterwards, and takes it out. */
  @Benchmark
  public Packet wireToInbox() {
    lab.wire().send(packet);
    return web.inbox().poll();
  }
}
