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

/** What a packet costs from one virtual machine into the inbox of another one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ProxyBenchmark {

  private Lab near;
  private Lab far;
  private VirtualMachine nearWeb;
  private VirtualMachine nearDb;
  private VirtualMachine farWeb;
  private VirtualMachine farDb;
  private Packet nearPacket;
  private Packet farPacket;
  private long droppedBefore;

  /** Opens a lab with two guests that have proxies, and one with two that are on two hosts. */
  @Setup
  public void open() {
    LabBuilder oneHost = Lab.builder().withoutTracing();
    oneHost.host("h1").pnics(2).virtualFunctions(4).vms("web", "db").proxies();
    near = oneHost.open();
    nearWeb = near.vm("web");
    nearDb = near.vm("db");
    LabBuilder twoHosts = Lab.builder().withoutTracing();
    twoHosts.host("h1").pnics(2).virtualFunctions(4).vms("web");
    twoHosts.host("h2").pnics(2).virtualFunctions(4).vms("db");
    far = twoHosts.open();
    farWeb = far.vm("web");
    farDb = far.vm("db");
    nearPacket = packet(nearWeb, nearDb);
    farPacket = packet(farWeb, farDb);
    nearDb.announce();
    farDb.announce(); // so that the external switch need not flood
    farWeb.announce();
    droppedBefore = dropped();
  }

  private long dropped() {
    return near.ledger().dropped() + far.ledger().dropped();
  }

  private static Packet packet(VirtualMachine from, VirtualMachine to) {
    return Packets.udp().from(from).to(to).port(53).payloadSize(18).toPacket();
  }

  /** Closes them, after a look that the packets have arrived. */
  @TearDown
  public void close() {
    long received = nearDb.inbox().received() + farDb.inbox().received();
    if (received == 0 || dropped() > droppedBefore) {
      throw new IllegalStateException("nothing was measured: " + near.ledger().balance());
    }
    near.close();
    far.close();
  }

  /** Through the proxies of one host. */
  @Benchmark
  public Packet throughProxies() {
    nearWeb.send(nearPacket);
    return nearDb.inbox().poll();
  }

  /** Through a virtual function, the wire, and a virtual function of another host. */
  @Benchmark
  public Packet throughTheWire() {
    farWeb.send(farPacket);
    return farDb.inbox().poll();
  }
}
