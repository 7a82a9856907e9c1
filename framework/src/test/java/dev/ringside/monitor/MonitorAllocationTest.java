// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.InlineBridge;
import dev.ringside.packet.Packet;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class MonitorAllocationTest {

  private static final int ROUNDS = 100;
  private static final int PACKETS = 500;

  @Test
  void a_packet_from_the_wire_into_memory_allocates_nothing_where_it_is_not_traced() {
    assertThat(bytesPerPacket(80)).isLessThan(0.2);
  }

  @Test
  void a_packet_through_the_bridge_allocates_nothing_either() {
    assertThat(bytesPerPacket(81)).isLessThan(0.2);
  }

  private static double bytesPerPacket(int port) {
    LabBuilder builder = Lab.builder().withoutTracing();
    builder.host("h1").pnics(2).aggregation(Aggregation.NONE);
    try (Lab lab = builder.open()) {
      InlineBridge bridge = lab.host().bridge("p0", "p1");
      Monitor monitor = lab.host().monitor(tcp().port(80), userMemory(slots(PACKETS)));
      Packet packet = tcp().to(bridge.beyond()).port(port).toPacket();
      send(lab, bridge, monitor, packet);
      var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      send(lab, bridge, monitor, packet);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(monitor.capturedInAll()).isEqualTo(port == 80 ? 2 * ROUNDS * PACKETS : 0);
      return (double) allocated / (ROUNDS * PACKETS);
    }
  }

  private static void send(Lab lab, InlineBridge bridge, Monitor monitor, Packet packet) {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < PACKETS; i++) {
        lab.wire().send(packet);
      }
      monitor.releaseAll();
      bridge.beyond().inbox().clear();
    }
  }
}
