// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import static dev.ringside.packet.Packets.tcp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.steering.SteeredDestination;
import dev.ringside.trace.Account;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a good packet costs on a host that contains an attack: card, classifier with a signature,
 * hardware receive ring, software ring, software receive ring, virtual NIC, guest, inbox. Bursts of
 * 32 frames of 64 bytes, of 1,000 flows, which are in the hardware ring before it is polled.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DosPathBenchmark.PACKETS)
@Fork(3)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class DosPathBenchmark {

  static final int PACKETS = 1_024;
  static final int BURST = 32;
  static final int FLOWS = 1_000;

  private final Packet[] packets = new Packet[FLOWS];
  private final Runnable burst = this::receiveBurst;
  private final List<SteeredDestination> steered = new ArrayList<>();
  private FloorPath floor;
  private Lab lab;
  private PhysicalNic nic;
  private ReceiveRing ring;
  private VirtualMachine web;
  private Account source;
  private int next;

  /** Opens a lab that records nothing, and prepares the floor for the same frames. */
  @Setup
  public void open() {
    LabBuilder builder = Lab.builder().withoutTracing();
    builder
        .host("h1")
        .nic(NicConfig.DEFAULT.withReceiveRings(1)) // many destinations share one
        .vm(VmSpec.named("web").switched())
        .vm(VmSpec.named("db").switched());
    lab = builder.open();
    web = lab.vm("web");
    nic = lab.host().pnic("p0");
    ring = nic.receiveRing(0);
    ring.setPolled(true);
    source = lab.ledger().open(Stage.STATION, "generator");
    lab.host().steering().contain(tcp().syn().to(web).port(80));
    for (VirtualMachine vm : lab.host().vms()) {
      steered.add(lab.host().steering().steer(vm.name()));
    }
    byte[][] frames = new byte[FLOWS][];
    for (int i = 0; i < FLOWS; i++) {
      int flow = i * 619 % FLOWS; // no two neighbours behind each other
      packets[i] = Packets.udp().to(web).fromPort(1_024 + flow).port(53).payloadSize(18).toPacket();
      frames[i] = packets[i].toByteArray();
    }
    floor = new FloorPath(frames);
  }

  /** Closes it, after a look that the packets have gone that way. */
  @TearDown
  public void close() {
    boolean whole = lab.host().vnic("web").receiveRing().received() == web.inbox().received();
    if (!whole || !lab.ledger().violations().isEmpty()) {
      throw new IllegalStateException("another way was measured: " + lab.ledger().violations());
    }
    lab.close();
  }

  private void receiveBurst() {
    int at = next;
    for (int i = 0; i < BURST; i++) {
      nic.accept(lab.world().inject(source, packets[at]));
      source.addSent();
      at = at + 1 == FLOWS ? 0 : at + 1;
    }
    next = at;
    int served = ring.poll(BURST);
    if (served != BURST) {
      throw new IllegalStateException(served + " of " + BURST + " packets came to " + ring);
    }
  }

  /** The framework. */
  @Benchmark
  public int path() {
    for (int i = 0; i < PACKETS / BURST; i++) {
      lab.world().run(burst);
    }
    int arrived = web.inbox().size();
    web.inbox().clear();
    return arrived;
  }

  /** The least that such a path must do, on primitive arrays. */
  @Benchmark
  public int floor() {
    for (int i = 0; i < PACKETS / BURST; i++) {
      floor.receiveBurst(BURST);
    }
    return floor.takeAll();
  }
}
