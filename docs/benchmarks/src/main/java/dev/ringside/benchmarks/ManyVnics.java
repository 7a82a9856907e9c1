// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.HostBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;

/**
 * What virtual NICs cost where there are many of them, looked up in a JVM of its own with 1 GiB:
 * whether a large lab passes packets, and whether a virtual NIC among 16,384 costs what it costs
 * among 64. As many labs of 64 are built and kept as are needed for 16,384, so that both sides fill
 * the same memory.
 */
public final class ManyVnics {
  private static final int FEW = 64;
  private static final int MANY = 16_384;
  private static final int FUNCTIONS = 256;
  private static final int ROUNDS = 60;

  private static final int NICS = 64;
  private static final int VNICS = 4_096;
  private static final int PACKETS = 1_000_000;

  private static final double MEBIBYTE = 1 << 20;
  private static final double MOST = 1.3;

  private ManyVnics() {}

  /** Prints the rows, one a line. */
  public static void main(String[] arguments) {
    print(pass());
    build(true, "through functions");
    build(false, "through the switch");
  }

  private static void print(Row row) {
    System.out.println(row.toCsv());
  }

  // ---- packets ----

  private static Row pass() {
    LabBuilder builder = Lab.builder();
    HostBuilder host = builder.host("h1").pnics(NICS).virtualFunctions(VNICS / NICS / 2);
    addVms(host.aggregation(Aggregation.NONE), VNICS); // half of them have functions
    try (Lab lab = builder.open()) {
      List<VirtualMachine> vms = lab.host().vms();
      lab.wire().announce();
      Packet[] fromWire = new Packet[VNICS];
      Packet[] fromNeighbour = new Packet[VNICS];
      for (int i = 0; i < VNICS; i++) {
        vms.get(i).send(Packets.udp().to(lab.wire()).port(9)); // so that the switch need not flood
        fromWire[i] = Packets.udp().to(vms.get(i)).port(53).toPacket();
        fromNeighbour[i] =
            Packets.udp().from(vms.get(neighbour(i))).to(vms.get(i)).port(53).toPacket();
      }
      long start = System.nanoTime();
      for (int n = 0; n < PACKETS; n++) {
        int i = n % VNICS;
        if (n / VNICS % 2 == 0) {
          lab.wire().send(fromWire[i]);
        } else {
          vms.get(neighbour(i)).send(fromNeighbour[i]);
        }
        if (vms.get(i).inbox().poll() == null) {
          throw new IllegalStateException("packet " + n + " has not arrived at " + vms.get(i));
        }
        lab.wire().inbox().clear();
      }
      System.err.printf("%.0f ns a packet%n", (System.nanoTime() - start) / (double) PACKETS);
      if (!lab.ledger().violations().isEmpty()) {
        throw new IllegalStateException(lab.ledger().violations().toString());
      }
      return new Row(
          "64 NICs and 4,096 VNICs pass 1M packets in a heap of 1 GiB: used after it",
          OwnJvm.used() / MEBIBYTE,
          "MiB",
          null,
          null,
          1_024);
    }
  }

  /** One of the same kind: what goes from the switch to a function that it has not heard floods. */
  private static int neighbour(int i) {
    int half = VNICS / 2;
    return i / half * half + (7 * i + 13) % half;
  }

  private static void addVms(HostBuilder host, int number) {
    for (int i = 0; i < number; i++) {
      host.vm(VmSpec.named("vm" + i));
    }
  }

  // ---- building ----

  private static void build(boolean direct, String way) {
    Cost few = Cost.MOST;
    Cost many = Cost.MOST;
    for (int round = 0; round < ROUNDS; round++) {
      few = few.or(costOf(MANY / FEW, FEW, direct));
      many = many.or(costOf(1, MANY, direct));
    }
    print(row("time to build a lab of 16,384 VNICs " + way, many.nanos(), few.nanos(), "ns/VNIC"));
    print(row("memory of a lab of 16,384 VNICs " + way, many.bytes(), few.bytes(), "B/VNIC"));
  }

  private static Row row(String what, double many, double few, String unit) {
    return new Row(what + ", against those of 64", many, unit, few, many / few, MOST);
  }

  private static Cost costOf(int labs, int vnics, boolean direct) {
    List<Lab> kept = new ArrayList<>(labs);
    long before = OwnJvm.used();
    long start = OwnJvm.processorTime();
    for (int i = 0; i < labs; i++) {
      kept.add(open(vnics, direct));
    }
    long nanos = OwnJvm.processorTime() - start;
    long bytes = OwnJvm.used() - before;
    kept.forEach(Lab::close);
    return new Cost(nanos / (double) MANY, bytes / (double) MANY);
  }

  private static Lab open(int vnics, boolean direct) {
    LabBuilder builder = Lab.builder();
    HostBuilder host = builder.host("h1").aggregation(Aggregation.NONE);
    if (direct) {
      host.pnics(Math.max(1, vnics / FUNCTIONS))
          .nic(
              NicConfig.DEFAULT.withMaxVirtualFunctions(FUNCTIONS).withVirtualFunctions(FUNCTIONS));
    }
    addVms(host, vnics);
    return builder.open();
  }

  /** What a virtual NIC costs. */
  private record Cost(double nanos, double bytes) {
    static final Cost MOST = new Cost(Double.MAX_VALUE, Double.MAX_VALUE);

    Cost or(Cost other) {
      return new Cost(Math.min(nanos, other.nanos), Math.min(bytes, other.bytes));
    }
  }
}
