// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.concurrency;

import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.vm.VirtualMachine;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

class VirtualLinkAggregatorTest {

  /** Two connections over two NICs that fail and are repaired. */
  public static class Operations {
    private final Lab lab = SmallLab.spread();
    private final VirtualMachine vm = lab.vm("vm1");

    @Operation
    public void sendFirst() {
      vm.send(udp().to(lab.wire()).fromPort(1_001).port(53));
    }

    @Operation
    public void sendSecond() {
      vm.send(udp().to(lab.wire()).fromPort(1_002).port(53));
    }

    @Operation
    public void fail() {
      lab.host().pnic("p0").fail();
    }

    @Operation
    public void repair() {
      lab.host().pnic("p0").repair();
    }

    @Operation
    public String table() {
      synchronized (lab.world()) { // one look at both
        return vm.aggregator().ports() + " " + vm.aggregator().placements();
      }
    }

    @Operation
    public int arrived() {
      return lab.wire().inbox().size();
    }
  }

  @Test
  void a_connection_has_one_nic_at_a_time() {
    Interleavings.searchLargeLab(Operations.class);
  }

  @Test
  void a_connection_has_one_nic_at_a_time_under_stress() {
    Interleavings.stress(Operations.class);
  }
}
