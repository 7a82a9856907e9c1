// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.vm;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static dev.ringside.TestLabs.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Packet;
import dev.ringside.ring.PollingConfig;
import dev.ringside.ring.RingMode;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A guest whose processors stop: packets wait in the rings before it, until these are full. */
class PauseTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab(int functions) {
    return labs.open(
        host ->
            host.pnics(2)
                .nic(
                    NicConfig.DEFAULT
                        .withRingCapacity(16)
                        .withPolling(new PollingConfig(3, 8, true)))
                .virtualFunctions(functions)
                .vms("web"));
  }

  private static void send(Lab lab, int first, int last) {
    for (int i = first; i <= last; i++) {
      lab.wire().send(number(i, lab.vm("web")));
    }
  }

  @Test
  void with_direct_access_packets_wait_in_the_ring_of_the_function() {
    Lab lab = lab(1);
    VirtualMachine web = lab.vm("web");
    web.pause();

    send(lab, 1, 30);

    var ring = lab.host().pnic("p0").virtualFunction(0).receiveRing(0);
    assertThat(ring.backlog()).isEqualTo(4);
    assertThat(ring.size()).isEqualTo(16);
    assertThat(ring.mode()).isEqualTo(RingMode.POLL);
    assertThat(lab.ledger().dropped(DropReason.RING_FULL)).isEqualTo(10);
    assertThat(lab.journal().events(EventKind.RING_MODE))
        .containsExactly(Event.of(EventKind.RING_MODE, "p0/vf0/rx0", "POLL"));

    web.resume();

    assertThat(numbers(web.received())).isEqualTo(range(1, 20));
    assertThat(ring.mode()).isEqualTo(RingMode.INTERRUPT);
    assertThat(lab.journal().events(EventKind.RING_MODE))
        .contains(Event.of(EventKind.RING_MODE, "p0/vf0/rx0", "INTERRUPT"));
    send(lab, 31, 31);
    assertThat(numbers(web.received())).endsWith(20, 31);
  }

  @Test
  void a_full_ring_says_so_in_the_trace() {
    Lab lab = lab(1);
    lab.vm("web").announce();
    lab.vm("web").pause();
    send(lab, 1, 20);

    Packet refused = lab.wire().send(number(21, lab.vm("web")));

    assertThat(lab.trace(refused).last().toString())
        .endsWith(
            "PNIC              p0              DROPPED RING_FULL:"
                + " ring p0/vf0/rx0 has 16 of 16 slots in use");
  }

  @Test
  void on_the_switched_path_they_wait_in_the_ring_of_the_virtual_nic() {
    Lab lab = lab(0);
    VirtualMachine web = lab.vm("web");
    web.pause();

    send(lab, 1, 600);

    assertThat(lab.host().vnic("web").switchedBacklog()).isEqualTo(512 + 65);
    assertThat(lab.ledger().dropped(DropReason.RING_FULL)).isEqualTo(600 - 512 - 65);
    assertThat(lab.journal().events(EventKind.RING_MODE))
        .containsExactly(Event.of(EventKind.RING_MODE, "web/vnic0/rx", "POLL"));

    web.resume();

    assertThat(numbers(web.received())).isEqualTo(range(1, 577));
    assertThat(lab.ledger().live()).isZero();
  }

  @Test
  void a_paused_guest_still_sends_what_the_test_tells_it_to() {
    Lab lab = lab(1);
    lab.vm("web").pause();

    lab.vm("web").send(number(1, lab.wire()));

    assertThat(numbers(lab.wire().received())).containsExactly(1);
  }

  @Test
  void pausing_twice_and_resuming_twice_is_once() {
    Lab lab = lab(1);
    VirtualMachine web = lab.vm("web");
    web.pause();
    web.pause();
    send(lab, 1, 3);
    web.resume();
    web.resume();

    assertThat(numbers(web.received())).containsExactly(1, 2, 3);
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void a_guest_that_is_removed_while_paused_leaves_nothing_behind() {
    Lab lab = lab(1);
    lab.vm("web").pause();
    send(lab, 1, 10);

    lab.host().removeVm("web");

    assertThat(lab.ledger().live()).isZero();
    assertThat(lab.host().pnic("p0").virtualFunction(0).receiveRing(0).mode())
        .isEqualTo(RingMode.INTERRUPT);
  }

  @Test
  void a_guest_that_answers_while_others_wait_keeps_the_order_of_its_answers() {
    Lab lab = lab(1);
    VirtualMachine web = lab.vm("web");
    web.onPacket(packet -> web.send(number(packet.destinationPort(), lab.wire())));
    web.pause();
    send(lab, 1, 10);
    web.resume();

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 10));
  }
}
