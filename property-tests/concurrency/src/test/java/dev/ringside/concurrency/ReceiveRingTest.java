// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.concurrency;

import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.packet.Packet;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

class ReceiveRingTest {

  /** A hardware ring that is polled: packets come, are taken, and are counted. */
  public static class Operations {
    private final Lab lab = SmallLab.plain();
    private final ReceiveRing ring = lab.host().pnic("p0").receiveRing(0);
    private final Packet packet = udp().to(lab.vm("vm1")).toPacket();

    public Operations() {
      ring.setPolled(true);
    }

    @Operation
    public void send() {
      lab.wire().send(packet);
    }

    @Operation
    public int poll() {
      return ring.poll(1);
    }

    @Operation
    public int size() {
      return ring.size();
    }

    @Operation
    public void interrupts() {
      ring.setPolled(false);
    }

    @Operation
    public void noInterrupts() {
      ring.setPolled(true);
    }

    @Operation
    public int arrived() {
      return lab.vm("vm1").inbox().size();
    }
  }

  @Test
  void what_is_put_in_comes_out_once() {
    Interleavings.search(Operations.class);
  }

  @Test
  void what_is_put_in_comes_out_once_under_stress() {
    Interleavings.stress(Operations.class);
  }
}
