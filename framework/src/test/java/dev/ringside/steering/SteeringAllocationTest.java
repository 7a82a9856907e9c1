// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.Packet;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class SteeringAllocationTest {

  private static final int PACKETS = 50_000;

  @Test
  void a_packet_through_software_rings_beside_contained_attacks_allocates_nothing() {
    assertThat(bytesPerPacket(true)).isLessThan(0.2);
  }

  @Test
  void a_packet_that_is_contained_allocates_nothing_either() {
    assertThat(bytesPerPacket(false)).isLessThan(0.2);
  }

  private static double bytesPerPacket(boolean good) {
    LabBuilder builder = Lab.builder().withoutTracing();
    builder.host("h1").vm(VmSpec.named("web").switched());
    try (Lab lab = builder.open()) {
      var web = lab.vm("web");
      web.announce();
      Containment flood = lab.host().steering().contain(tcp().syn().to(web).port(80));
      assertThat(lab.host().steering().steer("web").toRing(1).ring()).isEqualTo(1);
      Packet packet = good ? udp().to(web).toPacket() : tcp().syn().to(web).port(80).toPacket();
      send(lab, packet);
      var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      send(lab, packet);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(good ? web.stack().account().received() : flood.packets()).isEqualTo(2 * PACKETS);
      return (double) allocated / PACKETS;
    }
  }

  private static void send(Lab lab, Packet packet) {
    for (int i = 0; i < PACKETS; i++) {
      lab.wire().send(packet);
    }
    lab.vm("web").inbox().clear();
  }
}
