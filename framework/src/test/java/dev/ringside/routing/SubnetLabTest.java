// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A lab with subnets: addresses from pools, VLANs, gateways and the router between them. */
class SubnetLabTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab;
  private VirtualMachine web;
  private VirtualMachine db;

  @BeforeEach
  void two_hosts_in_two_subnets() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24", "2001:db8:b::/64").vlan(200);
    builder.host("h1").subnet("A").vms("web", "web2");
    builder.host("h2").subnet("B").vms("db").vm(VmSpec.named("far"));
    lab = labs.open(builder);
    web = lab.vm("web");
    db = lab.vm("db");
  }

  private List<String> placesOf(Packet packet, Stage stage) {
    List<String> details = new ArrayList<>();
    for (Hop hop : lab.trace(packet).hops()) {
      if (hop.stage() == stage) {
        details.add(hop.detail());
      }
    }
    return details;
  }

  @Test
  void virtual_machines_get_addresses_vlan_and_routes_of_their_subnet() {
    assertThat(web.ipv4()).hasToString("192.0.2.2");
    assertThat(web.ipv6()).hasToString("2001:db8:53:1::2");
    assertThat(web.vlan()).isEqualTo(101);
    assertThat(db.ipv4()).hasToString("198.51.100.2");
    assertThat(db.ipv6()).hasToString("2001:db8:b::2");
    assertThat(db.vlan()).isEqualTo(200);
    assertThat(web.stack().routes())
        .hasToString(
            "[0.0.0.0/0 via 192.0.2.1, 192.0.2.0/24 on link,"
                + " ::/0 via 2001:db8:53:1::1, 2001:db8:53:1::/64 on link]");
    assertThat(lab.subnetOf(web.ipv4())).isSameAs(lab.subnet("A"));
    assertThat(lab.subnets()).containsExactly(lab.subnet("A"), lab.subnet("B"));
  }

  @Test
  void a_ping_to_another_subnet_goes_by_the_router_and_loses_one_hop() {
    Packet ping = web.ping(db);

    assertThat(web.received()).hasSize(1);
    Packet reply = web.received().get(0);
    assertThat(icmp().echoReply().from(db).to(web).ttl(63).matches(reply)).isTrue();
    assertThat(reply.sourceMac()).isEqualTo(lab.router().port("A").mac());
    assertThat(db.received().get(0).timeToLive()).isEqualTo(63);
    assertThat(db.received().get(0).payload()).isEqualTo(ping.payload());
    assertThat(placesOf(ping, Stage.ROUTER)).containsExactly("A -> B");
    assertThat(placesOf(reply, Stage.ROUTER)).containsExactly("B -> A");
  }

  @Test
  void a_ping_within_a_subnet_does_not_meet_the_router() {
    Packet ping = web.ping(lab.vm("web2"));

    assertThat(web.received()).hasSize(1);
    assertThat(web.received().get(0).timeToLive()).isEqualTo(64);
    assertThat(placesOf(ping, Stage.ROUTER)).isEmpty();
  }

  @Test
  void ipv6_is_routed_too() {
    PacketSpec ping = icmpv6().echoRequest(1, 1).to(db);
    web.send(ping);

    assertThat(icmpv6().echoReply(1, 1).from(db).ttl(63).matches(web.received().get(0))).isTrue();
  }

  @Test
  void the_station_reaches_subnets_by_the_router_and_all_else_directly() {
    lab.wire().send(udp().to(web).port(53));
    lab.wire().inbox().clear();
    web.ping(lab.wire());

    assertThat(udp().port(53).ttl(63).matches(web.received().get(0))).isTrue();
    assertThat(icmp().echoReply().from(lab.wire()).ttl(63).matches(web.received().get(1))).isTrue();
  }

  @Test
  void gateways_answer_pings() {
    web.send(icmp().echoRequest(1, 7).to(lab.subnet("A").gateway()));
    web.send(icmp().echoRequest(1, 8).to(lab.subnet("B").gateway()));
    web.send(icmpv6().echoRequest(1, 9).to(lab.subnet("B").ipv6Gateway()));

    assertThat(web.received()).hasSize(3);
    assertThat(icmp().echoReply(1, 8).from("198.51.100.1").matches(web.received().get(1))).isTrue();
  }

  @Test
  void addresses_come_back_when_a_virtual_machine_ends() {
    lab.host("h1").removeVm("web");
    VirtualMachine next = lab.host("h1").addVm(VmSpec.named("next"));

    assertThat(next.ipv4()).hasToString("192.0.2.2");
    assertThat(next.ipv6()).hasToString("2001:db8:53:1::2");
    lab.host("h1").removeVm("next");
    assertThat(lab.subnet("A").pool().used()).isEqualTo(2);
    assertThat(lab.subnet("A").ipv6Pool().used()).isEqualTo(2);
  }

  @Test
  void a_virtual_machine_can_say_its_address_and_its_subnet() {
    VirtualMachine vm =
        lab.host("h1").addVm(VmSpec.named("cache").subnet("B").ipv4("198.51.100.77"));

    assertThat(vm.ipv4()).hasToString("198.51.100.77");
    assertThat(vm.vlan()).isEqualTo(200);
    vm.ping(web);
    assertThat(vm.received()).hasSize(1);
  }

  @Test
  void what_cannot_be_is_refused_and_takes_nothing() {
    VmSpec spec = VmSpec.named("x").subnet("A");

    assertThatThrownBy(() -> lab.host("h1").addVm(spec.subnet("Z")))
        .hasMessage("no subnet named 'Z' in the lab; it has [A, B]");
    assertThatThrownBy(() -> lab.host("h1").addVm(spec.ipv4("192.0.2.2")))
        .hasMessage(
            "address 192.0.2.2 of VM 'x' is used by another station of subnet A, 192.0.2.0/24");
    assertThatThrownBy(() -> lab.host("h1").addVm(spec.ipv4("192.0.2.255")))
        .hasMessage(
            "address 192.0.2.255 of VM 'x' is not one that a station can have in subnet A,"
                + " 192.0.2.0/24");
    assertThatThrownBy(() -> lab.host("h1").addVm(spec.ipv6("2001:db8::1")))
        .hasMessageContaining("address 2001:db8::1 of VM 'x' is not one");
    assertThat(lab.subnet("A").pool().used()).isEqualTo(3);
    assertThat(lab.host("h1").hasVm("x")).isFalse();
  }

  @Test
  void a_full_subnet_says_so() {
    LabBuilder builder = Lab.builder();
    builder.subnet("tiny", "192.0.2.0/30");
    builder.host("h1").subnet("tiny").vms("one");
    Lab tiny = labs.open(builder);

    assertThatThrownBy(() -> tiny.host().addVm(VmSpec.named("two")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "no address is free in subnet tiny for VM 'two': all 2 of 192.0.2.0/30 are used");
    assertThat(tiny.subnet("tiny").ipv6Pool().used()).isEqualTo(2);
  }

  @Test
  void a_lab_without_subnets_has_no_router() {
    Lab plain = labs.open();

    assertThat(plain.subnets()).isEmpty();
    assertThat(plain.subnetOf(IpAddress.of("192.0.2.1"))).isNull();
    assertThatThrownBy(plain::router)
        .hasMessage("no router in a lab without subnets; build it with subnet(name, prefix)");
    assertThatThrownBy(() -> plain.subnet("A"))
        .hasMessage(
            "no subnet named 'A' in a lab without subnets; build it with subnet(name, prefix)");
    assertThatThrownBy(() -> plain.host().addVm(VmSpec.named("x").subnet("A")))
        .hasMessage(
            "no subnet named 'A' for VM 'x': the lab has none; say subnet(name, prefix) of the"
                + " lab's builder");
  }

  @Test
  void subnets_of_a_lab_do_not_overlap() {
    LabBuilder prefixes = Lab.builder();
    prefixes.subnet("A", "192.0.2.0/24");
    prefixes.subnet("B", "192.0.2.128/25");
    LabBuilder names = Lab.builder();
    names.subnet("A", "192.0.2.0/24");
    names.subnet("A", "198.51.100.0/24");
    LabBuilder vlans = Lab.builder();
    vlans.subnet("A", "192.0.2.0/24").vlan(7);
    vlans.subnet("B", "198.51.100.0/24").vlan(7);
    LabBuilder others = Lab.builder();
    others.subnet("A", "198.18.7.0/24");

    assertThatThrownBy(prefixes::open)
        .hasMessage("192.0.2.128/25 of subnet B overlaps 192.0.2.0/24 of A");
    assertThatThrownBy(names::open)
        .hasMessage("the lab already has a subnet named 'A'; give each its own name");
    assertThatThrownBy(vlans::open).hasMessage("VLAN 7 of subnet B is another one's");
    assertThatThrownBy(others::open)
        .hasMessage(
            "198.18.7.0/24 of subnet A overlaps 198.18.0.0/15, of which stations outside the"
                + " subnets have their addresses");
  }
}
