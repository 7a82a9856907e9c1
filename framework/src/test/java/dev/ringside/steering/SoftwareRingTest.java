// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowDialect;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three guests on the switched path; blue is in VLAN 100. */
class SoftwareRingTest {

  @RegisterExtension private final TestLabs labs = new TestLabs();

  private final Lab lab =
      labs.open(
          host ->
              host.nic(NicConfig.DEFAULT.withRingCapacity(8))
                  .vms("web", "db")
                  .vm(VmSpec.named("blue").vlan(100)));
  private final Host host = lab.host();
  private final VirtualMachine web = lab.vm("web");
  private final VirtualMachine db = lab.vm("db");

  private List<Stage> way(Packet packet) {
    return lab.trace(packet).hops().stream().map(Hop::stage).toList();
  }

  @Test
  void takes_a_steered_guests_packets_past_the_virtual_switch() {
    host.steering().steer("web");
    Packet toWeb = lab.wire().send(udp().to(web).port(9));
    Packet toDb = lab.wire().send(udp().to(db).port(9));

    assertThat(way(toWeb)).contains(Stage.SOFTWARE_RING).doesNotContain(Stage.VIRTUAL_SWITCH);
    assertThat(way(toDb)).contains(Stage.SOFTWARE_RING, Stage.VIRTUAL_SWITCH);
    assertThat(web.received()).hasSize(1);
    assertThat(db.received()).hasSize(1);
    assertThat(host.vnic("web").receiveRing().received()).isEqualTo(1);
  }

  @Test
  void gives_a_guest_the_receive_ring_that_it_is_told() {
    SteeredDestination steered = host.steering().steer("web").toRing(2);
    for (int port = 1; port <= 20; port++) {
      lab.wire().send(udp().to(web).port(port));
    }

    assertThat(host.pnic("p0").receiveRing(2).received()).isEqualTo(20);
    assertThat(host.steering().softwareRing("p0", 2).account().sent()).isEqualTo(20);
    assertThat(web.received()).hasSize(20);
    assertThat(steered.ring()).isEqualTo(2);
    steered.toRing(3);
    lab.wire().send(udp().to(web).port(21));
    assertThat(host.pnic("p0").receiveRing(3).received()).isEqualTo(1);
    assertThat(steered).hasToString("web to ring 3");
  }

