// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.Packet;
import dev.ringside.ring.RingMode;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ring of web, which has no virtual function. */
class SoftwareReceiveRingTest {

  private final Lab lab = open();
  private final VirtualMachine web = lab.vm("web");
  private final SoftwareReceiveRing ring = lab.host().vnic("web").receiveRing();

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").vm(VmSpec.named("web").switched());
    return builder.open();
  }

  @AfterEach
  void every_packet_has_a_fate() {
    assertThat(lab.ledger().violations()).isEmpty();
    lab.close();
  }

  private void sendToPorts(int first, int last) {
    for (int port = first; port <= last; port++) {
      lab.wire().send(udp().to(web).port(port));
    }
  }

  private List<Integer> ports() {
    return web.received().stream().map(Packet::destinationPort).toList();
  }

  @Test
  void counts_what_goes_through_without_waiting() {
    sendToPorts(1, 3);

    assertThat(ring.received()).isEqualTo(3);
    assertThat(ring.size()).isZero();
    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);
    assertThat(ports()).containsExactly(1, 2, 3);
  }

  @Test
  void keeps_packets_while_it_is_polled_and_hands_them_on_in_order() {
    ring.setPolled(true);
    sendToPorts(1, 4);
    assertThat(ring.packets()).extracting(Packet::destinationPort).containsExactly(1, 2, 3, 4);
    assertThat(ring.mode()).isEqualTo(RingMode.POLL);
    assertThat(ring).hasToString("ring web/vnic0/rx has 4 of 512 slots in use");

    assertThat(ring.poll(3)).isEqualTo(3);
    assertThat(ports()).containsExactly(1, 2, 3);

    ring.setPolled(false);
    sendToPorts(5, 5);
    assertThat(ports()).containsExactly(1, 2, 3, 4, 5);
    assertThat(ring.received()).isEqualTo(5);
  }

  @Test
  void drops_the_newest_when_it_is_full() {
    ring.setPolled(true);
    sendToPorts(1, ring.capacity() + 2);

    assertThat(ring.droppedFull()).isEqualTo(2);
    assertThat(ring.received()).isEqualTo(ring.capacity());
    assertThat(lab.host().vnic("web").account().dropped(DropReason.RING_FULL)).isEqualTo(2);
    assertThat(ring.poll(1_000)).isEqualTo(ring.capacity());
    assertThat(ports()).startsWith(1, 2, 3).endsWith(510, 511, 512);
  }

  @Test
  void keeps_what_was_taken_out_while_the_guest_pauses() {
    web.pause();
    sendToPorts(1, 70);
    assertThat(ring.backlog()).isEqualTo(65);
    assertThat(ring.size()).isEqualTo(5);

    web.resume();

    assertThat(ring.backlog()).isZero();
    assertThat(ports()).hasSize(70).isSorted();
  }
}
