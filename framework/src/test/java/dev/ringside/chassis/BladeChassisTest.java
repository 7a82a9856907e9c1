// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BladeChassisTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  /** Chassis c1 with blades b1 (web, app) and b2 (db), chassis c2 with b3 (far). */
  private Lab twoChassis() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder c1 = builder.chassis("c1");
    c1.blade("b1").virtualFunctions(1).vms("web", "app");
    c1.blade("b2").vms("db");
    builder.chassis("c2").blade("b3").vms("far");
    return labs.open(builder);
  }

  private static List<String> names(Lab lab, Packet packet, Stage stage) {
    return lab.trace(packet).hops().stream()
        .filter(hop -> hop.stage() == stage)
        .map(Hop::place)
        .distinct()
        .toList();
  }

  @Test
  void a_lab_has_its_chassis_and_their_blades() {
    Lab lab = twoChassis();

    assertThat(lab.chassis()).extracting(BladeChassis::name).containsExactly("c1", "c2");
    assertThat(lab.hosts()).containsExactly(lab.blade("b1"), lab.blade("b2"), lab.blade("b3"));
    assertThat(lab.chassis("c1").blades()).containsExactly(lab.blade("b1"), lab.blade("b2"));
    assertThat(lab.vm("far").hostName()).isEqualTo("b3");
    assertThat(lab.chassis("c1").switchingTable().entries())
        .hasToString("[web on b1, app on b1, db on b2]");
    assertThatThrownBy(() -> lab.chassis("c3"))
        .hasMessage("no chassis named 'c3' in the lab; it has [c1, c2]");
    assertThatThrownBy(() -> lab.blade("b4"))
        .hasMessage("no blade named 'b4' in the lab; it has [b1, b2, b3]");
    assertThatThrownBy(() -> lab.chassis("c1").blade("b3"))
        .hasMessage("no blade named 'b3' in chassis c1; it has [b1, b2]");
  }

  @Test
  void blades_of_a_chassis_reach_each_other_past_the_shared_nic() {
    Lab lab = twoChassis();

    Packet sent = lab.vm("web").send(number(1, lab.vm("db")));
    Packet back = lab.vm("db").send(number(2, lab.vm("app")));

    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
    assertThat(numbers(lab.vm("app").received())).containsExactly(2);
    assertThat(names(lab, sent, Stage.INTERCONNECT)).containsExactly("c1/interconnect");
    assertThat(names(lab, sent, Stage.WIRE)).containsExactly("b1/p0", "b2/p0");
    assertThat(names(lab, back, Stage.WIRE)).doesNotContain("c1/ni0");
    assertThat(lab.ledger().dropped()).isZero();
  }

  @Test
  void blades_of_two_chassis_reach_each_other_by_both_shared_nics() {
    Lab lab = twoChassis();

    Packet sent = lab.vm("web").send(number(1, lab.vm("far")));
    lab.vm("far").ping(lab.vm("web"));

    assertThat(numbers(lab.vm("far").received().subList(0, 1))).containsExactly(1);
    assertThat(names(lab, sent, Stage.WIRE)).contains("b1/p0", "c1/ni0", "c2/ni0", "b3/p0");
    assertThat(lab.vm("far").received()).hasSize(2);
  }

  @Test
  void guests_of_a_blade_reach_each_other_within_it() {
    Lab lab = twoChassis();

    Packet sent = lab.vm("web").send(number(1, lab.vm("app")));

    assertThat(numbers(lab.vm("app").received())).containsExactly(1);
    assertThat(names(lab, sent, Stage.INTERCONNECT)).isEmpty();
  }

  @Test
  void a_broadcast_reaches_every_blade_and_the_network_once() {
    Lab lab = twoChassis();

    lab.vm("web").announce();

    assertThat(lab.wire().received()).hasSize(2);
    assertThat(lab.vm("far").stack().account().received()).isEqualTo(2);
    assertThat(lab.vm("db").stack().account().received()).isEqualTo(2);
  }

  @Test
  void an_address_that_nobody_has_leaves_by_the_shared_nic_and_never_reaches_a_blade() {
    Lab lab = twoChassis();
    VirtualMachine gone = lab.vm("db");
    lab.blade("b2").removeVm("db");

    Packet sent = lab.vm("web").send(number(1, gone));

    assertThat(names(lab, sent, Stage.WIRE)).contains("c1/ni0").doesNotContain("b2/p0");
    assertThat(lab.chassis("c1").switchingTable().bladeOf(gone)).isNull();
  }

  @Test
  void a_table_that_is_wrong_leads_packets_astray() {
    Lab lab = twoChassis();

    lab.chassis("c1").switchingTable().point(lab.vm("db"), lab.blade("b1"));
    Packet lost = lab.vm("app").send(number(1, lab.vm("db")));
    lab.chassis("c1").switchingTable().point(lab.vm("db"), lab.blade("b2"));
    lab.vm("app").send(number(2, lab.vm("db")));

    assertThat(numbers(lab.vm("db").received())).containsExactly(2);
    assertThat(names(lab, lost, Stage.WIRE)).doesNotContain("b2/p0");
  }

  @Test
  void without_the_interconnect_blades_with_a_nic_of_their_own_use_the_network_outside() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder c1 = builder.chassis("c1").externalPnics(1);
    c1.blade("b1").pnics(2).vms("web");
    c1.blade("b2").pnics(2).vms("db");
    Lab lab = labs.open(builder);
    long before = lab.topologyVersion();
    assertThat(lab.blade("b1").usesInterconnect(lab.vm("web"))).isTrue();

    lab.chassis("c1").interconnect().fail();
    lab.advance(java.time.Duration.ofSeconds(1));
    Packet sent = lab.vm("web").send(number(1, lab.vm("db")));

    assertThat(lab.blade("b1").usesInterconnect(lab.vm("web"))).isFalse();
    assertThat(lab.topologyVersion()).isGreaterThan(before);
    assertThat(names(lab, sent, Stage.WIRE)).contains("b1/p1", "b2/p1");
    assertThat(numbers(lab.vm("db").received())).containsExactly(1);

    lab.chassis("c1").interconnect().repair();
    lab.blade("b1").aggregator().switchTo("p0");
    lab.vm("web").send(number(2, lab.vm("db"))); // b2 is still on its own NIC
    assertThat(numbers(lab.vm("db").received())).containsExactly(1, 2);
  }

  @Test
  void without_the_interconnect_blades_are_cut_off() {
    Lab lab = twoChassis();

    lab.chassis("c1").interconnect().fail();
    lab.vm("web").send(number(1, lab.vm("far")));
    lab.vm("far").send(number(2, lab.vm("web")));
    lab.ledger().expectDrops(DropReason.LINK_DOWN, DropReason.PNIC_FAILED);

    assertThat(lab.vm("far").received()).isEmpty();
    assertThat(lab.vm("web").received()).isEmpty();
    assertThat(lab.chassis("c1").interconnect().isFailed()).isTrue();
    assertThat(lab.chassis("c1").interconnect().account().dropped(DropReason.LINK_DOWN))
        .isEqualTo(1);
  }

  @Test
  void a_nic_that_is_put_in_while_the_interconnect_has_failed_has_no_link_yet() {
    Lab lab = twoChassis();
    lab.chassis("c1").interconnect().fail();

    lab.blade("b1").addPnic();

    assertThat(lab.blade("b1").pnic("p1").isLinkUp()).isFalse();
    lab.vm("web").send(number(1, lab.wire()));
    assertThat(lab.wire().received()).isEmpty();
    lab.chassis("c1").interconnect().repair();
    assertThat(lab.blade("b1").pnic("p1").isLinkUp()).isTrue();
    lab.vm("web").send(number(2, lab.wire()));
    assertThat(numbers(lab.wire().received())).containsExactly(2);
    lab.ledger().expectDrops(DropReason.LINK_DOWN, DropReason.PNIC_FAILED);
  }

  @Test
  void what_is_for_a_blade_whose_nics_are_all_active_is_lost_when_all_have_failed() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder c1 = builder.chassis("c1");
    c1.blade("b1").pnics(2).portSelection(PortSelectionPolicies.roundRobin()).vms("web");
    c1.blade("b2").vms("db");
    Lab lab = labs.open(builder);
    lab.vm("db").send(number(1, lab.vm("web")));
    lab.blade("b1").pnic("p0").fail();
    lab.blade("b1").pnic("p1").fail();

    Packet lost = lab.vm("db").send(number(2, lab.vm("web")));

    assertThat(numbers(lab.vm("web").received())).containsExactly(1);
    assertThat(lab.trace(lost).last().reason()).isEqualTo(DropReason.PNIC_FAILED);
    lab.blade("b1").pnic("p1").repair();
    lab.vm("db").send(number(3, lab.vm("web")));
    assertThat(numbers(lab.vm("web").received())).containsExactly(1, 3);
  }

  @Test
  void a_shared_nic_that_is_repaired_tells_the_network_who_is_behind_it() {
    Lab lab = twoChassis();
    VirtualMachine db = lab.vm("db");
    db.send(number(1, lab.wire())); // so that the network knows it behind c1
    lab.chassis("c2").networkInterface().fail();
    lab.blade("b2").tenancy().move(db, lab.blade("b3"), java.time.Duration.ZERO);
    lab.ledger().expectDrops(DropReason.PNIC_FAILED, DropReason.LINK_DOWN, DropReason.NO_ROUTE);

    lab.chassis("c2").networkInterface().repair();
    lab.wire().send(number(2, db));

    assertThat(numbers(db.received())).containsExactly(2);
  }

  @Test
  void one_that_has_left_for_a_host_outside_is_looked_for_outside() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder c1 = builder.chassis("c1");
    c1.blade("b1").vms("web");
    c1.blade("b2").vms("db");
    builder.host("h1").vms("old");
    Lab lab = labs.open(builder);
    lab.vm("web").announce();
    lab.chassis("c1").networkInterface().fail(); // its interconnect hears nothing of the move
    lab.migrate(lab.vm("web")).to(lab.host("h1"));
    lab.chassis("c1").networkInterface().repair();

    lab.vm("db").send(number(1, lab.vm("web")));

    assertThat(numbers(lab.vm("web").received())).containsExactly(1);
    lab.ledger().expectDrops(DropReason.PNIC_FAILED, DropReason.LINK_DOWN);
  }

  @Test
  void without_the_shared_nic_blades_reach_each_other_but_nothing_else() {
    Lab lab = twoChassis();

    lab.chassis("c1").networkInterface().fail();
    lab.vm("web").send(number(1, lab.vm("db")));
    lab.vm("web").send(number(2, lab.vm("far")));
    lab.ledger().expectDrops(DropReason.PNIC_FAILED, DropReason.LINK_DOWN);

    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
    assertThat(lab.vm("far").received()).isEmpty();
  }

  @Test
  void vlans_of_a_chassis_stay_apart_from_those_that_its_uplink_does_not_carry() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder c1 = builder.chassis("c1").vlans(100);
    c1.blade("b1").vm(VmSpec.named("a").vlan(100)).vm(VmSpec.named("x").vlan(200));
    c1.blade("b2").vm(VmSpec.named("b").vlan(100)).vm(VmSpec.named("y").vlan(200));
    builder
        .chassis("c2")
        .blade("b3")
        .vm(VmSpec.named("c").vlan(100))
        .vm(VmSpec.named("z").vlan(200));
    Lab lab = labs.open(builder);

    lab.vm("a").announce();
    lab.vm("x").announce();

    assertThat(lab.vm("b").stack().account().received()).isEqualTo(2);
    assertThat(lab.vm("y").stack().account().received()).isEqualTo(2);
    assertThat(lab.vm("c").stack().account().received()).isEqualTo(2);
    assertThat(lab.vm("z").stack().account().received()).isZero();
  }

  @Test
  void what_cannot_be_is_refused() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder c1 = builder.chassis("c1");
    c1.blade("b1");

    assertThatThrownBy(() -> builder.chassis("c1"))
        .hasMessage("the lab already has a chassis named 'c1'; give each its own name");
    assertThatThrownBy(() -> c1.blade("b1"))
        .hasMessage("chassis c1 already has a blade named 'b1'; give each its own name");
    builder.chassis("c2").blade("b1");
    assertThatThrownBy(builder::open)
        .hasMessage("the lab has two hosts named 'b1'; give each its own name");
  }
}
