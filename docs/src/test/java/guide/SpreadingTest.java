// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.aggregate.Aggregation.ACTIVE_ACTIVE;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.HashLayer;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.junit.jupiter.HostSpec;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.packet.Connection;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RingsideExtension.class)
class SpreadingTest {

  private static Lab open(PortSelectionPolicy policy) {
    LabBuilder builder = Lab.builder();
    // tag::policy[]
    builder
        .host("h1")
        .pnics(2)
        .virtualFunctions(4)
        .vms("web")
        .vm(VmSpec.named("db").portSelection(PortSelectionPolicies.leastConnections()))
        .portSelection(policy);
    // end::policy[]
    return builder.open();
  }

  // tag::first[]
  @Test
  void a_connection_stays_where_it_is(
      @HostSpec(pnics = 2, virtualFunctions = 4, vms = "web", aggregation = ACTIVE_ACTIVE)
          Host host,
      Lab lab) {
    VirtualMachine web = host.vm("web");
    assertThat(web.aggregator()).hasPorts("p0", "p1");

    Packet query = web.send(udp().to(lab.wire()).fromPort(4_444).port(53));

    String nic = lab.host().vm("web").aggregator().placement(Connection.of(query)).through();
    host.pnic(nic.equals("p0") ? "p1" : "p0").fail();
    web.send(udp().to(lab.wire()).fromPort(4_444).port(53));

    assertThat(web.aggregator()).sends(query).through(nic).stays();
  }

  // end::first[]

  @Test
  void only_the_connections_of_the_failed_nic_move() {
    try (Lab lab = open(PortSelectionPolicies.roundRobin())) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::failure[]
      Packet first = web.send(udp().to(lab.wire()).fromPort(1).port(53)); // p0
      Packet second = web.send(udp().to(lab.wire()).fromPort(2).port(53)); // p1

      host.pnic("p0").fail();
      web.send(udp().to(lab.wire()).fromPort(1).port(53));
      web.send(udp().to(lab.wire()).fromPort(2).port(53));
      host.pnic("p0").repair();

      assertThat(web.aggregator()).sends(first).wentThrough("p0", "p1");
      assertThat(web.aggregator()).sends(second).through("p1").stays();
      assertThat(web.aggregator()).hasPorts("p0", "p1");
      // end::failure[]
    }
  }

  @Test
  void a_policy_of_your_own() {
    try (Lab lab = open(PortSelectionPolicies.hash(HashLayer.L3, HashLayer.L4))) {
      VirtualMachine web = lab.vm("web");
      // tag::own[]
      PortSelectionPolicy dnsLast =
          (packet, number, ports) ->
              packet.destinationPort() == 53 ? ports.get(ports.size() - 1) : ports.get(0);
      web.aggregator().setPolicy(dnsLast);

      Packet query = web.send(udp().to(lab.wire()).port(53));
      Packet other = web.send(udp().to(lab.wire()).port(80));

      assertThat(web.aggregator()).sends(query).through("p1");
      assertThat(web.aggregator()).sends(other).through("p0");
      // end::own[]
    }
  }

  @Test
  void the_last_failure_is_that_of_active_standby() {
    try (Lab lab = open(PortSelectionPolicies.roundRobin())) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::last[]
      host.pnic("p0").fail();
      assertThat(web).hasDirectAccessThrough("p1");
      host.pnic("p1").fail();
      assertThat(web.aggregator()).hasNoPorts();
      assertThat(host.aggregator()).hasNoneActive();

      web.send(udp().to(lab.wire()).port(53));
      assertThat(host.aggregator()).dropped(DropReason.NO_UPLINK, 1);
      // end::last[]
    }
  }

  @Test
  void the_switch_outside_has_one_port() {
    try (Lab lab = open(PortSelectionPolicies.roundRobin())) {
      VirtualMachine web = lab.vm("web");
      // tag::outside[]
      web.announce();
      assertThat(lab.externalSwitch().portOf(web.mac(), 1).name()).isEqualTo("aggr0");

      Packet query = udp().from(lab.wire()).to(web).port(53).toPacket();
      String link = lab.externalSwitch().portGroup("aggr0").linkFor(query);
      lab.wire().send(query);
      assertThat(lab.trace(web.received().get(0)).toString()).contains(link + "/vf0");
      // end::outside[]
    }
  }
}
