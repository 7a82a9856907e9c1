// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.concurrency;

import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

class LabTest {

  /** What a test does with a lab. */
  public static class Operations {
    private final Lab lab = SmallLab.redundant();

    @Operation
    public void send() {
      lab.wire().send(udp().to(lab.vm("vm1")).port(53));
    }

    @Operation
    public void later() {
      lab.executor().execute(() -> lab.wire().send(udp().to(lab.vm("vm1")).port(54)));
    }

    @Operation
    public long advance() {
      lab.advance(Duration.ofNanos(1_000));
      return 0;
    }

    @Operation
    public long now() {
      return lab.elapsed().toNanos();
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
    public String active() {
      return String.valueOf(lab.host().aggregator().activeName());
    }

    @Operation
    public String fates() {
      synchronized (lab.world()) { // one look at both
        return lab.vm("vm1").inbox().size() + " " + lab.ledger().violations();
      }
    }
  }

  @Test
  void operations_of_a_lab_have_an_order() {
    Interleavings.searchLargeLab(Operations.class);
  }

  @Test
  void operations_of_a_lab_have_an_order_under_stress() {
    Interleavings.stress(Operations.class);
  }
}
