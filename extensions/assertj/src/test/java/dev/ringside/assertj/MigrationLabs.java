// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.time.Seed;

/** The lab of the tests about chassis and migrations. */
final class MigrationLabs {

  private MigrationLabs() {}

  /** web and peer of subnet A on b1, b3 without any, both of c1; db of subnet B on b2 of c2. */
  static Lab twoSubnets() {
    LabBuilder builder = Lab.builder().seed(Seed.of(0x5eed));
    builder.subnet("A", "192.0.2.0/29");
    builder.subnet("B", "198.51.100.0/29");
    ChassisBuilder c1 = builder.chassis("c1").subnets("A");
    c1.blade("b1").vms("web", "peer");
    c1.blade("b3");
    builder.chassis("c2").subnets("B").blade("b2").vms("db");
    return builder.open();
  }
}
