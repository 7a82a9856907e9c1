// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static dev.ringside.TestLabs.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of packets that are somewhere in a NIC, or near it, when it fails. */
class InFlightTest {

  private static final long SLOW_CABLE = 1_000_000; // 672 us for a short frame
  private static final Duration LONG = Duration.ofSeconds(30);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab slowLab(InFlight inFlight, String... vms) {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(4)
                    .vms(vms)
                    .aggregator(AggregatorConfig.DEFAULT.withInFlight(inFlight)));
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    return lab;
  }

  private static void send(VirtualMachine from, Lab lab, int first, int last) {
    for (int i = first; i <= last; i++) {
      from.send(number(i, lab.wire()));
    }
  }

  @Test
  void packets_in_its_transmit_rings_are_sent_again_exactly_once() {
    Lab lab = slowLab(InFlight.RESEND, "web");
    send(lab.vm("web"), lab, 1, 100);

    lab.host().pnic("p0").fail();
    lab.advance(LONG);

    // The cable was still carrying the first one, which arrives last.
    List<Integer> arrived = numbers(lab.wire().received());
    assertThat(arrived).hasSize(100).containsExactlyInAnyOrderElementsOf(range(1, 100));
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void full_rings_of_several_guests_are_sent_again_without_loss() {
    Lab lab = slowLab(InFlight.RESEND, "a", "b", "c", "d");
    lab.cable("p1").toNetwork().setBandwidth(100 * SLOW_CABLE);
    for (int vm = 0; vm < 4; vm++) {
      send(lab.host().vms().get(vm), lab, 1 + 500 * vm, 500 + 500 * vm);
    }

    lab.host().pnic("p0").fail();
    lab.advance(LONG);

    List<Integer> arrived = new ArrayList<>(numbers(lab.wire().received()));
    Collections.sort(arrived);
    assertThat(arrived).isEqualTo(range(1, 2_000));
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void packets_in_its_transmit_rings_are_lost_if_that_is_wanted() {
    Lab lab = slowLab(InFlight.LOSE, "web");
    send(lab.vm("web"), lab, 1, 100);

    lab.host().pnic("p0").fail();
    lab.advance(LONG);

    assertThat(numbers(lab.wire().received())).containsExactly(1);
    assertThat(lab.ledger().dropped(DropReason.PNIC_FAILED)).isEqualTo(99);
    assertThat(losses(lab)).containsOnlyKeys(DropReason.PNIC_FAILED);
  }

  @ParameterizedTest
  @EnumSource(InFlight.class)
  void a_switch_by_hand_loses_nothing(InFlight inFlight) {
    Lab lab = slowLab(inFlight, "web");
    send(lab.vm("web"), lab, 1, 100);

    lab.host().aggregator().switchTo("p1");
    lab.advance(LONG);

    assertThat(numbers(lab.wire().received())).containsExactlyInAnyOrderElementsOf(range(1, 100));
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void packets_on_the_wire_are_delivered() {
    Lab lab = labs.open();
    lab.cable("p0").toNetwork().setLatency(Duration.ofMillis(5));
    send(lab.vm("vm1"), lab, 1, 3);

    lab.host().pnic("p0").fail();
    lab.advance(Duration.ofMillis(5));

    assertThat(numbers(lab.wire().received())).containsExactly(1, 2, 3);
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void packets_in_its_receive_rings_are_lost() {
    Lab lab = labs.open();
    VirtualMachine web = lab.vm("vm1");
    web.pause();
    for (int i = 1; i <= 100; i++) {
      lab.wire().send(number(i, web));
    }

    lab.host().pnic("p0").fail();
    web.resume();
    lab.wire().send(number(101, web));

    assertThat(numbers(web.received())).containsExactly(101);
    assertThat(lab.host().pnic("p0").account().dropped(DropReason.PNIC_FAILED)).isEqualTo(100);
    assertThat(losses(lab)).containsOnlyKeys(DropReason.PNIC_FAILED);
  }

  @Test
  void packets_in_guest_memory_stay_there() {
    Lab lab = labs.open();
    VirtualMachine web = lab.vm("vm1");
    for (int i = 1; i <= 3; i++) {
      lab.wire().send(number(i, web));
    }

    lab.host().pnic("p0").fail();

    assertThat(numbers(web.received())).containsExactly(1, 2, 3);
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void packets_that_come_to_a_dead_nic_are_lost_in_it() {
    Lab lab = labs.open();
    lab.vm("vm1").announce(); // else the switch floods
    lab.host().pnic("p0").hang(); // nobody has noticed

    Packet lost = lab.wire().send(number(1, lab.vm("vm1")));

    assertThat(lab.trace(lost).last())
        .hasToString("#9    PNIC              p0              DROPPED PNIC_FAILED: p0 (hung)");
  }

  @Test
  void packets_for_a_guest_of_the_same_host_reach_it_through_the_virtual_switch() {
    Lab lab = slowLab(InFlight.RESEND, "a", "b");
    VirtualMachine a = lab.vm("a");
    VirtualMachine b = lab.vm("b");
    send(a, lab, 1, 2); // the card is busy
    Packet waiting = a.send(number(3, b));
    assertThat(numbers(b.received())).isEmpty();

    lab.host().pnic("p0").fail();

    assertThat(numbers(b.received())).containsExactly(3);
    assertThat(lab.trace(waiting).passed(Stage.VIRTUAL_SWITCH)).isTrue();
    lab.advance(LONG);
    assertThat(numbers(b.received())).containsExactly(3);
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void packets_of_a_switched_guest_for_one_with_direct_access_reach_it_too() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(2)
                    .vms("direct")
                    .vm(dev.ringside.host.VmSpec.named("switched").switched()));
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    VirtualMachine switched = lab.vm("switched");
    send(switched, lab, 1, 2);
    switched.send(number(3, lab.vm("direct")));

    lab.host().pnic("p0").fail();
    lab.advance(LONG);

    assertThat(numbers(lab.vm("direct").received())).containsExactly(3);
    assertThat(numbers(lab.wire().received())).containsExactlyInAnyOrder(1, 2);
    assertThat(lab.host().virtualSwitch().portOf(switched.mac(), 1))
        .hasToString("port switched (all vlans, native 1)");
  }

  @Test
  void a_broadcast_that_was_not_sent_reaches_everybody_once() {
    Lab lab = slowLab(InFlight.RESEND, "a", "b", "c");
    VirtualMachine a = lab.vm("a");
    send(a, lab, 1, 2);
    a.send(Packets.udp().from(a).toMac(MacAddress.BROADCAST).to("198.18.255.255").port(3));

    lab.host().pnic("p0").fail();
    lab.advance(LONG);

    assertThat(lab.vm("a").stack().account().received()).isZero();
    assertThat(lab.vm("b").stack().account().received()).isEqualTo(1);
    assertThat(lab.vm("c").stack().account().received()).isEqualTo(1);
    assertThat(numbers(lab.wire().received())).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void packets_of_a_nic_that_was_repaired_meanwhile_are_not_sent_twice() {
    Lab lab = slowLab(InFlight.RESEND, "web");
    send(lab.vm("web"), lab, 1, 50);
    lab.host().pnic("p0").fail();
    lab.host().pnic("p0").repair();
    lab.advance(LONG);

    assertThat(numbers(lab.wire().received())).containsExactlyInAnyOrderElementsOf(range(1, 50));
    assertThat(lab.host().pnic("p0").unsent()).isZero();
  }

  @Test
  void a_link_that_comes_back_before_it_counts_as_down_sends_what_has_waited() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(2)
                    .vms("web")
                    .aggregator(AggregatorConfig.DEFAULT.withDownDelay(Duration.ofMillis(100))));
    lab.host().pnic("p0").linkDown();
    send(lab.vm("web"), lab, 1, 10);
    lab.advance(Duration.ofMillis(50));
    assertThat(numbers(lab.wire().received())).isEmpty();

    lab.host().pnic("p0").linkUp();
    lab.advance(LONG);

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 10));
    assertThat(lab.host().aggregator().activeName()).isEqualTo("p0");
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void what_is_lost_is_lost_at_once_even_if_the_nic_is_repaired_meanwhile() {
    Duration step = Duration.ofMillis(1);
    Lab lab = slowLab(InFlight.LOSE, "web");
    lab.host().aggregator().configure(lab.host().aggregator().config().withStepDelay(step));
    send(lab.vm("web"), lab, 1, 100);

    lab.host().pnic("p0").fail();
    lab.advance(step);
    assertThat(lab.ledger().dropped(DropReason.PNIC_FAILED)).isEqualTo(99);
    lab.host().pnic("p0").repair();
    lab.advance(LONG);

    assertThat(numbers(lab.wire().received())).containsExactly(1);
  }

  @Test
  void the_trace_of_a_packet_says_that_it_was_taken_back() {
    Lab lab = slowLab(InFlight.RESEND);
    VirtualMachine web = lab.host().addVm(dev.ringside.host.VmSpec.named("web").switched());
    send(web, lab, 1, 1);
    Packet second = web.send(number(2, lab.wire()));

    lab.host().pnic("p0").fail();

    assertThat(lab.trace(second).toString()).contains("aggr0           PASSED: taken back");
  }

  /** All four rings together are more than the host's ring of p1 takes. */
  @Test
  void a_nic_that_fails_with_most_of_it_still_held_is_followed_at_once() {
    Lab lab = labs.open(host -> host.pnics(3).virtualFunctions(4).vms("a", "b", "c", "d"));
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    lab.cable("p1").toNetwork().setBandwidth(SLOW_CABLE);
    for (int vm = 0; vm < 4; vm++) {
      send(lab.host().vms().get(vm), lab, 1 + 500 * vm, 500 + 500 * vm);
    }
    lab.host().pnic("p0").fail();
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.SWAPPED);

    lab.host().pnic("p1").fail();

    assertThat(lab.host().aggregator().activeName()).isEqualTo("p2");
    lab.advance(LONG);
    assertThat(numbers(lab.wire().received())).hasSize(2_000);
    assertThat(losses(lab)).isEmpty();
  }
}
