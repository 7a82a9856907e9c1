// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.interactions;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.assertj.RingsideAssertions.assertThatThrownBy;
import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.properties.interactions.InteractionLabs.LARGE;
import static dev.ringside.properties.interactions.InteractionLabs.SLOW_CABLE;
import static dev.ringside.properties.interactions.InteractionLabs.large;
import static dev.ringside.properties.interactions.InteractionLabs.numbers;
import static dev.ringside.properties.interactions.InteractionLabs.range;
import static dev.ringside.properties.interactions.InteractionLabs.small;

import dev.ringside.Lab;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.aggregate.AggregatorState;
import dev.ringside.aggregate.InFlight;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.host.Host;
import dev.ringside.host.HostBuilder;
import dev.ringside.memory.BlockRequest;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.Quota;
import dev.ringside.memory.TransmitBuffer;
import dev.ringside.memory.TransmitBufferPolicies;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.virt.VnicPath;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules 1, 2 and 16: what a change of the active NIC does to quotas, lists and buffers. */
class FailoverRulesTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @RegisterExtension private final InteractionLabs labs = new InteractionLabs();

  // ---- rule 1: failover and quotas ----

  @Test
  void rule_01_waits_belong_to_targets_and_survive_a_failover_that_loses_what_is_in_the_ring() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("web"));
    Host host = lab.host();
    VirtualMachine web = lab.vm("web");
    Quota quota = host.memory().reserve("web", bytes(2 * LARGE));
    BlockRequest never = quota.request(bytes(1));
    never.block().release();
    for (int i = 1; i <= 5; i++) {
      lab.wire().send(large(i, web));
    }
    BlockRequest request = quota.request(bytes(2_000)); // behind the packet at the head of the ring
    Waiter ofPacket = lab.waiters().get(0);
    Waiter ofRequest = lab.waiters().get(1);
    assertThat(quota).hasWaiters(2).hasUsed(2 * LARGE);

    host.pnic("p0").fail();

    assertThat(numbers(web.received())).as("granted before, so they stay").isEqualTo(range(1, 2));
    assertThat(quota).as("nothing has leaked").hasUsed(2 * LARGE).hasLive(2);
    assertThat(ofPacket.isCancelled()).as("its packet is lost").isTrue();
    assertThat(host.pnic("p0").account().dropped(DropReason.PNIC_FAILED)).isEqualTo(3);
    assertThat(ofRequest.isWaiting()).as("it is of the target, not of the NIC").isTrue();
    assertThat(lab.waiters()).containsExactly(ofRequest);
    assertThat(quota.waiters()).containsExactly(ofRequest);

    web.inbox().release(2);
    assertThat(request.isGranted()).isTrue();
    assertThat(quota).hasUsed(2_000).hasWaiters(0);
  }

  @Test
  void rule_01_the_ring_on_the_next_pnic_is_of_the_same_target_and_goes_on_with_the_same_used() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("web"));
    Host host = lab.host();
    VirtualMachine web = lab.vm("web");
    Quota quota = host.memory().reserve("web", bytes(2 * LARGE));
    lab.wire().send(large(1, web));
    lab.wire().send(large(2, web));
    host.pnic("p0").fail();

    lab.wire().send(large(3, web));

    assertThat(host.memory().quota("web")).isSameAs(quota);
    assertThat(quota).isWaiting().forBytes(LARGE).hasUsed(2 * LARGE);
    assertThat(quota.waiters().get(0))
        .hasToString(
            "p1/vf0/rx0 waits for 1442 bytes of memory of web since PT0S, until a release of memory"
                + " of web, or a higher limit");
    web.inbox().release(1);
    assertThat(numbers(web.received())).isEqualTo(range(1, 3));
    assertThat(quota).isNotWaiting().hasUsed(2 * LARGE).hasNeverUsedMoreThan(2 * LARGE);
    web.inbox().release(2);
    assertThat(quota).hasUsed(0).hasLive(0);
  }

  // ---- rule 2: failover and lists of active NICs ----

  @Test
  void rule_02_the_aggregator_owns_the_mode_so_one_pnic_never_serves_both_policies() {
    Lab active = labs.open(host -> spread(host.pnics(2).virtualFunctions(1)).vms("web"));
    Lab standby = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("web"));

    assertThat(active.host().aggregator().aggregation()).isEqualTo(Aggregation.ACTIVE_ACTIVE);
    assertThat(active.host().pnics()).allMatch(PhysicalNic::isActive);
    assertThatThrownBy(() -> active.host().aggregator().switchTo("p1"))
        .hasMessage(
            "cannot switch to p1: the aggregation is active/active, so every healthy NIC is active"
                + " already");
    assertThat(standby.host().aggregator().aggregation()).isEqualTo(Aggregation.ACTIVE_STANDBY);
    assertThat(standby.host().pnics()).filteredOn(PhysicalNic::isActive).hasSize(1);
    assertThatThrownBy(() -> standby.vm("web").aggregator())
        .hasMessage("VM 'web' has no aggregator; build its host with aggregation(ACTIVE_ACTIVE)");
  }

  @Test
  void rule_02_a_list_of_one_is_direct_access_as_in_active_standby() {
    Lab active = labs.open(host -> spread(host.pnics(3).virtualFunctions(1)).vms("web"));
    Lab standby = labs.open(host -> host.pnics(3).virtualFunctions(1).vms("web"));

    for (Lab lab : List.of(active, standby)) {
      lab.host().pnic("p0").fail();
      lab.host().pnic("p1").fail();
      VirtualMachine web = lab.vm("web");
      Packet out = web.send(small(1, lab.wire()));
      Packet in = lab.wire().send(small(2, web));

      assertThat(web).hasDirectAccessThrough("p2");
      assertThat(lab.host().vnic("web").path()).isEqualTo(VnicPath.DIRECT);
      assertThat(lab.host().aggregator()).isNormal().hasActive("p2");
      for (Packet packet : List.of(out, in)) {
        assertThat(lab.trace(packet))
            .reached(Stage.VIRTUAL_FUNCTION, "p2/vf0")
            .neverPassed(Stage.VIRTUAL_SWITCH)
            .wasDelivered();
      }
    }
    assertThat(active.vm("web").aggregator()).hasPorts("p2");
  }

  @Test
  void rule_02_the_last_failure_goes_to_no_uplink_and_the_virtual_switch() {
    Lab active = labs.open(host -> spread(host.pnics(2).virtualFunctions(2)).vms("web", "db"));
    Lab standby = labs.open(host -> host.pnics(2).virtualFunctions(2).vms("web", "db"));

    for (Lab lab : List.of(active, standby)) {
      lab.host().pnic("p0").fail();
      lab.host().pnic("p1").fail();
      VirtualMachine web = lab.vm("web");
      Packet out = web.send(small(1, lab.wire()));
      Packet inside = web.send(small(2, lab.vm("db")));

      assertThat(lab.host().aggregator()).isIn(AggregatorState.NO_UPLINK).hasNoneActive();
      assertThat(lab.host().vnic("web").path()).isEqualTo(VnicPath.SWITCHED);
      assertThat(lab.trace(out)).wasDropped(DropReason.NO_UPLINK);
      assertThat(lab.trace(inside)).passed(Stage.VIRTUAL_SWITCH).wasDelivered();
      assertThat(numbers(lab.vm("db").received())).containsExactly(2);
    }
    assertThat(active.vm("web").aggregator()).hasNoPorts();
  }

  private static HostBuilder spread(HostBuilder host) {
    return host.portSelection(PortSelectionPolicies.roundRobin());
  }

  // ---- rule 16: transmit buffers with lists of active NICs and failover ----

  private static NumaTopology nicsApart(int buffers) {
    return NumaTopology.nodes(3)
        .buffers(buffers)
        .nics(1, "p0")
        .nics(2, "p1")
        .applications(0, "web");
  }

  @Test
  void rule_16_the_list_selects_the_pnic_first_and_then_a_buffer_near_it() {
    Lab lab =
        labs.open(host -> spread(host.pnics(2).virtualFunctions(1)).vms("web").numa(nicsApart(8)));
    TransmitBuffers pool = lab.host().transmitBuffers().policy(TransmitBufferPolicies.nearNic());
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    lab.cable("p1").toNetwork().setBandwidth(SLOW_CABLE);
    for (int packet = 0; packet < 4; packet++) {
      for (int connection = 1; connection <= 2; connection++) {
        lab.vm("web").send(udp().to(lab.wire()).fromPort(connection).port(9));
      }
    }

    // By round robin connection 1 goes through p0 and 2 through p1; a packet is on each cable.
    assertThat(pool).hasInDma(0, 0).hasInDma(1, 3).hasInDma(2, 3);
    lab.advance(LONG);
    assertThat(pool).hasAllFree();
  }

  @Test
  void rule_16_after_a_failover_buffers_stay_valid_and_new_requests_use_the_node_of_the_next() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("web").numa(nicsApart(2)));
    TransmitBuffers pool = lab.host().transmitBuffers().policy(TransmitBufferPolicies.nearNic());
    TransmitBuffer before = pool.request("web").granted();
    assertThat(before).isOnNode(1).isFor("p0").isAllocated();

    lab.host().pnic("p0").fail();

    assertThat(before).as("remote now, but valid").isOnNode(1).isAllocated();
    assertThat(pool.request("web").granted()).isOnNode(2).isFor("p1");
    before.beginDma();
    before.completeDma();
    assertThat(before).isFree();
    assertThat(pool).hasFree(1, 2).hasFree(2, 1);
  }

  @ParameterizedTest
  @EnumSource(InFlight.class)
  void rule_16_buffers_queued_on_the_failed_pnic_return_or_are_sent_again_exactly_once(
      InFlight inFlight) {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(1)
                    .vms("web")
                    .numa(nicsApart(8))
                    .aggregator(
                        AggregatorConfig.DEFAULT.withInFlight(inFlight).withAnnouncements(0)));
    TransmitBuffers pool = lab.host().transmitBuffers().policy(TransmitBufferPolicies.nearNic());
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    lab.cable("p1").toNetwork().setBandwidth(SLOW_CABLE);
    for (int i = 1; i <= 6; i++) {
      lab.vm("web").send(small(i, lab.wire()));
    }
    assertThat(pool).as("the first is on the cable").hasInDma(1, 5);

    lab.host().pnic("p0").fail();

    boolean again = inFlight == InFlight.RESEND;
    assertThat(pool).hasFree(1, 8).hasInDma(2, again ? 4 : 0);
    lab.advance(LONG);
    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, again ? 6 : 1));
    assertThat(lab).dropped(DropReason.PNIC_FAILED, again ? 0 : 5);
    assertThat(pool).hasAllFree();
  }
}
