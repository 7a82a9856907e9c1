// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.TestLabs.range;
import static dev.ringside.aggregate.Connections.send;
import static dev.ringside.aggregate.Connections.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.Connection;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.Packets;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import dev.ringside.virt.VnicPath;
import dev.ringside.vm.VirtualMachine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host whose NICs are all active, from the wire to the guests and back. */
class ActiveActiveTest {

  private static final long SLOW_CABLE = 1_000_000; // 672 us for a short frame
  private static final Duration LONG = Duration.ofSeconds(30);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab(int pnics, int functions, String... vms) {
    return labs.open(
        host ->
            host.pnics(pnics)
                .virtualFunctions(functions)
                .vms(vms)
                .portSelection(PortSelectionPolicies.roundRobin()));
  }

  /** A packet of a connection that carries a number. */
  private static PacketSpec numbered(int connection, int number, Lab lab) {
    return Packets.udp()
        .to(lab.wire())
        .fromPort(connection)
        .port(53)
        .payload(Integer.toString(number));
  }

  private static List<Integer> numbersOf(int connection, Lab lab) {
    List<Integer> numbers = new ArrayList<>();
    for (Packet packet : lab.wire().received()) {
      if (packet.sourcePort() == connection) {
        numbers.add(Integer.parseInt(new String(packet.payload(), StandardCharsets.US_ASCII)));
      }
    }
    return numbers;
  }

  // ---- paths ----

