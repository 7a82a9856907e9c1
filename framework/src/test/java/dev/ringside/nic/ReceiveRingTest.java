// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.packet.Packet;
import dev.ringside.ring.PollingConfig;
import dev.ringside.ring.RingMode;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rings of virtual function p0/vf0, behind which web is. */
class ReceiveRingTest {

  private final Lab lab = open(NicConfig.DEFAULT);
  private final VirtualMachine web = lab.vm("web");
  private final ReceiveRing ring = lab.host().pnic("p0").virtualFunction(0).receiveRing(0);

  private static Lab open(NicConfig config) {
    LabBuilder builder = Lab.builder();
    builder.host("h1").nic(config).virtualFunctions(2).vms("web", "db");
    return builder.open();
  }

  private static Lab small(PollingConfig polling) {
    return open(NicConfig.DEFAULT.withRingCapacity(4).withPolling(polling));
  }

  @AfterEach
  void every_packet_has_a_fate() {
    assertThat(lab.ledger().violations()).isEmpty();
    lab.close();
  }

  private static void sendToPorts(Lab lab, int first, int last) {
    for (int port = first; port <= last; port++) {
      lab.wire().send(udp().to(lab.vm("web")).port(port));
    }
  }

  private static List<Integer> ports(VirtualMachine vm) {
    return vm.received().stream().map(Packet::destinationPort).toList();
  }