  @Test
  void refuses_rings_and_guests_that_there_are_not() {
    SteeredDestination steered = host.steering().steer("web");

    assertThatThrownBy(() -> steered.toRing(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no receive ring 4 on p0; it has 0 to 3");
    assertThat(steered.ring()).isNull();
    assertThatThrownBy(() -> host.steering().steer("mail"))
        .hasMessage("no VM named 'mail' on host h1; it has [web, db, blue]");
    assertThatThrownBy(() -> host.steering().softwareRing("p7", 0))
        .hasMessageStartingWith("no PNIC named 'p7' on host h1");
    assertThatThrownBy(
            () -> host.steering().softwareRing("p0", 0).table().insert(udp(), Destination.ring(0)))
        .hasMessage("software ring p0/sr0 has no ring 0; its destinations have rings of names");
  }

  @Test
  void lets_packets_wait_in_the_hardware_ring_while_it_is_slow() {
    host.steering().steer("web").toRing(1);
    host.steering().softwareRing("p0", 1).pause();
    for (int port = 1; port <= 8 + 65 + 2; port++) {
      lab.wire().send(udp().to(web).port(port));
    }
    assertThat(host.pnic("p0").receiveRing(1).size()).isEqualTo(8);
    assertThat(host.pnic("p0").account().dropped(DropReason.RING_FULL)).isEqualTo(2);
    lab.wire().send(udp().to(db).port(9));
    assertThat(db.received()).hasSize(1);

    host.steering().softwareRing("p0", 1).resume();

    assertThat(web.received()).extracting(Packet::destinationPort).isSorted().hasSize(73);
  }

  @Test
  void leaves_vlans_to_the_port_of_the_virtual_switch() {
    VirtualMachine blue = lab.vm("blue");
    host.steering().steer("blue");
    lab.wire().send(udp().to(blue).vlan(100).port(1));
    lab.wire().send(udp().to(blue).vlan(200).port(2));
    lab.wire().send(udp().to(blue).port(3));

    assertThat(blue.received()).singleElement().matches(p -> p.vlanTagCount() == 0);
  }

  @Test
  void goes_out_of_the_way_when_nothing_is_steered_any_more() {
    SteeredDestination steered = host.steering().steer("web").toRing(1);
    assertThat(host.steering().steer("web")).isSameAs(steered);

    steered.remove();
    steered.remove();
    Packet packet = lab.wire().send(udp().to(web).port(9));

    assertThat(way(packet)).doesNotContain(Stage.SOFTWARE_RING).contains(Stage.VIRTUAL_SWITCH);
    assertThat(host.pnic("p0").classifier().table().isEmpty()).isTrue();
    assertThatThrownBy(() -> host.steering().softwareRing("p0", 1))
        .hasMessage("no software ring pulls from p0/rx1; steer a virtual machine first");
  }

  @Test
  void forgets_a_guest_that_is_removed() {
    host.steering().steer("web");

    host.removeVm("web");

    assertThat(host.steering().destinations()).isEmpty();
  }

  @Test
  void drops_signatures_before_it_steers() {
    host.steering().steer("web");
    host.steering().contain(tcp().syn().port(80));
    host.steering().contain(udp().to(web).port(9));

    lab.wire().send(udp().to(web).port(9));
    lab.wire().send(udp().to(web).port(10));

    assertThat(web.received()).hasSize(1);
    assertThat(lab.ledger().dropped(DropReason.CONTAINED_SW)).isEqualTo(1);
  }

  @Test
  void classifies_by_entries_of_the_users_own_and_mirrors() {
    host.steering().steer("web");
    List<Packet> seen = new java.util.ArrayList<>();
    dev.ringside.trace.Account tap = lab.ledger().open(Stage.QUARANTINE, "tap");
    var target =
        new dev.ringside.flow.RingTarget() {
          @Override
          public String name() {
            return "tap";
          }

          @Override
          public void accept(Packet packet) {
            tap.addReceived();
            tap.addDelivered();
            seen.add(packet);
          }
        };
    for (int i = 0; i < 4; i++) {
      var table = host.steering().softwareRing("p0", i).table();
      table.prepend(udp().port(9), Destination.mirror(Destination.ring(target)));
    }

    lab.wire().send(udp().to(web).port(9));

    assertThat(seen).hasSize(1);
    assertThat(web.received()).hasSize(1);
  }

  @Test
  void contains_all_that_is_for_a_guest_whether_it_is_steered_before_or_after() {
    Lab soft =
        labs.open(h -> h.nic(NicConfig.DEFAULT.withStandbyRings(0)).vms("before", "after", "db"));
    Steering steering = soft.host().steering();
    SteeredDestination unused = steering.steer("before");
    Containment flood = steering.contain(ethernet().toMac(soft.vm("before").mac()));
    steering.contain(ethernet().toMac(soft.vm("after").mac()));
    steering.steer("after");

    for (VirtualMachine vm : soft.host().vms()) {
      soft.wire().send(udp().to(vm).port(9));
    }
    assertThat(soft.ledger().dropped(DropReason.CONTAINED_SW)).isEqualTo(2);
    assertThat(soft.vm("db").received()).hasSize(1);

    flood.remove();
    soft.wire().send(udp().to(soft.vm("before")).port(9));
    assertThat(soft.vm("before").received()).hasSize(1);
  }

  @Test
  void steers_nobody_halfway() {
    host.steering().steer("db");
    var table = host.steering().softwareRing("p0", 3).table();
    table.append(ethernet().toMac(web.mac()), Destination.drop());

    assertThatThrownBy(() -> host.steering().steer("web")).hasMessageContaining("already has");

    assertThat(host.steering().destinations())
        .extracting(SteeredDestination::vm)
        .containsOnly("db");
    assertThat(host.steering().softwareRing("p0", 0).table().size()).isEqualTo(1);
  }

  @Test
  void gives_a_guest_its_ring_on_a_card_that_goes_by_priorities() {
    host.pnic("p0").classifier().setDialect(FlowDialect.PRIORITIES);
    host.steering().steer("web").toRing(2);

    lab.wire().send(udp().to(web).port(9));

    assertThat(host.pnic("p0").receiveRing(2).received()).isEqualTo(1);
    assertThat(web.received()).hasSize(1);
  }

  @Test
  void drops_what_a_matcher_fails_on_as_the_card_does() {
    host.steering().steer("web");
    var table = host.steering().softwareRing("p0", 0).table();
    host.pnic("p0").classifier().setDefaultRing(0);
    table.prepend(
        packet -> {
          if (packet.destinationPort() == 1) {
            throw new AssertionError("not this one");
          }
          throw new IllegalStateException("no idea");
        },
        Destination.drop());

    assertThatThrownBy(() -> lab.wire().send(udp().to(web).port(1))).hasMessage("not this one");
    lab.wire().send(udp().to(web).port(2));

    assertThat(web.received()).isEmpty();
    assertThat(lab.ledger().dropped(DropReason.MALFORMED)).isEqualTo(2);
  }
}
