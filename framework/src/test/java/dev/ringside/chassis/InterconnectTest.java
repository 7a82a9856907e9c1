// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Hop;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where an interconnect sends what: in the chassis, out of it, after one who has left, nowhere. */
class InterconnectTest {

  private static final Duration GRACE = Duration.ofMillis(10);

  @RegisterExtension final TestLabs labs = new TestLabs();

  /** Chassis c1 with blades b1 (web) and b2 (db), whose uplink carries VLAN 100, and c2 with b3. */
  private Lab lab(int vlan, int... ofSecond) {
    LabBuilder builder = Lab.builder();
    ChassisBuilder c1 = builder.chassis("c1").vlans(100);
    c1.blade("b1").vm(VmSpec.named("web").vlan(vlan));
    c1.blade("b2").vm(VmSpec.named("db").vlan(vlan));
    builder.chassis("c2").vlans(ofSecond).blade("b3").vm(VmSpec.named("far").vlan(vlan));
    return labs.open(builder);
  }

  private static String fateOf(Lab lab, Packet packet) {
    Hop last = lab.trace(packet).last();
    return last == null ? "" : last.place() + " " + last.reason() + ": " + last.detail();
  }

  private static Packet send(Lab lab, String from, int number, String to) {
    return lab.vm(from).send(number(number, lab.vm(to)));
  }

  private static void move(Lab lab, String vm, String from, String to, Duration forward) {
    lab.blade(from).tenancy().move(lab.vm(vm), lab.blade(to), forward);
  }

  // ---- who has left ----

  @Test
  void one_who_has_left_is_reached_in_the_other_chassis_where_both_carry_the_vlan() {
    Lab lab = lab(100, 100);
    move(lab, "web", "b1", "b3", Duration.ZERO);

    send(lab, "db", 1, "web");

    assertThat(numbers(lab.vm("web").received())).containsExactly(1);
    assertThat(lab.chassis("c1").switchingTable().bladeOf(lab.vm("web"))).isSameAs(lab.blade("b3"));
    assertThat(lab.chassis("c1").switchingTable().knows(lab.vm("web"))).isTrue();
    assertThat(lab.chassis("c2").switchingTable().knows(lab.vm("db"))).isFalse();
  }

  @Test
  void where_the_other_chassis_does_not_carry_the_vlan_frames_are_sent_after_for_a_time_only() {
    Lab lab = lab(100, 200);
    move(lab, "web", "b1", "b3", GRACE);
    send(lab, "db", 1, "web");
    lab.advance(GRACE.minusNanos(1));
    send(lab, "db", 2, "web");
    lab.advance(Duration.ofNanos(1));

    Packet late = send(lab, "db", 3, "web");

    assertThat(numbers(lab.vm("web").received())).containsExactly(1, 2);
    assertThat(lab.vm("web").received().get(0).vlanTagCount()).isZero();
    assertThat(lab.trace(late).last().reason()).isEqualTo(DropReason.NO_ROUTE);
    assertThat(lab.trace(late).last().detail()).isEqualTo("web on b3, past c1/interconnect");
    lab.ledger().expectDrops(DropReason.NO_ROUTE);
  }

  @Test
  void where_its_own_chassis_does_not_carry_the_vlan_neither() {
    Lab lab = lab(200, 200);
    move(lab, "web", "b1", "b3", GRACE);
    send(lab, "db", 1, "web");
    lab.advance(GRACE);

    Packet late = send(lab, "db", 2, "web");

    assertThat(numbers(lab.vm("web").received())).containsExactly(1);
    assertThat(lab.trace(late).last().reason()).isEqualTo(DropReason.NO_ROUTE);
    lab.ledger().expectDrops(DropReason.NO_ROUTE);
  }

  @Test
  void one_without_a_vlan_gets_the_frame_as_it_is() {
    Lab lab = lab(0, 200);
    move(lab, "web", "b1", "b3", GRACE);

    send(lab, "db", 1, "web");

    assertThat(numbers(lab.vm("web").received())).containsExactly(1);
  }

