// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.vm;

import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.time.Seed;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a test sees of a virtual machine, and does with it. */
class VirtualMachineTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab oneFunctionForTwo() {
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .pnics(2)
        .virtualFunctions(1)
        .vm(VmSpec.named("web").vlan(7))
        .vm(VmSpec.named("db").vlan(7));
    return labs.open(builder);
  }

  @Test
  void it_knows_its_host_and_its_way_to_the_network() {
    Lab lab = oneFunctionForTwo();
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");

    assertThat(web.hostName()).isEqualTo("h1");
    assertThat(web.vlan()).isEqualTo(7);
    assertThat(web.vnic()).isSameAs(lab.host().vnic("web"));
    assertThat(web.directAccessThrough()).isEqualTo("p0");
    assertThat(web.hasDirectAccessThrough("p0")).isTrue();
    assertThat(web.hasDirectAccessThrough("p1")).isFalse();
    assertThat(db.directAccessThrough()).isNull();
    assertThat(db.hasDirectAccessThrough("p0")).isFalse();
    assertThat(web).hasToString("web (" + web.mac() + ", " + web.ipv4() + ", " + web.ipv6() + ")");
  }

  @Test
  void what_it_sends_comes_back_as_it_entered_the_lab() {
    Lab lab = oneFunctionForTwo();
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");

    Packet made = web.send(udp().to(db).port(53).payload("a"));
    Packet given = web.send(udp().from(web).to(db).port(54).payload("b").toPacket());

    assertThat(udp().from(web).to(db).port(53).matches(made)).isTrue();
    assertThat(udp().from(web).to(db).port(54).matches(given)).isTrue();
    assertThat(db.received()).extracting(Packet::id).containsExactly(made.id(), given.id());
    assertThat(db.inbox().packets()).isEqualTo(db.received());
  }

  @Test
  void pings_are_numbered() {
    Lab lab = oneFunctionForTwo();
    VirtualMachine web = lab.vm("web");

    Packet first = web.ping(lab.vm("db"));
    Packet second = web.ping(lab.vm("db"));

    assertThat(web.received()).hasSize(2);
    assertThat(icmp().echoReply(first).matches(web.received().get(0))).isTrue();
    assertThat(icmp().echoReply(second).matches(web.received().get(1))).isTrue();
    assertThat(icmp().echoReply(first).matches(web.received().get(1))).isFalse();
    assertThat(second.payload()).isEqualTo(first.payload());
    assertThat(first.unsignedShortAt(first.networkOffset() + 26)).isEqualTo(1);
  }

  @Test
  void from_the_first_open_port_on_the_others_are_closed() {
    Lab lab = oneFunctionForTwo();
    VirtualMachine db = lab.vm("db");
    List<Packet> asked = new ArrayList<>();
    db.onUdp(53, asked::add);

    lab.vm("web").send(udp().to(db).port(53));
    Packet refused = lab.vm("web").send(udp().to(db).port(54));

    assertThat(asked).hasSize(1);
    assertThat(lab.vm("web").received()).hasSize(1);
    assertThat(icmp().unreachable(3, refused).matches(lab.vm("web").received().get(0))).isTrue();
  }

  @Test
  void what_shall_happen_when_it_runs_again_happens_once_and_in_order() {
    Lab lab = oneFunctionForTwo();
    VirtualMachine web = lab.vm("web");
    List<String> happened = new ArrayList<>();
    web.onPacket(packet -> happened.add("packet"));
    web.pause();
    assertThat(web.isPaused()).isTrue();
    web.whenResumed(() -> happened.add("first"));
    web.whenResumed(() -> happened.add("second"));
    lab.vm("db").send(udp().to(web).port(53));
    assertThat(happened).isEmpty();

    web.resume();
    web.pause();
    web.resume();

    assertThat(happened).containsExactly("packet", "first", "second");
    assertThat(web.isPaused()).isFalse();
  }

  @Test
  void only_guests_of_active_active_hosts_spread_their_connections() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").vms("web");
    builder
        .host("h2")
        .pnics(2)
        .aggregation(Aggregation.ACTIVE_ACTIVE)
        .virtualFunctions(2)
        .vms("db");
    Lab lab = labs.open(builder);

    assertThat(lab.vm("web").hasAggregator()).isFalse();
    assertThat(lab.vm("db").hasAggregator()).isTrue();
    assertThat(lab.vm("db").aggregator().ports()).containsExactly("p0", "p1");
    assertThatThrownBy(() -> lab.vm("web").aggregator())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("VM 'web' has no aggregator; build its host with aggregation(ACTIVE_ACTIVE)");
  }

  @Test
  void one_that_no_host_has_taken_in_cannot_send() {
    Endpoint addresses = Endpoint.of("x", "02:00:5e:10:00:0a", "192.0.2.10", "2001:db8::a");
    VirtualMachine vm = new VirtualMachine(new World(Seed.of(1), 100, false), addresses, 0);

    assertThatThrownBy(vm::hostName)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("VM 'x' is on no host; let a host take it in");
  }
}
