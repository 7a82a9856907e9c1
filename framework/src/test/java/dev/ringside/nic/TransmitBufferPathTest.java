// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static dev.ringside.TestLabs.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.aggregate.InFlight;
import dev.ringside.host.VmSpec;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.TransmitBuffer;
import dev.ringside.memory.TransmitBufferPolicies;
import dev.ringside.memory.TransmitBufferRequest;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.packet.Packets;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets take a transmit buffer with their slot of a transmit ring. */
class TransmitBufferPathTest {

  private static final long SLOW_CABLE = 1_000_000; // 672 us for a short frame
  private static final Duration LONG = Duration.ofSeconds(30);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab slowLab(int buffers, String... vms) {
    return slowLab(NumaTopology.nodes(1).buffers(buffers), InFlight.RESEND, vms);
  }

  private Lab slowLab(NumaTopology numa, InFlight inFlight, String... vms) {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(4)
                    .vms(vms)
                    .numa(numa)
                    .aggregator(AggregatorConfig.DEFAULT.withInFlight(inFlight)));
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    return lab;
  }

  private static void send(Lab lab, String from, int first, int last) {
    for (int i = first; i <= last; i++) {
      lab.vm(from).send(number(i, lab.wire()));
    }
  }

  private static TransmitBuffers pool(Lab lab) {
    return lab.host().transmitBuffers();
  }

  @Test
  void a_packet_has_a_buffer_in_dma_from_the_ring_to_the_wire() {
    Lab lab = slowLab(4, "web");
    send(lab, "web", 1, 3); // the first is on the cable

    assertThat(pool(lab).node(0).inDma()).isEqualTo(2);
    assertThat(pool(lab).node(0).allocated()).isZero();
    lab.advance(LONG);
    assertThat(pool(lab).free()).isEqualTo(4);
    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 3));
  }

  @Test
  void packets_without_a_buffer_wait_in_order_and_say_so() {
    Lab lab = slowLab(2, "web");
    send(lab, "web", 1, 6);
    TransmitRing ring = lab.host().pnic("p0").virtualFunction(0).transmitRing();

    assertThat(ring.size()).isEqualTo(5);
    assertThat(ring.waitingForBuffers()).isEqualTo(3);
    assertThat(lab.waiters()).hasSize(1);
    assertThat(lab.waiters().get(0))
        .hasToString(
            "web waits for 1 transmit buffer of host h1 since PT0S, until one is freed or added");
    lab.advance(LONG);
    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 6));
    assertThat(pool(lab).free()).isEqualTo(2);
    assertThat(lab.waiters()).isEmpty();
  }

  @Test
  void a_single_buffer_is_enough_for_any_number_of_packets() {
    Lab lab = slowLab(1, "web", "db");
    send(lab, "web", 1, 100);
    send(lab, "db", 101, 200);
    lab.advance(LONG);

    List<Integer> arrived = numbers(lab.wire().received());
    assertThat(arrived).containsExactlyInAnyOrderElementsOf(range(1, 200));
    List<Integer> ofWeb = new ArrayList<>(arrived);
    ofWeb.removeIf(number -> number > 100);
    assertThat(ofWeb).isEqualTo(range(1, 100));
  }

  @Test
  void what_waits_is_bounded_by_the_ring() {
    Lab lab = slowLab(1, "web");
    send(lab, "web", 1, 600);

    assertThat(lab.host().pnic("p0").account().dropped(DropReason.RING_FULL)).isEqualTo(87);
    lab.advance(LONG);
    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 513));
  }

  @Test
  void packets_and_applications_wait_in_one_line() {
    Lab lab = slowLab(1, "web", "db");
    TransmitBuffer taken = pool(lab).request("web").granted();
    send(lab, "web", 1, 1);
    TransmitBufferRequest request = pool(lab).request("db");
    send(lab, "db", 2, 2);
    assertThat(lab.waiters()).extracting(Waiter::owner).containsExactly("web", "db", "db");

    taken.release();

    assertThat(numbers(lab.wire().received())).isEmpty(); // it is on the slow cable
    assertThat(request.isGranted()).isTrue();
    assertThat(lab.waiters()).hasSize(1);
    request.granted().release();
    lab.advance(LONG);
    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 2));
  }

  @Test
  void senders_that_wait_get_their_turn_one_packet_each() {
    Lab lab = slowLab(1, "web", "db");
    TransmitBuffer taken = pool(lab).request("web").granted();
    send(lab, "web", 1, 4);
    send(lab, "db", 11, 12);
    taken.release();
    lab.advance(LONG);

    assertThat(numbers(lab.wire().received())).containsExactly(1, 11, 2, 12, 3, 4);
  }

  @Test
  void packets_to_another_guest_of_the_card_need_a_buffer_too() {
    Lab lab = slowLab(1, "web", "db");
    TransmitBuffer taken = pool(lab).request("web").granted();
    lab.vm("web").send(number(1, lab.vm("db")));
    assertThat(numbers(lab.vm("db").received())).isEmpty();

    taken.release();

    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
    assertThat(pool(lab).free()).isEqualTo(1);
  }

  @Test
  void what_leaves_by_the_virtual_switch_takes_its_buffer_as_the_host() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(1)
                    .vm(VmSpec.named("web").switched())
                    .numa(NumaTopology.nodes(2).buffers(1).applications(1, "h1")));
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    send(lab, "web", 1, 4);

    assertThat(pool(lab).free()).isZero();
    assertThat(lab.waiters()).extracting(Waiter::owner).containsExactly("h1");
    lab.advance(LONG);
    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 4));
  }

  @Test
  void the_policy_chooses_for_packets_with_their_own_card() {
    NumaTopology numa =
        NumaTopology.nodes(3).buffers(2).nics(1, "p0").nics(2, "p1").applications(0, "web");
    Lab lab = slowLab(numa, InFlight.RESEND, "web");
    pool(lab).policy(TransmitBufferPolicies.nearNic());
    send(lab, "web", 1, 2);
    assertThat(pool(lab).node(1).inDma()).isEqualTo(1);

    lab.cable("p1").toNetwork().setBandwidth(SLOW_CABLE);
    lab.host().aggregator().switchTo("p1");
    send(lab, "web", 3, 4);

    assertThat(pool(lab).node(1).inDma()).isZero();
    assertThat(pool(lab).node(2).inDma()).isEqualTo(2);
    pool(lab).application("web").moveTo(2); // too late for what is under way
    assertThat(pool(lab).node(2).inDma()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(InFlight.class)
  void buffers_of_a_failed_card_go_back_and_its_packets_are_sent_once_or_lost(InFlight inFlight) {
    Lab lab = slowLab(NumaTopology.nodes(1).buffers(3), inFlight, "web", "db");
    lab.cable("p1").toNetwork().setBandwidth(10 * SLOW_CABLE);
    send(lab, "web", 1, 50);
    send(lab, "db", 51, 100);
    assertThat(pool(lab).free()).isZero();

    lab.host().pnic("p0").fail();
    lab.advance(LONG);

    List<Integer> arrived = numbers(lab.wire().received());
    if (inFlight == InFlight.RESEND) {
      assertThat(arrived).hasSize(100).containsExactlyInAnyOrderElementsOf(range(1, 100));
      assertThat(losses(lab)).isEmpty();
    } else {
      assertThat(arrived).hasSize(1);
      assertThat(lab.ledger().dropped(DropReason.PNIC_FAILED)).isEqualTo(99);
    }
    assertThat(pool(lab).free()).isEqualTo(3);
    assertThat(lab.waiters()).isEmpty();
  }

  @Test
  void flows_keep_their_order_over_a_failover_with_few_buffers() {
    Lab lab = slowLab(2, "web");
    send(lab, "web", 1, 30);
    lab.advance(Duration.ofMillis(3));
    lab.host().aggregator().switchTo("p1");
    send(lab, "web", 31, 40);
    lab.advance(LONG);

    List<Integer> arrived = numbers(lab.wire().received());
    assertThat(arrived).containsExactlyInAnyOrderElementsOf(range(1, 40));
    List<Integer> throughP1 = new ArrayList<>(arrived);
    throughP1.removeIf(number -> number <= 6); // the cable of p0 still carried one
    assertThat(throughP1).isSorted();
  }

  @Test
  void a_card_that_fails_alone_loses_its_packets_and_not_its_buffers() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(1)
                    .virtualFunctions(1)
                    .vms("web")
                    .numa(NumaTopology.nodes(1).buffers(2)));
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    send(lab, "web", 1, 9);
    lab.host().pnic("p0").fail();

    assertThat(pool(lab).free()).isEqualTo(2);
    assertThat(lab.waiters()).isEmpty();
    assertThat(lab.ledger().dropped(DropReason.PNIC_FAILED)).isEqualTo(8);
  }

  @Test
  void a_wait_that_is_cancelled_costs_its_packet_and_no_other() {
    Lab lab = slowLab(1, "web");
    send(lab, "web", 1, 5); // 1 on the cable, 2 has the buffer, 3 waits
    lab.expectDrops(DropReason.CANCELLED);

    assertThat(lab.waiters().get(0).cancel()).isTrue();
    lab.advance(LONG);

    assertThat(numbers(lab.wire().received())).containsExactly(1, 2, 4, 5);
    assertThat(lab.ledger().dropped(DropReason.CANCELLED)).isEqualTo(1);
  }

  @Test
  void what_a_removed_machine_had_sent_is_still_sent() {
    Lab lab = slowLab(1, "web", "db");
    send(lab, "web", 1, 5);
    lab.host().removeVm("web");
    lab.advance(LONG);

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 5));
    assertThat(pool(lab).free()).isEqualTo(1);
    assertThat(lab.waiters()).isEmpty();
  }

  @Test
  void no_buffers_at_all_let_packets_wait_until_some_are_plugged_in() {
    Lab lab = slowLab(0, "web");
    send(lab, "web", 1, 3);
    assertThat(lab.waiters()).hasSize(1);

    pool(lab).addBuffers(0, 1);
    lab.advance(LONG);

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 3));
  }

  @Test
  void a_rate_keeps_the_buffers_of_what_waits_for_it() {
    Lab lab = slowLab(4, "web", "db");
    lab.cable("p0").toNetwork().setBandwidth(0);
    lab.host().pnic("p0").virtualFunction(0).setRate(0, SLOW_CABLE);
    send(lab, "web", 1, 10);
    assertThat(pool(lab).free()).isZero();
    lab.vm("db").send(Packets.udp().to(lab.wire()).port(99));
    assertThat(numbers(lab.wire().received())).containsExactly(1);

    lab.advance(Duration.ofMillis(1));

    assertThat(numbers(lab.wire().received())).contains(2);
    lab.advance(LONG);
    assertThat(numbers(lab.wire().received())).hasSize(11).contains(99);
  }
}
