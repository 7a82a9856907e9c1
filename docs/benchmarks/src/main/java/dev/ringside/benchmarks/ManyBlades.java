// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.HostBuilder;
import dev.ringside.migration.Migration;
import dev.ringside.migration.MigrationState;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;

/**
 * What blades cost where there are many of them, looked up in a JVM of its own with 2 GiB: whether
 * 1,000 with 20 virtual machines each find room, whether they are built in time linear in the
 * virtual machines, and whether a migration among them costs what it costs among 10. Each chassis
 * has five blades and a subnet of its own.
 */
public final class ManyBlades {
  private static final int FEW = 10;
  private static final int MANY = 1_000;
  private static final int BLADES_PER_CHASSIS = 5;
  private static final int VMS = 20;
  private static final int ROUNDS = 24;
  private static final int MOVES = 2_000;

  private static final double MEBIBYTE = 1 << 20;
  private static final double MOST = 1.3;

  private ManyBlades() {}

  /** Prints the rows, one a line. */
  public static void main(String[] arguments) {
    print(memory());
    print(building());
    print(migrating());
  }

  private static void print(Row row) {
    System.out.println(row.toCsv());
  }

  private static Row memory() {
    long before = OwnJvm.used();
    try (Lab lab = open(MANY)) {
      check(lab);
      double used = (OwnJvm.used() - before) / MEBIBYTE;
      return new Row(
          "1,000 blades of 20 VMs in a heap of 2 GiB: used by them",
          used,
          "MiB",
          null,
          null,
          2_048);
    }
  }

  /** The first and the last reach each other, past two chassis and the router between them. */
  private static void check(Lab lab) {
    VirtualMachine first = lab.vm("vm0-0");
    VirtualMachine last = lab.vm("vm" + (lab.hosts().size() - 1) + "-0");
    Packet unused = first.send(Packets.udp().to(last).port(9));
    if (last.received().size() != 1 || !lab.ledger().violations().isEmpty()) {
      throw new IllegalStateException(first + " does not reach " + last);
    }
  }

  private static Row building() {
    double few = Double.MAX_VALUE;
    double many = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      few = Math.min(few, nanosPerVm(MANY / FEW, FEW));
      many = Math.min(many, nanosPerVm(1, MANY));
    }
    return new Row(
        "time to build 1,000 blades of 20 VMs, against 10", many, "ns/VM", few, many / few, MOST);
  }

  private static double nanosPerVm(int labs, int blades) {
    List<Lab> kept = new ArrayList<>(labs);
    long start = OwnJvm.processorTime();
    for (int i = 0; i < labs; i++) {
      kept.add(open(blades));
    }
    long nanos = OwnJvm.processorTime() - start;
    kept.forEach(Lab::close);
    return nanos / (double) (MANY * VMS);
  }

  private static Row migrating() {
    try (Lab few = open(FEW);
        Lab many = open(MANY)) {
      double fewNanos = Double.MAX_VALUE;
      double manyNanos = Double.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        fewNanos = Math.min(fewNanos, nanosPerMove(few));
        manyNanos = Math.min(manyNanos, nanosPerMove(many));
      }
      return new Row(
          "a migration among 1,000 blades, against 10",
          manyNanos,
          "ns/move",
          fewNanos,
          manyNanos / fewNanos,
          MOST);
    }
  }

  /** To the last blade of the first chassis' neighbour, another subnet's, and back. */
  private static double nanosPerMove(Lab lab) {
    VirtualMachine vm = lab.vm("vm0-0");
    long start = OwnJvm.processorTime();
    for (int i = 0; i < MOVES; i++) {
      String to = i % 2 == 0 ? "b" + (FEW - 1) : "b0";
      Migration migration = lab.migrate(vm).to(lab.blade(to));
      if (migration.state() != MigrationState.COMPLETED) {
        throw new IllegalStateException(migration.toString());
      }
    }
    return (OwnJvm.processorTime() - start) / (double) MOVES;
  }

  private static Lab open(int blades) {
    LabBuilder builder = Lab.builder().withoutTracing().journalCapacity(1_000);
    ChassisBuilder chassis = builder.chassis("c0");
    for (int i = 0; i < blades; i++) {
      int number = i / BLADES_PER_CHASSIS;
      if (i % BLADES_PER_CHASSIS == 0) {
        String subnet = "s" + number;
        builder.subnet(subnet, "10." + number / 256 + "." + number % 256 + ".0/24");
        chassis = number == 0 ? chassis : builder.chassis("c" + number);
        chassis.subnets(subnet);
      }
      HostBuilder blade = chassis.blade("b" + i);
      for (int vm = 0; vm < VMS; vm++) {
        blade.vms("vm" + i + "-" + vm);
      }
    }
    return builder.open();
  }
}