  @Test
  void raises_an_interrupt_for_each_packet_while_the_guest_keeps_up() {
    sendToPorts(lab, 1, 3);

    assertThat(ring.interrupts()).isEqualTo(3);
    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);
    assertThat(ring.received()).isEqualTo(3);
    assertThat(ring.size()).isZero();
    assertThat(ports(web)).containsExactly(1, 2, 3);
  }

  @Test
  void keeps_packets_while_it_is_polled_and_hands_them_on_as_they_are_polled() {
    ring.setPolled(true);
    sendToPorts(lab, 1, 5);
    assertThat(ring.size()).isEqualTo(5);
    assertThat(web.received()).isEmpty();
    assertThat(ring).hasToString("ring p0/vf0/rx0 has 5 of 512 slots in use");

    assertThat(ring.poll(2)).isEqualTo(2);
    assertThat(ports(web)).containsExactly(1, 2);
    assertThat(ring.poll(100)).isEqualTo(3);
    assertThat(ring.poll(100)).isZero();

    assertThat(ports(web)).containsExactly(1, 2, 3, 4, 5);
    assertThat(ring.interrupts()).isZero();
    assertThat(ring.mode()).isEqualTo(RingMode.POLL);
  }

  @Test
  void serves_what_is_in_it_when_interrupts_are_allowed_again() {
    ring.setPolled(true);
    sendToPorts(lab, 1, 5);

    ring.setPolled(false);

    assertThat(ports(web)).containsExactly(1, 2, 3, 4, 5);
    assertThat(lab.journal().events(EventKind.RING_MODE))
        .containsExactly(
            Event.of(EventKind.RING_MODE, "p0/vf0/rx0", "POLL"),
            Event.of(EventKind.RING_MODE, "p0/vf0/rx0", "INTERRUPT"));
  }

  @Test
  void the_mode_of_one_ring_is_none_of_the_others_business() {
    ring.setPolled(true);
    sendToPorts(lab, 1, 1);

    lab.wire().send(udp().to(lab.vm("db")));

    assertThat(lab.vm("db").received()).hasSize(1);
    assertThat(lab.host().pnic("p0").virtualFunction(1).receiveRing(0).mode())
        .isEqualTo(RingMode.INTERRUPT);
    assertThat(web.received()).isEmpty();
  }

  @Test
  void drops_the_newest_when_it_is_full_and_counts_them_exactly() {
    try (Lab small = small(PollingConfig.DEFAULT)) {
      ReceiveRing four = small.host().pnic("p0").virtualFunction(0).receiveRing(0);
      four.setPolled(true);
      sendToPorts(small, 1, 10);

      assertThat(four.size()).isEqualTo(4);
      assertThat(four.droppedFull()).isEqualTo(6);
      assertThat(small.host().pnic("p0").account().dropped(DropReason.RING_FULL)).isEqualTo(6);
      four.setPolled(false);
      assertThat(ports(small.vm("web"))).containsExactly(1, 2, 3, 4);
      assertThat(small.ledger().violations()).isEmpty();
    }
  }

  @Test
  void is_polled_while_the_guest_is_behind_and_stops_pulling_above_the_low_mark() {
    try (Lab small = small(new PollingConfig(2, 8, true))) {
      ReceiveRing four = small.host().pnic("p0").virtualFunction(0).receiveRing(0);
      small.vm("web").pause();
      sendToPorts(small, 1, 10);

      assertThat(four.mode()).isEqualTo(RingMode.POLL);
      assertThat(four.backlog()).isEqualTo(3);
      assertThat(four.size()).isEqualTo(4);
      assertThat(four.droppedFull()).isEqualTo(3);
      assertThat(four.interrupts()).isEqualTo(1);

      small.vm("web").resume();

      assertThat(ports(small.vm("web"))).containsExactly(1, 2, 3, 4, 5, 6, 7);
      assertThat(four.mode()).isEqualTo(RingMode.INTERRUPT);
      assertThat(small.ledger().violations()).isEmpty();
    }
  }

  @Test
  void without_polling_the_high_mark_is_the_drop_point() {
    try (Lab small = small(new PollingConfig(1, 5, false))) {
      ReceiveRing four = small.host().pnic("p0").virtualFunction(0).receiveRing(0);
      small.vm("web").pause();
      sendToPorts(small, 1, 12);
      assertThat(four.mode()).isEqualTo(RingMode.INTERRUPT);
      long taken = 12 - four.droppedFull();

      small.vm("web").resume();

      assertThat(small.vm("web").received()).hasSize((int) taken);
      assertThat(taken).isEqualTo(5);
      assertThat(small.ledger().violations()).isEmpty();
    }
  }

  // ---- the threshold ----

  @Test
  void with_a_threshold_an_interrupt_serves_that_many_packets() {
    ring.setInterruptThreshold(3);
    sendToPorts(lab, 1, 2);
    assertThat(web.received()).isEmpty();
    assertThat(ring.size()).isEqualTo(2);

    sendToPorts(lab, 3, 7);

    assertThat(ports(web)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(ring.interrupts()).isEqualTo(2);
    assertThat(ring.size()).isEqualTo(1);
  }

  @Test
  void a_lower_threshold_serves_what_has_reached_it() {
    ring.setInterruptThreshold(10);
    sendToPorts(lab, 1, 4);

    ring.setInterruptThreshold(5);
    assertThat(web.received()).isEmpty();
    ring.setInterruptThreshold(4);

    assertThat(web.received()).hasSize(4);
    assertThat(ring.interrupts()).isEqualTo(1);
  }

  @Test
  void a_threshold_as_high_as_the_ring_is_still_reached() {
    try (Lab small = small(PollingConfig.DEFAULT)) {
      small.host().pnic("p0").virtualFunction(0).receiveRing(0).setInterruptThreshold(4);
      sendToPorts(small, 1, 8);

      assertThat(small.vm("web").received()).hasSize(8);
    }
  }

  @Test
  void a_threshold_of_none_or_of_more_than_the_ring_holds_is_refused() {
    assertThatThrownBy(() -> ring.setInterruptThreshold(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("interrupt threshold 0 of ring p0/vf0/rx0 is not in 1 to 512");
    assertThatThrownBy(() -> ring.setInterruptThreshold(513))
        .hasMessage("interrupt threshold 513 of ring p0/vf0/rx0 is not in 1 to 512");
  }

  // ---- which ring ----

  @Test
  void rings_that_are_not_there_cannot_be_had() {
    PhysicalNic p0 = lab.host().pnic("p0");
    assertThatThrownBy(() -> p0.receiveRing(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no receive ring 4 on p0; it has 0 to 3");
    assertThatThrownBy(() -> p0.receiveRing(-1))
        .hasMessage("no receive ring -1 on p0; it has 0 to 3");
    assertThatThrownBy(() -> p0.virtualFunction(0).receiveRing(1))
        .hasMessage("no receive ring 1 on p0/vf0; it has 0 to 0");
  }

  @Test
  void a_ring_has_its_defaults_again_when_its_function_is_unbound() {
    ring.setPolled(true);
    ring.setInterruptThreshold(5);
    lab.host().removeVm("web");

    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);
  }
}
