// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package example;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.memory.MemorySize;

/**
 * Blade b1, which is to be emptied, with three virtual machines of two subnets; b2 next to it,
 * whose memory is nearly used up; and b3 in another chassis, which has room for all.
 */
final class TwoChassis implements Topology {

  @Override
  public void build(LabBuilder lab) {
    lab.subnet("A", "192.0.2.0/24");
    lab.subnet("B", "198.51.100.0/24");
    ChassisBuilder c1 = lab.chassis("c1").subnets("A", "B");
    c1.blade("b1")
        .virtualFunctions(4)
        .memory(MemorySize.kibibytes(256))
        .vms("web", "cache")
        .vm(VmSpec.named("db").subnet("B"));
    c1.blade("b2").virtualFunctions(4).memory(MemorySize.kibibytes(128)).vms("busy");
    ChassisBuilder c2 = lab.chassis("c2").subnets("A", "B");
    c2.blade("b3").virtualFunctions(4).memory(MemorySize.kibibytes(512)).vms("client");
  }

  /** Shares out the memory: b2 has 16 KiB left after that. */
  static void shareMemory(Lab lab) {
    reserve(lab, "b1", "web", 64);
    reserve(lab, "b1", "cache", 8);
    reserve(lab, "b1", "db", 32);
    reserve(lab, "b2", "busy", 112);
  }

  private static void reserve(Lab lab, String blade, String vm, long kibibytes) {
    lab.blade(blade).memory().reserve(vm, MemorySize.kibibytes(kibibytes));
  }
}