  @Test
  void the_tables_of_all_chassis_it_was_in_say_where_it_is_until_it_is_no_more() {
    Lab lab = lab(100, 100);
    VirtualMachine web = lab.vm("web");
    long before = lab.topologyVersion();
    move(lab, "web", "b1", "b3", Duration.ZERO);
    assertThat(lab.topologyVersion()).isGreaterThan(before);
    move(lab, "web", "b3", "b2", Duration.ZERO);

    VirtualSwitchingTable first = lab.chassis("c1").switchingTable();
    VirtualSwitchingTable second = lab.chassis("c2").switchingTable();
    assertThat(first.bladeOf(web)).isSameAs(lab.blade("b2"));
    assertThat(second.bladeOf(web)).isSameAs(lab.blade("b2"));
    assertThat(second).hasToString("switching table of chassis c2: [far on b3, web on b2]");
    before = lab.topologyVersion();

    lab.blade("b2").removeVm("web");

    assertThat(lab.topologyVersion()).isGreaterThan(before);
    assertThat(first.bladeOf(web)).isNull();
    assertThat(second.bladeOf(web)).isNull();
    assertThat(first.find(100, web.mac().bits())).isNull();
    assertThat(second.find(100, web.mac().bits())).isNull();
    assertThat(second.entries()).hasToString("[far on b3]");
  }

  @Test
  void every_change_of_place_is_in_the_journal() {
    Lab lab = lab(100, 100);
    move(lab, "web", "b1", "b2", Duration.ZERO);

    assertThat(lab.journal().events(EventKind.LOCATED))
        .startsWith(
            Event.of(EventKind.LOCATED, "web", "b1"),
            Event.of(EventKind.LOCATED, "db", "b2"),
            Event.of(EventKind.LOCATED, "far", "b3"))
        .endsWith(Event.of(EventKind.LOCATED, "web", "b2"));
    assertThatThrownBy(
            () -> lab.chassis("c2").switchingTable().point(lab.vm("web"), lab.blade("b3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the switching table of chassis c2 has no entry of VM 'web'; it has [far on b3]");
  }

  // ---- nobody knows ----

  @Test
  void a_vlan_that_does_not_leave_the_chassis_leads_nowhere_for_those_who_are_not_in_it() {
    Lab lab = lab(200, 200);

    Packet lost = send(lab, "web", 1, "far");

    assertThat(fateOf(lab, lost))
        .isEqualTo("c1/interconnect NO_ROUTE: VLAN 200 does not leave chassis c1");
    assertThat(lab.ledger().violations()).isEmpty();
    lab.ledger().expectDrops(DropReason.NO_ROUTE);
  }

  @Test
  void what_comes_from_outside_for_nobody_does_not_go_back() {
    Lab lab = lab(0, 200);
    MacAddress nobody = MacAddress.of("02:00:5e:10:00:99");

    Packet frame = lab.wire().send(Packets.udp().to(lab.vm("web")).toMac(nobody));

    assertThat(lab.wire().received()).isEmpty();
    assertThat(lab.trace(frame).toString()).doesNotContain("b1", "b2");
  }

  // ---- failing ----

  @Test
  void a_failure_is_told_once() {
    Lab lab = lab(100, 100);
    Interconnect interconnect = lab.chassis("c1").interconnect();
    long before = lab.topologyVersion();
    interconnect.repair(); // it has not failed
    assertThat(lab.topologyVersion()).isEqualTo(before);
    assertThat(interconnect).hasToString("c1/interconnect [b1/p0, b2/p0]");

    interconnect.fail();
    long failed = lab.topologyVersion();
    interconnect.fail();

    assertThat(failed).isGreaterThan(before);
    assertThat(lab.topologyVersion()).isEqualTo(failed);
    assertThat(interconnect).hasToString("c1/interconnect [b1/p0, b2/p0], failed");
    assertThat(lab.journal().events(EventKind.LINK_DOWN))
        .contains(Event.linkDown("c1/interconnect"));
    interconnect.repair();
    assertThat(lab.journal().events(EventKind.LINK_UP)).contains(Event.linkUp("c1/interconnect"));
    send(lab, "web", 1, "db");
    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
  }

  @Test
  void cables_to_the_network_outside_keep_their_signal() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder c1 = builder.chassis("c1").externalPnics(1);
    c1.blade("b1").pnics(2).vms("web");
    Lab lab = labs.open(builder);

    lab.chassis("c1").interconnect().fail();

    assertThat(lab.blade("b1").pnic("p0").isLinkUp()).isFalse();
    assertThat(lab.blade("b1").pnic("p1").isLinkUp()).isTrue();
  }

  @Test
  void a_cable_of_the_shared_nic_that_is_pulled_is_seen_at_both_ends() {
    Lab lab = lab(0, 200);
    BladeChassis c1 = lab.chassis("c1");
    long before = lab.topologyVersion();

    c1.cable().unplug();

    assertThat(c1.networkInterface().isLinkUp()).isFalse();
    assertThat(lab.externalSwitch().port("c1/ni0").isUp()).isFalse();
    assertThat(lab.topologyVersion()).isGreaterThan(before);
    lab.wire().send(number(1, lab.vm("web")));
    assertThat(lab.vm("web").received()).isEmpty();

    c1.cable().plug();
    lab.wire().send(number(2, lab.vm("web")));
    assertThat(numbers(lab.vm("web").received())).containsExactly(2);
    lab.ledger().expectDrops(DropReason.LINK_DOWN, DropReason.PNIC_FAILED);
  }

  // ---- building ----

  @Test
  void the_subnets_of_a_chassis_are_the_vlans_of_its_uplink() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24").vlan(100);
    builder.subnet("B", "198.51.100.0/24").vlan(200);
    builder.subnet("C", "203.0.113.0/24").vlan(300);
    ChassisBuilder c1 = builder.chassis("c1");
    assertThat(c1.subnets("B", "C")).isSameAs(c1);
    c1.blade("b1").vms("web");
    ChassisBuilder c2 = builder.chassis("c2");
    assertThat(c2.subnet("A").sharedNic(NicConfig.DEFAULT)).isSameAs(c2);
    c2.blade("b2").vms("db");
    Lab lab = labs.open(builder);

    BladeChassis first = lab.chassis("c1");
    assertThat(
            List.of(first.carries(1), first.carries(100), first.carries(200), first.carries(300)))
        .containsExactly(true, false, true, true);
    assertThat(first.sharesVlan(lab.chassis("c2"), 200)).isTrue();
    assertThat(lab.chassis("c2").sharesVlan(first, 100)).isFalse();
    assertThat(lab.vm("web").vlan()).isEqualTo(200);
    assertThat(lab.vm("db").vlan()).isEqualTo(100);
    assertThat(lab.chassis("c1").blade("b1")).isSameAs(lab.blade("b1"));
    assertThat(lab.chassis("c1")).hasToString("chassis c1: " + first.blades());
    assertThat(first.switchingTable().chassisName()).isEqualTo("c1");
    assertThat(first.switchingTable().world()).isSameAs(lab.world());
  }

