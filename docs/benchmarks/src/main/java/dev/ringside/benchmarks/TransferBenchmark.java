// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.transfer.Protocol;
import dev.ringside.transfer.Transfer;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.Set;
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

/**
 * What 64 MiB cost by each protocol, and what it costs to copy them. The copy goes into an array
 * that is there; transfers make theirs.
 *
 * <p>A collector without threads of its own, as 64 MiB at a time are nothing for the others, and
 * the heap in place, as otherwise the machine's memory management is measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 5, time = 1, timeUnit = TimeUnit.SECONDS)
public class TransferBenchmark {

  static final int BYTES = 64 << 20;

  private final byte[] message = new byte[BYTES];
  private final byte[] target = new byte[BYTES];
  private Lab lab;
  private VirtualMachine web;
  private VirtualMachine app;
  private VirtualMachine db;
  private VirtualMachine far;

  /** Opens a lab with two guests on one blade, one on another blade, one in another chassis. */
  @Setup
  public void open() {
    for (int i = 0; i < BYTES; i++) {
      message[i] = (byte) (i * 31);
    }
    LabBuilder builder = Lab.builder().withoutTracing();
    ChassisBuilder chassis = builder.chassis("c1");
    chassis.blade("b1").virtualFunctions(2).vms("web", "app");
    chassis.blade("b2").virtualFunctions(2).vms("db");
    builder.chassis("c2").blade("b3").virtualFunctions(2).vms("far");
    lab = builder.open();
    web = lab.vm("web");
    app = lab.vm("app");
    db = lab.vm("db");
    far = lab.vm("far");
    web.announce(); // so that switches need not flood
    far.announce();
  }

  /** Closes it. */
  @TearDown
  public void close() {
    lab.close();
  }

  private Transfer transfer(VirtualMachine to, Protocol protocol) {
    Transfer transfer = lab.transfer(web, to, message);
    if (!transfer.isDelivered() || !transfer.protocols().equals(Set.of(protocol))) {
      throw new IllegalStateException("not what was to be measured: " + transfer);
    }
    lab.advance(Duration.ofMinutes(2)); // until closed connections are forgotten
    return transfer;
  }

  /** The measure of the others. */
  @Benchmark
  public byte[] copy() {
    System.arraycopy(message, 0, target, 0, BYTES);
    return target;
  }

  /** On one blade. */
  @Benchmark
  public Transfer local() {
    return transfer(app, Protocol.LOOPBACK);
  }

  /** To another blade of the chassis. */
  @Benchmark
  public Transfer interconnect() {
    return transfer(db, Protocol.RDMA);
  }

  /** To another chassis. */
  @Benchmark
  public Transfer network() {
    return transfer(far, Protocol.TCP_IP);
  }
}
