// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.concurrency;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.VmSpec;
import dev.ringside.memory.NumaTopology;
import dev.ringside.nic.NicConfig;

/** Labs with as little in them as a search can do with: each is built thousands of times. */
final class SmallLab {

  private SmallLab() {}

  /** One NIC, one virtual machine behind the virtual switch. */
  static Lab plain() {
    LabBuilder builder = Lab.builder().withoutTracing();
    builder
        .host("h1")
        .nic(NicConfig.DEFAULT.withReceiveRings(1))
        .vm(VmSpec.named("vm1").switched());
    return builder.open();
  }

  /** Two NICs of which one stands by. */
  static Lab redundant() {
    LabBuilder builder = Lab.builder().withoutTracing();
    builder.host("h1").pnics(2).virtualFunctions(1).vms("vm1");
    return builder.open();
  }

  /** Two NICs that are used at once. */
  static Lab spread() {
    LabBuilder builder = Lab.builder().withoutTracing();
    builder
        .host("h1")
        .pnics(2)
        .virtualFunctions(1)
        .vms("vm1")
        .aggregation(Aggregation.ACTIVE_ACTIVE);
    return builder.open();
  }

  /** Two transmit buffers on two nodes. */
  static Lab buffered() {
    LabBuilder builder = Lab.builder().withoutTracing();
    builder
        .host("h1")
        .pnics(1)
        .vm(VmSpec.named("vm1").switched())
        .numa(NumaTopology.nodes(2).buffers(1));
    return builder.open();
  }
}
