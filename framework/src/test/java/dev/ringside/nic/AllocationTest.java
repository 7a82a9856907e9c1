// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.packet.Packet;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllocationTest {

  private static final int PACKETS = 50_000;

  @Test
  void a_packet_from_the_wire_to_a_guest_allocates_nothing_where_it_is_not_traced() {
    assertThat(bytesPerPacket(0)).isLessThan(0.2);
  }

  @Test
  void a_limited_bandwidth_allocates_nothing_either() {
    assertThat(bytesPerPacket(100_000_000_000L)).isLessThan(0.2);
  }

  private static double bytesPerPacket(long bandwidth) {
    try (Lab lab = Lab.builder().withoutTracing().open()) {
      lab.cable("p0").toHost().setBandwidth(bandwidth);
      lab.vm("vm1").announce();
      Packet packet = udp().to(lab.vm("vm1")).toPacket();
      send(lab, packet);
      var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      send(lab, packet);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(lab.vm("vm1").stack().account().received()).isEqualTo(2 * PACKETS);
      return (double) allocated / PACKETS;
    }
  }

  private static void send(Lab lab, Packet packet) {
    for (int i = 0; i < PACKETS; i++) {
      lab.wire().send(packet);
    }
    lab.advance(Duration.ofSeconds(1));
    lab.vm("vm1").inbox().clear();
  }
}
