// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.TestLabs.range;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.Host;
import dev.ringside.host.InlineBridge;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.Packets;
import dev.ringside.ring.PollingConfig;
import dev.ringside.trace.DropReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two cards joined inline, without any monitor. */
class InlineBridgeTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  @Test
  void joins_two_networks_so_that_stations_on_both_sides_reach_each_other() {
    MonitorBench bench = new MonitorBench(labs);

    bench.lab.wire().send(Packets.icmp().to(bench.beyond));

    assertThat(bench.lab.wire().received()).anyMatch(packet -> packet.icmpType() == 0);
    assertThat(losses(bench.lab)).isEmpty();
  }

  @Test
  void leaves_bytes_as_they_are_tags_and_all() {
    MonitorBench bench = new MonitorBench(labs);
    PacketSpec spec = Packets.udp().to(bench.beyond).port(5).vlan(100).payloadSize(700);
    Packet sent = bench.lab.wire().send(spec);

    assertThat(bench.beyond.received()).anyMatch(sent::hasSameBytes);
  }

  @Test
  void lets_packets_wait_within_bounds_when_the_transmit_ring_is_full() {
    NicConfig small =
        NicConfig.DEFAULT.withRingCapacity(4).withPolling(new PollingConfig(0, 1, true));
    MonitorBench bench = new MonitorBench(labs, small, 2);
    bench.sendOther(99);
    bench.beyond.inbox().clear();
    bench.lab.cable("p1").toNetwork().setBandwidth(1_000_000);
    bench.lab.expectDrops(DropReason.RING_FULL);

    bench.sendOther(1, 20);

    // one on the wire, 4 in the transmit ring, 2 in the bridge, one pulled, 4 in the receive ring
    assertThat(bench.host.pnic("p1").transmitRing().size()).isEqualTo(4);
    assertThat(bench.bridge.forward().waiting()).isEqualTo(2);
    assertThat(bench.host.pnic("p0").receiveRing(0).size()).isEqualTo(4);
    assertThat(losses(bench.lab)).isEqualTo(Map.of(DropReason.RING_FULL, 8L));
    bench.lab.advance(Duration.ofSeconds(1));
    assertThat(bench.othersBeyond()).isEqualTo(range(1, 12));
    assertThat(bench.bridge.forward().bridged()).isEqualTo(bench.bridge.forward().account().sent());
  }

  @Test
  void lets_packets_wait_in_the_receive_ring_where_the_bridge_has_no_room_at_all() {
    MonitorBench bench = new MonitorBench(labs, NicConfig.DEFAULT.withRingCapacity(4), 0);
    bench.sendOther(99);
    bench.beyond.inbox().clear();
    bench.lab.cable("p1").toNetwork().setBandwidth(1_000_000);

    bench.sendOther(1, 8);
    bench.lab.advance(Duration.ofSeconds(1));

    assertThat(bench.othersBeyond()).isEqualTo(range(1, 8));
  }

  @Test
  void has_no_uplink_while_the_other_card_is_down_and_works_again_when_it_is_repaired() {
    MonitorBench bench = new MonitorBench(labs);
    bench.sendOther(1);
    bench.host.pnic("p1").fail();

    bench.sendOther(2, 3);
    bench.host.pnic("p1").repair();
    bench.sendOther(4);

    assertThat(bench.othersBeyond()).containsExactly(1, 4);
    assertThat(losses(bench.lab)).isEqualTo(Map.of(DropReason.NO_UPLINK, 2L));
    assertThat(bench.bridge.forward().account().dropped(DropReason.NO_UPLINK)).isEqualTo(2);
  }

  @Test
  void loses_what_waits_when_the_other_card_goes_down() {
    MonitorBench bench = new MonitorBench(labs, NicConfig.DEFAULT.withRingCapacity(2), 8);
    bench.sendOther(99);
    bench.lab.cable("p1").toNetwork().setBandwidth(1_000_000);
    bench.sendOther(1, 8);

    bench.host.pnic("p1").linkDown();

    assertThat(losses(bench.lab))
        .isEqualTo(Map.of(DropReason.NO_UPLINK, 5L, DropReason.PNIC_FAILED, 2L));
    assertThat(bench.bridge.forward().waiting()).isZero();
  }

  @Test
  void is_as_before_once_it_is_closed() {
    MonitorBench bench = new MonitorBench(labs);
    bench.sendOther(1);

    bench.bridge.close();
    bench.bridge.close();
    bench.sendOther(2);

    assertThat(bench.bridge.isOpen()).isFalse();
    assertThat(bench.othersBeyond()).containsExactly(1);
    assertThat(bench.lab.externalSwitch().port("p1").isUp()).isTrue();
    assertThat(bench.host.bridge("p1", "p0").name()).isEqualTo("p1-p0");
  }

  @Test
  void refuses_cards_that_have_something_else_to_do() {
    Lab aggregated = labs.open(h -> h.pnics(2));
    assertThatThrownBy(() -> aggregated.host().bridge("p0", "p1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "cannot bridge p0: it is a member of aggr0; build host h1 with aggregation(NONE)");
    Host busy = labs.open(h -> h.pnics(3).aggregation(Aggregation.NONE).vms("web")).host();
    assertThatThrownBy(() -> busy.bridge("p0", "p1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "cannot bridge p0 of host h1: VM 'web' reaches the network through it; bridge two"
                + " other NICs, or give the VM a virtual function");
    busy.bridge("p1", "p2");
    assertThatThrownBy(() -> busy.bridge("p2", "p1"))
        .hasMessage("p2 is part of bridge p1-p2 already; close that first");
  }

  @Test
  void refuses_to_join_a_card_with_itself_or_one_that_is_not_there() {
    Host host = labs.open(h -> h.pnics(2).aggregation(Aggregation.NONE)).host();

    assertThatThrownBy(() -> host.bridge("p0", "p0"))
        .hasMessage("cannot bridge p0 of host h1 with itself; name two");
    assertThatThrownBy(() -> host.bridge("p0", "p7"))
        .hasMessage("no PNIC named 'p7' on host h1; it has [p0, p1]");
    assertThatThrownBy(() -> host.bridge("p0", "p1", -1))
        .hasMessage("a bridge in which -1 packets can wait: say 0 or more");
  }

  @Test
  void refuses_guests_that_would_reach_the_network_through_it() {
    Host host = labs.open(h -> h.pnics(2).virtualFunctions(1).aggregation(Aggregation.NONE)).host();
    InlineBridge bridge = host.bridge("p0", "p1");

    assertThat(host.addVm(VmSpec.named("direct")).directAccessThrough()).isEqualTo("p0");
    assertThatThrownBy(() -> host.addVm(VmSpec.named("web").switched()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "cannot start VM 'web' on host h1: it would reach the network through p0, which is part"
                + " of bridge p0-p1; close that first, or give the VM a virtual function");
    assertThat(host.hasVm("web")).isFalse();

    bridge.close();
    assertThat(host.addVm(VmSpec.named("web").switched()).name()).isEqualTo("web");
  }

  @Test
  void leaves_guests_their_virtual_functions() {
    Lab lab =
        labs.open(h -> h.pnics(2).virtualFunctions(1).aggregation(Aggregation.NONE).vms("web"));
    lab.host().bridge("p0", "p1");

    lab.wire().send(TestLabs.number(1, lab.vm("web")));

    assertThat(TestLabs.numbers(lab.vm("web").received())).isEqualTo(List.of(1));
  }

  @Test
  void stands_beside_steering_and_monitors_on_the_same_card() {
    besideSteering(NicConfig.DEFAULT);
  }

  @Test
  void stands_beside_steering_that_contains_in_software() {
    besideSteering(NicConfig.DEFAULT.withStandbyRings(0));
  }

  private void besideSteering(NicConfig nic) {
    MonitorBench bench = new MonitorBench(labs, nic, 8);
    Monitor monitor = bench.host.monitor(MonitorBench.web(), userMemory(slots(8)));
    bench.host.steering().contain(Packets.udp().port(666));

    bench.sendWeb(1, 2);
    bench.sendOther(666);
    bench.sendOther(3, 5);

    assertThat(monitor.captured()).hasSize(2);
    assertThat(bench.othersBeyond()).containsExactly(3, 4, 5);
    assertThat(losses(bench.lab)).isEmpty();
  }

  @Test
  void gives_cards_their_settings_back_once_it_is_closed() {
    Lab lab =
        labs.open(
            h ->
                h.pnics(2)
                    .nic(NicConfig.DEFAULT.withReceiveRings(4))
                    .aggregation(Aggregation.NONE)
                    .vms());
    PhysicalNic p0 = lab.host().pnic("p0");
    p0.classifier().setDefaultRing(2);
    p0.filter().setPromiscuous(true);

    InlineBridge bridge = lab.host().bridge("p0", "p1");
    assertThat(p0.classifier().defaultRing()).isZero();
    bridge.close();

    assertThat(p0.classifier().defaultRing()).isEqualTo(2);
    assertThat(p0.filter().isPromiscuous()).isTrue();
    assertThat(lab.host().pnic("p1").classifier().defaultRing()).isNull();
    assertThat(lab.host().pnic("p1").filter().isPromiscuous()).isFalse();
  }

  @Test
  void lets_packets_wait_in_the_receive_ring_beside_software_containment_too() {
    NicConfig small = NicConfig.DEFAULT.withRingCapacity(4).withStandbyRings(0);
    MonitorBench bench = new MonitorBench(labs, small, 0);
    bench.host.steering().contain(Packets.udp().port(666));
    bench.sendOther(99);
    bench.beyond.inbox().clear();
    bench.lab.cable("p1").toNetwork().setBandwidth(1_000_000);

    bench.sendOther(1, 8);
    bench.lab.advance(Duration.ofSeconds(1));

    assertThat(bench.othersBeyond()).isEqualTo(range(1, 8));
  }
}
