// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.trace.DropReason;
import dev.ringside.virt.SoftwareReceiveRing;
import org.junit.jupiter.api.Test;

/** Rings that a test polls by itself, for a machine with a quota that stands still. */
class PollingByHandTest extends QuotaOfPackets {

  @Test
  void a_ring_that_is_polled_by_hand_gives_a_paused_machine_what_there_is_room_for() {
    Quota quota = host.memory().reserve("vm1", bytes(3_000));
    ringOf(web).setPolled(true);
    web.pause();
    send(web, 1_400, 4);

    assertThat(ringOf(web).poll(4)).isEqualTo(2);
    assertThat(ringOf(web).poll(4)).isZero();
    assertThat(quota.used()).isEqualTo(2_884);
    assertThat(ringOf(web).size()).isEqualTo(2);
    web.inbox().release(1);
    assertThat(ringOf(web).poll(4)).isEqualTo(1);
    assertThat(lab.ledger().dropped(DropReason.OVER_QUOTA)).isZero();
  }

  @Test
  void so_does_one_of_a_machine_behind_proxies() {
    lab.close();
    LabBuilder builder = Lab.builder();
    builder.host("h1").virtualFunctions(2).vms("vm1", "vm2").proxies();
    open(builder);
    a_ring_that_is_polled_by_hand_gives_a_paused_machine_what_there_is_room_for();
  }

  @Test
  void so_does_one_of_a_machine_with_several_cards() {
    lab.close();
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .pnics(2)
        .virtualFunctions(2)
        .vms("vm1", "vm2")
        .aggregation(Aggregation.ACTIVE_ACTIVE);
    open(builder);
    host.memory().reserve("vm1", bytes(3_000));
    web.pause();
    for (int nic = 0; nic < 2; nic++) {
      host.pnic("p" + nic).virtualFunction(0).receiveRing(0).setPolled(true);
    }
    for (int port = 1; port <= 20; port++) {
      lab.wire().send(udp().to(web).fromPort(port).payloadSize(1_400));
    }
    int polled = 0;
    for (int nic = 0; nic < 2; nic++) {
      polled += host.pnic("p" + nic).virtualFunction(0).receiveRing(0).poll(20);
    }

    assertThat(polled).isEqualTo(2);
    assertThat(lab.ledger().dropped(DropReason.OVER_QUOTA)).isZero();
  }

  @Test
  void so_does_the_ring_of_a_machine_without_a_function() {
    lab.close();
    LabBuilder builder = Lab.builder();
    builder.host("h1").vms("vm1", "vm2");
    open(builder);
    host.memory().reserve("vm1", bytes(3_000));
    SoftwareReceiveRing ring = host.vnic("vm1").receiveRing();
    ring.setPolled(true);
    web.pause();
    send(web, 1_400, 4);

    assertThat(ring.poll(4)).isEqualTo(2);
    assertThat(ring.size()).isEqualTo(2);
    assertThat(lab.ledger().dropped(DropReason.OVER_QUOTA)).isZero();
  }

  @Test
  void what_can_never_have_room_is_dropped_when_it_is_polled() {
    host.memory().reserve("vm1", bytes(1_000));
    lab.expectDrops(DropReason.OVER_QUOTA_FOREVER);
    ringOf(web).setPolled(true);
    web.pause();
    send(web, 1_400, 1);

    assertThat(ringOf(web).poll(4)).isEqualTo(1);
    assertThat(lab.ledger().dropped(DropReason.OVER_QUOTA_FOREVER)).isEqualTo(1);
  }

  @Test
  void a_machine_that_is_held_to_a_bandwidth_gets_it_into_its_queue() {
    host.memory().reserve("vm1", bytes(3_000));
    host.vnic("vm1").setBandwidth(8_000_000);
    ringOf(web).setPolled(true);
    web.pause();
    send(web, 1_400, 4);

    assertThat(ringOf(web).poll(4)).isEqualTo(4);
    assertThat(host.vnic("vm1").waitingForBandwidth()).isEqualTo(4);
    assertThat(lab.ledger().dropped(DropReason.OVER_QUOTA)).isZero();
    web.resume();
    assertThat(web.received()).hasSize(2);
  }
}
