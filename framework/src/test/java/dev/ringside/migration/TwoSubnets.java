// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.memory.MemorySize;
import java.time.Duration;

/** web and peer of subnet A on b1 of c1, with b3; db and db2 of subnet B on b2 of c2. */
final class TwoSubnets {

  static final Duration MILLI = Duration.ofMillis(1);

  private TwoSubnets() {}

  static LabBuilder builder() {
    return builder(0);
  }

  static LabBuilder builder(int functions) {
    return builder("192.0.2.0/24", functions);
  }

  /** With no address of subnet A left for a router. */
  static LabBuilder crowded() {
    LabBuilder builder = builder("192.0.2.0/29", 0);
    builder.chassis("c4").subnets("A").blade("b4").vms("app1", "app2", "app3");
    return builder;
  }

  private static LabBuilder builder(String prefixOfA, int functions) {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", prefixOfA);
    builder.subnet("B", "198.51.100.0/24");
    ChassisBuilder c1 = builder.chassis("c1").subnets("A");
    MemorySize memory = MemorySize.bytes(4_000);
    c1.blade("b1").virtualFunctions(functions).memory(memory).vms("web", "peer");
    c1.blade("b3").virtualFunctions(functions).memory(memory);
    ChassisBuilder c2 = builder.chassis("c2").subnets("B");
    c2.blade("b2").virtualFunctions(functions).memory(memory).vms("db", "db2");
    return builder;
  }
}