  @Test
  void a_guest_has_a_function_of_each_active_nic() {
    Lab lab = lab(3, 2, "web", "db");

    for (PhysicalNic nic : lab.host().pnics()) {
      assertThat(nic.isActive()).isTrue();
      assertThat(nic.boundFunctions())
          .extracting(VirtualFunction::owner)
          .containsExactly("web", "db");
    }
    assertThat(lab.vm("web").aggregator().ports()).containsExactly("p0", "p1", "p2");
    assertThat(lab.vm("web").hasDirectAccessThrough("p2")).isTrue();
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NORMAL);
    assertThat(lab.host().aggregator().activeNames()).containsExactly("p0", "p1", "p2");
    assertThat(lab.host().vnic("web").path()).isEqualTo(VnicPath.DIRECT);
  }

  @Test
  void connections_are_spread_and_stay_where_they_are() {
    Lab lab = lab(2, 2, "web");
    VirtualMachine web = lab.vm("web");

    Connection a = send(web, lab, 1);
    Connection b = send(web, lab, 2);
    send(web, lab, 1);
    send(web, lab, 2);

    assertThat(through(web, a)).isEqualTo("p0");
    assertThat(through(web, b)).isEqualTo("p1");
    assertThat(lab.host().pnic("p0").counters().sentPackets()).isEqualTo(2);
    assertThat(lab.host().pnic("p1").counters().sentPackets()).isEqualTo(2);
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void a_packet_passes_the_vnic_and_the_function_of_its_nic_and_no_switch_of_the_host() {
    Lab lab = lab(2, 2, "web");
    VirtualMachine web = lab.vm("web");
    send(web, lab, 1);
    Packet packet = web.send(Packets.udp().to(lab.wire()).fromPort(7).port(53));

    assertThat(lab.trace(packet).toString())
        .contains("web/vnic0.p1", "p1/vf0")
        .doesNotContain("vswitch", "aggr0/hold");
    assertThat(lab.trace(packet).passed(Stage.VIRTUAL_SWITCH)).isFalse();
  }

  @Test
  void answers_come_in_by_any_nic_to_the_one_interface_of_the_guest() {
    Lab lab = lab(2, 2, "web");
    VirtualMachine web = lab.vm("web");
    for (int i = 1; i <= 40; i++) {
      lab.wire().send(Packets.udp().to(web).fromPort(i).port(53));
    }

    assertThat(web.received()).hasSize(40);
    assertThat(lab.host().pnic("p0").counters().receivedPackets()).isBetween(8L, 32L);
    assertThat(lab.host().pnic("p1").counters().receivedPackets()).isBetween(8L, 32L);
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void one_nic_alone_is_what_active_standby_is() {
    Lab lab = lab(1, 2, "web");
    VirtualMachine web = lab.vm("web");
    Connection a = send(web, lab, 1);

    assertThat(web.directAccessThrough()).isEqualTo("p0");
    assertThat(through(web, a)).isEqualTo("p0");
    assertThat(lab.host().virtualSwitch().port("web").isUp()).isFalse();
    lab.host().pnic("p0").fail();
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NO_UPLINK);
    send(web, lab, 1);
    assertThat(lab.ledger().dropped(DropReason.NO_UPLINK)).isEqualTo(1);
    lab.host().pnic("p0").repair();
    send(web, lab, 1);
    assertThat(web.directAccessThrough()).isEqualTo("p0");
    assertThat(lab.wire().received().stream().filter(p -> p.destinationPort() == 53)).hasSize(2);
  }

  // ---- failure ----

  @Test
  void only_the_connections_of_the_failed_nic_move_and_at_their_next_packet() {
    Lab lab = lab(3, 2, "web");
    VirtualMachine web = lab.vm("web");
    List<Connection> connections =
        List.of(send(web, lab, 1), send(web, lab, 2), send(web, lab, 3), send(web, lab, 4));
    assertThat(connections)
        .extracting(c -> through(web, c))
        .containsExactly("p0", "p1", "p2", "p0");

    lab.host().pnic("p1").fail();

    assertThat(web.aggregator().ports()).containsExactly("p0", "p2");
    assertThat(web.aggregator().placement(connections.get(1)))
        .hasToString(
            "udp 198.18.0.1:10002 <> 198.18.255.254:53 through p1, which has left the list");
    for (int i = 1; i <= 4; i++) {
      send(web, lab, i);
    }
    assertThat(connections)
        .extracting(c -> through(web, c))
        .containsExactly("p0", "p0", "p2", "p0");
    assertThat(web.aggregator().placements().stream().filter(Placement::stays)).hasSize(3);
    assertThat(lab.journal().events(EventKind.CONNECTION_MOVED)).hasSize(1);
    assertThat(lab.wire().received()).hasSize(8);
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void a_repaired_nic_takes_new_connections_only() {
    Lab lab = lab(2, 2, "web");
    VirtualMachine web = lab.vm("web");
    Connection a = send(web, lab, 1);
    Connection b = send(web, lab, 2);
    lab.host().pnic("p0").fail();
    send(web, lab, 1);
    lab.host().pnic("p0").repair();
    send(web, lab, 1);
    send(web, lab, 2);
    Connection c = send(web, lab, 3);
    Connection d = send(web, lab, 4);

    assertThat(through(web, a)).isEqualTo("p1");
    assertThat(through(web, b)).isEqualTo("p1");
    assertThat(List.of(through(web, c), through(web, d))).containsExactlyInAnyOrder("p0", "p1");
    assertThat(lab.host().pnic("p0").boundFunctions()).hasSize(1);
  }

  @Test
  void a_nic_that_is_put_in_joins_with_its_mapping_made() {
    Lab lab = lab(1, 2, "web");
    VirtualMachine web = lab.vm("web");
    Connection a = send(web, lab, 1);

    lab.host().addPnic();
    send(web, lab, 1);
    Connection b = send(web, lab, 2);

    assertThat(web.aggregator().ports()).containsExactly("p0", "p1");
    assertThat(through(web, a)).isEqualTo("p0");
    assertThat(through(web, b)).isEqualTo("p1");
    List<String> events = lab.journal().events().stream().map(Object::toString).toList();
    assertThat(indexOf(events, "function mapped web, p1"))
        .isLessThan(indexOf(events, "port joined web, p1"))
        .isNotNegative();
  }

  private static int indexOf(List<String> lines, String text) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    return -1;
  }

  @ParameterizedTest
  @EnumSource(InFlight.class)
  void what_the_failed_nic_had_not_sent_is_sent_once_or_lost(InFlight inFlight) {
    Lab lab = lab(2, 2, "web", "db");
    lab.host().aggregator().setInFlight(inFlight);
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    lab.cable("p1").toNetwork().setBandwidth(SLOW_CABLE);
    VirtualMachine web = lab.vm("web");
    for (int i = 1; i <= 50; i++) {
      web.send(numbered(1, i, lab));
      web.send(numbered(2, i, lab));
    }

    lab.host().pnic("p0").fail();
    web.send(numbered(1, 51, lab));
    web.send(numbered(2, 51, lab));
    lab.advance(LONG);

    assertThat(numbersOf(2, lab)).isEqualTo(range(1, 51));
    if (inFlight == InFlight.RESEND) {
      assertThat(numbersOf(1, lab)).isEqualTo(range(1, 51));
      assertThat(losses(lab)).isEmpty();
    } else {
      assertThat(numbersOf(1, lab)).containsExactly(1, 51);
      assertThat(lab.ledger().dropped(DropReason.PNIC_FAILED)).isEqualTo(49);
    }
  }

  @Test
  void full_rings_of_several_guests_are_sent_again_without_loss() {
    Lab lab = lab(2, 4, "a", "b", "c", "d");
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    lab.cable("p1").toNetwork().setBandwidth(10 * SLOW_CABLE);
    for (int vm = 0; vm < 4; vm++) {
      for (int i = 1; i <= 400; i++) {
        lab.host().vms().get(vm).send(numbered(100 + vm, i, lab));
        lab.host().vms().get(vm).send(numbered(200 + vm, i, lab));
      }
    }

    lab.host().pnic("p0").fail();
    lab.advance(LONG);

    for (int vm = 0; vm < 4; vm++) {
      assertThat(numbersOf(100 + vm, lab)).hasSize(400).containsAll(range(1, 400));
      assertThat(numbersOf(200 + vm, lab)).isEqualTo(range(1, 400));
    }
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void when_all_fail_guests_reach_each_other_and_the_first_repaired_serves_them_again() {
    Lab lab = lab(2, 2, "web", "db");
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    send(web, lab, 1);
    lab.host().pnic("p1").fail();
    lab.host().pnic("p0").fail();

    assertThat(web.aggregator().ports()).isEmpty();
    assertThat(web.directAccessThrough()).isNull();
    assertThat(lab.host().aggregator().activeNames()).isEmpty();
    web.send(Packets.udp().to(db).port(5));
    assertThat(db.received()).hasSize(1);
    send(web, lab, 1);
    assertThat(losses(lab)).containsOnlyKeys(DropReason.NO_UPLINK);

    lab.host().pnic("p1").repair();
    assertThat(web.aggregator().ports()).containsExactly("p1");
    lab.host().pnic("p0").repair();
    assertThat(web.aggregator().ports()).containsExactly("p0", "p1");
    send(web, lab, 1);
    assertThat(lab.wire().received().stream().filter(p -> p.destinationPort() == 53)).hasSize(2);
  }

  @Test
  void a_broadcast_of_the_host_that_the_last_nic_had_not_sent_is_lost_with_the_uplink() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(1)
                    .vms("web")
                    .vm(VmSpec.named("s").switched())
                    .portSelection((first, number, ports) -> ports.get(0)));
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    lab.cable("p1").toNetwork().setBandwidth(SLOW_CABLE);
    for (int i = 0; i < 3; i++) {
      lab.vm("s").announce();
    }
    lab.host().pnic("p0").fail();
    assertThat(lab.vm("web").stack().account().received()).isEqualTo(6);
    assertThat(losses(lab)).isEmpty();

    lab.host().pnic("p1").fail();

    assertThat(losses(lab)).containsOnlyKeys(DropReason.NO_UPLINK);
  }

  /** The switch outside may send a connection by the NIC that joins from then on. */
  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void what_waits_in_functions_comes_before_what_comes_by_a_nic_that_joins(int vms) {
    String[] names = new String[vms];
    for (int i = 0; i < vms; i++) {
      names[i] = "vm" + i; // with six, the NIC that joins has no function for the last
    }
    Lab lab = lab(2, 5, names);
    VirtualMachine last = lab.vm(names[vms - 1]);
    last.pause();
    sendToAll(lab, last, 1);
    sendToAll(lab, last, 2);
    lab.host().addPnic();
    sendToAll(lab, last, 3);
    assertThat(lab.host().pnic("p2").counters().receivedPackets()).isPositive();

    last.resume();

    assertThat(last.received()).hasSize(60);
    for (int connection = 1; connection <= 20; connection++) {
      int port = connection;
      assertThat(last.received().stream().filter(packet -> packet.sourcePort() == port))
          .extracting(packet -> new String(packet.payload(), StandardCharsets.US_ASCII))
          .containsExactly("1", "2", "3");
    }
    assertThat(losses(lab)).isEmpty();
  }

  private static void sendToAll(Lab lab, VirtualMachine vm, int number) {
    for (int connection = 1; connection <= 20; connection++) {
      lab.wire()
          .send(
              Packets.udp().to(vm).fromPort(connection).port(53).payload(Integer.toString(number)));
    }
  }

  // ---- the switch outside ----

  @Test
  void the_switch_outside_sees_one_port() {
    Lab lab = lab(2, 2, "web");
    VirtualMachine web = lab.vm("web");
    send(web, lab, 1);
    send(web, lab, 2);

    assertThat(lab.externalSwitch().portOf(web.mac(), 1))
        .hasToString("port aggr0 (all vlans, native 1)");
    assertThat(lab.externalSwitch().portGroup("aggr0").activeLinks()).containsExactly("p0", "p1");
    lab.host().pnic("p0").fail();
    assertThat(lab.externalSwitch().portGroup("aggr0")).hasToString("port group aggr0 [p1]");
    assertThat(lab.externalSwitch().portOf(web.mac(), 1)).isNotNull();
  }

  // ---- what it refuses ----

  @Test
  void there_is_nothing_to_switch_to_and_nothing_to_probe() {
    Lab lab = lab(2, 2, "web");

    assertThatThrownBy(() -> lab.host().aggregator().switchTo("p1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "cannot switch to p1: the aggregation is active/active, so every healthy NIC is active"
                + " already");
    assertThatThrownBy(() -> lab.host().probe(new ProbeConfig(lab.wire().ipv4(), LONG, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "cannot probe aggr0 of host h1: it is active/active, and the switch may send the answer"
                + " to a probe by another NIC than the probe's");
  }

  @Test
  void an_active_standby_host_has_no_such_aggregator() {
    Lab lab = labs.open();

    assertThatThrownBy(() -> lab.vm("vm1").aggregator())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("VM 'vm1' has no aggregator; build its host with aggregation(ACTIVE_ACTIVE)");
    assertThatThrownBy(() -> lab.host().aggregator().hostTraffic())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "aggr0 of host h1 is active/standby and has no traffic to spread; build the host with"
                + " aggregation(ACTIVE_ACTIVE)");
    assertThat(lab.vm("vm1").hasAggregator()).isFalse();
  }

  @Test
  void a_guest_that_ends_gives_all_its_functions_back() {
    Lab lab = lab(3, 2, "web", "db");

    lab.host().removeVm("web");

    for (PhysicalNic nic : lab.host().pnics()) {
      assertThat(nic.boundFunctions()).extracting(VirtualFunction::owner).containsExactly("db");
    }
  }
}
