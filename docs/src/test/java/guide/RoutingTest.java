// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.routing.AddressPool;
import dev.ringside.routing.Router;
import dev.ringside.routing.RouterPort;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutingTest {

  private final Lab lab = open();
  private final VirtualMachine web = lab.vm("web");
  private final VirtualMachine cache = lab.vm("cache");
  private final VirtualMachine db = lab.vm("db");

  private static Lab open() {
    // tag::subnets[]
    LabBuilder lab = Lab.builder();
    lab.subnet("A", "192.0.2.0/24");
    lab.subnet("B", "198.51.100.0/24").ipv6("2001:db8:b::/64");
    lab.host("h1").subnet("A").vms("web", "cache");
    lab.host("h2").vm(VmSpec.named("db").subnet("B").ipv4("198.51.100.20"));
    // end::subnets[]
    return lab.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void addresses_come_from_pools() {
    // tag::pools[]
    AddressPool pool = lab.subnet("A").pool();
    IpAddress free = pool.allocate();

    assertThat(free).hasToString("192.0.2.4"); // .1 is the gateway, .2 and .3 are web and cache
    assertThat(pool.release(web.ipv4())).isTrue();
    assertThat(pool.allocate()).isEqualTo(web.ipv4());
    // end::pools[]
  }

  @Test
  void a_ping_is_routed() {
    // tag::reaches[]
    assertThat(web).reaches(db).through(lab.router());
    assertThat(web).reaches(cache).withoutLeaving(lab.host("h1"));
    assertThat(web).reachesOverIpv6(db).reaches(lab.wire());

    Packet query = web.send(udp().to(db).port(53));
    assertThat(lab.trace(query)).wentThrough(lab.router());
    assertThat(db).received(udp().from(web).port(53).ttl(63)); // one hop less
    // end::reaches[]
    Output.assertShown("routed.txt", lab.trace(query).toString().stripTrailing());
  }

  @Test
  void senders_are_told() {
    // tag::errors[]
    Packet tired = web.send(udp().to(db).ttl(1));
    Packet lost = web.send(udp().to("203.0.113.7"));

    assertThat(web)
        .received(icmp().timeExceeded(tired).from("192.0.2.1"))
        .received(icmp().unreachable(0, lost));
    assertThat(lab.router()).dropped(DropReason.TTL, 1).dropped(DropReason.NO_ROUTE, 1);
    assertThat(lab.router()).hasRouteTo("198.51.100.20").by("B").hasNoRouteTo("203.0.113.7");
    // end::errors[]
  }

  @Test
  void routes_are_changed() {
    // tag::routes[]
    web.stack().routes().remove("0.0.0.0/0");
    assertThat(web).doesNotReach(db);

    web.stack().routes().add("198.51.100.20", "192.0.2.1"); // this one station, by this gateway
    assertThat(web).reaches(db);
    assertThat(web.stack().routes().lines()).contains("198.51.100.20/32 via 192.0.2.1");
    // end::routes[]
  }

  @Test
  void a_router_of_ones_own_takes_over() {
    // tag::own[]
    MacAddress here = MacAddress.of("02:00:5e:00:00:01");
    MacAddress there = MacAddress.of("02:00:5e:00:00:02");
    Router r2 = new Router(lab.world(), "r2");
    RouterPort inA = r2.addPort("A", here, lab.externalSwitch(), lab.subnet("A").vlan());
    RouterPort inB = r2.addPort("B", there, lab.externalSwitch(), lab.subnet("B").vlan());
    inA.addAddress("192.0.2.254/24");
    inB.addAddress("198.51.100.254/24");
    // end::own[]
    assertThat(web).reaches(db).through(lab.router());
    // tag::takeover[]
    MacAddress former = lab.router().port("A").mac();
    lab.router().removePort("A");

    inA.takeOver(lab.subnet("A").gateway());
    inA.addAlias(former, Duration.ofSeconds(30)); // web does not know yet
    Packet early = web.send(udp().to(db).port(53));
    inA.announce();

    assertThat(lab.trace(early)).wentThrough(r2);
    assertThat(web.stack().neighbour(lab.subnet("A").gateway())).isEqualTo(here);
    // end::takeover[]
    assertThat(db).received(udp().port(53));
  }

  @Test
  void a_station_that_has_moved_is_spoken_for() {
    // tag::proxy-arp[]
    VirtualMachine moved =
        lab.host("h2").addVm(VmSpec.named("moved").ipv4("192.0.2.77").vlan(db.vlan()));
    moved.stack().routes().addOnLink("198.51.100.0/24").addGateway("198.51.100.1");

    Router router = lab.router();
    router.port("A").setProxyArp(true);
    router.routes().addOnLink(IpPrefix.of(moved.ipv4()), router.port("B"));

    assertThat(web).reaches(moved).through(router);
    assertThat(web.stack().neighbour(moved.ipv4())).isEqualTo(router.port("A").mac());
    // end::proxy-arp[]
  }
}