  @Test
  void what_a_chassis_cannot_be_is_refused() {
    assertThatThrownBy(() -> new ChassisBuilder(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a chassis needs a name, such as 'c1'");
    ChassisBuilder negative = new ChassisBuilder("c1");
    assertThatThrownBy(() -> negative.externalPnics(-1))
        .hasMessage("number -1 of external PNICs of chassis c1 is negative");
    assertThat(negative.externalPnics(0)).isSameAs(negative);

    LabBuilder few = Lab.builder();
    few.chassis("c1").externalPnics(3).blade("b1").pnics(2);
    assertThatThrownBy(few::open)
        .hasMessage(
            "blade b1 of chassis c1 has 2 PNICs, of which 3 cannot be external; give it more, or"
                + " none of its own to the network");

    LabBuilder split = Lab.builder();
    split
        .chassis("c1")
        .externalPnics(1)
        .blade("b1")
        .pnics(2)
        .aggregation(Aggregation.ACTIVE_ACTIVE);
    assertThatThrownBy(split::open)
        .hasMessage(
            "blade b1 of chassis c1 is active/active, so its cables must end at one switch; use"
                + " active/standby, or externalPnics(0)");

    LabBuilder none = Lab.builder();
    none.chassis("c1").subnets("A");
    assertThatThrownBy(none::open)
        .hasMessage(
            "no subnets [A] for chassis c1: the lab has none; say subnet(name, prefix) of the"
                + " lab's builder");
  }

  @Test
  void an_active_active_blade_may_have_all_its_cables_outside_or_none() {
    for (int external : new int[] {0, 2}) {
      LabBuilder builder = Lab.builder();
      builder
          .chassis("c1")
          .externalPnics(external)
          .blade("b1")
          .pnics(2)
          .aggregation(Aggregation.ACTIVE_ACTIVE);
      Lab lab = labs.open(builder);

      assertThat(lab.blade("b1").externalPnics()).hasSize(external);
      assertThat(lab.chassis("c1").interconnect().slots())
          .isEqualTo(external == 0 ? List.of("b1/aggr0") : List.of());
    }
  }
}
