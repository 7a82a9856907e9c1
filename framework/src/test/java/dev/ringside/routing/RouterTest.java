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
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a router does to packets, what it says about them, and how its ports come and go. */
class RouterTest {

  private static final MacAddress MAC = MacAddress.of("02:00:5e:10:00:99");
  private static final MacAddress FORMER = MacAddress.of("02:00:5e:10:00:98");
  private static final Duration GRACE = Duration.ofSeconds(30);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab;
  private VirtualMachine web;
  private VirtualMachine db;
  private Router router;

  @BeforeEach
  void two_virtual_machines_in_two_subnets() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24").vlan(100);
    builder.subnet("B", "198.51.100.0/24").vlan(200);
    builder.host("h1").vm(VmSpec.named("web").subnet("A")).vm(VmSpec.named("db").subnet("B"));
    lab = labs.open(builder);
    web = lab.vm("web");
    db = lab.vm("db");
    router = lab.router();
  }

  private String fateOf(Packet packet) {
    Hop last = lab.trace(packet).last();
    return last == null ? "" : last.place() + " " + last.reason() + ": " + last.detail();
  }

  private static boolean isIn(VirtualMachine vm, PacketMatcher wanted) {
    return vm.received().stream().anyMatch(wanted::matches);
  }

  // ---- what goes no further ----

  @Test
  void a_packet_without_hops_ends_and_its_sender_is_told() {
    Packet query = web.send(udp().to(db).port(53).ttl(1));

    assertThat(fateOf(query)).isEqualTo("router TTL: time to live 1");
    assertThat(web.received()).hasSize(1);
    assertThat(isIn(web, icmp().timeExceeded(query).from("192.0.2.1").dscp(48))).isTrue();
    assertThat(db.received()).isEmpty();
  }

  @Test
  void over_ipv6_too() {
    Packet query = web.send(udp().ipv6().to(db).port(53).ttl(1));

    assertThat(fateOf(query)).isEqualTo("router TTL: time to live 1");
    assertThat(isIn(web, icmpv6().timeExceeded(query).from("2001:db8:53:1::1"))).isTrue();
  }

  @Test
  void a_packet_that_no_route_leads_anywhere_for_is_dropped() {
    Packet query = web.send(udp().to("203.0.113.7").port(53));
    Packet query6 = web.send(udp().to("2001:db8:ffff::7").port(53));

    assertThat(fateOf(query)).isEqualTo("router NO_ROUTE: no route to 203.0.113.7, among 8");
    assertThat(isIn(web, icmp().unreachable(0, query).from("192.0.2.1"))).isTrue();
    assertThat(isIn(web, icmpv6().unreachable(0, query6))).isTrue();
    assertThat(router.account().dropped(DropReason.NO_ROUTE)).isEqualTo(2);
  }

  @Test
  void a_station_that_does_not_answer_is_unreachable() {
    Packet query = web.send(udp().to("198.51.100.99").port(53));
    Packet query6 = web.send(udp().to("2001:db8:53:2::99").port(53));

    assertThat(router.live()).isEqualTo(2);
    lab.advance(Duration.ofSeconds(3));

    assertThat(fateOf(query))
        .isEqualTo("router NO_PEER: no answer from 198.51.100.99 to 3 requests");
    assertThat(isIn(web, icmp().unreachable(1, query).from("192.0.2.1"))).isTrue();
    assertThat(isIn(web, icmpv6().unreachable(3, query6))).isTrue();
    assertThat(router.live()).isZero();
  }

  @Test
  void a_packet_too_long_for_the_next_link_is_cut_or_refused() {
    router.port("B").setMtu(600);
    Packet cut = web.send(udp().to(db).port(53).payloadSize(1_400));
    Packet whole = web.send(udp().to(db).port(53).payloadSize(1_400).dontFragment());
    Packet six = web.send(udp().ipv6().to(db).port(53).payloadSize(1_400));

    assertThat(db.received()).hasSize(1);
    assertThat(db.received().get(0).payload()).isEqualTo(cut.payload());
    assertThat(fateOf(whole)).isEqualTo("router TOO_LONG: 1428 bytes, MTU 600 at B");
    assertThat(isIn(web, icmp().fragmentationNeeded(600, whole))).isTrue();
    assertThat(isIn(web, icmpv6().packetTooBig(600, six))).isTrue();
  }

  @Test
  void damaged_headers_and_groups_end_here_without_a_word() {
    web.ping(db);
    web.inbox().clear();
    MacAddress gateway = router.port("A").mac();

    Packet damaged = web.send(udp().to(db).toMac(gateway).ipChecksum(0x1234));
    Packet martian = web.send(udp().from("127.0.0.1").to(db).toMac(gateway));
    Packet directed = web.send(udp().to("198.51.100.255").toMac(gateway));
    Packet all = web.send(udp().to("255.255.255.255"));
    Packet hops = web.send(udp().to("255.255.255.255").ttl(1));

    assertThat(fateOf(damaged)).contains("MALFORMED: ipv4 header checksum 0x1234 should be");
    assertThat(fateOf(martian)).isEqualTo("router MALFORMED: source address 127.0.0.1");
    assertThat(fateOf(directed)).isEqualTo("router NO_MATCH: broadcast to another subnet");
    assertThat(lab.trace(all).ends().toString()).contains("groups are not routed");
    assertThat(lab.trace(hops).ends().toString()).contains("groups are not routed");
    assertThat(web.received()).isEmpty();
  }

  @Test
  void link_local_addresses_do_not_leave_their_link() {
    router.routes().add("0.0.0.0/0", "198.51.100.2");
    router.routes().add("::/0", "2001:db8:53:2::2");
    MacAddress gateway = router.port("A").mac();
    web.ping(db);
    web.inbox().clear();

    Packet four = web.send(udp().to("169.254.1.1").toMac(gateway));
    Packet six = web.send(udp().to("fe80::7").toMac(gateway));
    Packet from = web.send(udp().from("fe80::7").to(db.ipv6()).toMac(gateway));

    for (Packet each : List.of(four, six, from)) {
      assertThat(fateOf(each)).isEqualTo("router NO_ROUTE: link-local address");
    }
    assertThat(web.received()).hasSize(1);
    assertThat(isIn(web, icmpv6().unreachable(2, six))).isTrue();
  }

  @Test
  void a_tagged_frame_is_not_taken() {
    MacAddress gateway = router.port("A").mac();

    Packet tagged = lab.wire().send(udp().to(db).toMac(gateway).vlan(100).vlan(7));

    assertThat(fateOf(tagged)).isEqualTo("router VLAN_FILTERED: tagged frame at an access port");
  }

  @Test
  void errors_are_not_told_of() {
    web.ping(db);
    web.inbox().clear();
    Packet original = udp().from(db).to(web).toMac(MAC).toPacket();
    web.send(icmp().unreachable(3, original).to(db.ipv4()).ttl(1));
    web.send(udp().to(db).fragment(64, false).payload("later").ttl(1));

    assertThat(router.account().dropped(DropReason.TTL)).isEqualTo(2);
    assertThat(web.received()).isEmpty();
  }

  @Test
  void at_most_so_many_packets_wait_to_be_routed() {
    web.ping(db);
    MacAddress gateway = router.port("A").mac();
    long before = router.account().dropped();
    lab.world()
        .run(
            () -> {
              Packet packet = udp().from(web).to(db).toMac(gateway).toPacket();
              for (int i = 0; i < Router.QUEUE_CAPACITY + 3; i++) {
                lab.world().inject(lab.externalSwitch().account(), packet);
                lab.externalSwitch().account().addSent();
                router.port("A").accept(packet);
              }
            });

    assertThat(router.account().dropped(DropReason.RING_FULL)).isEqualTo(before + 3);
  }

  // ---- gateways that change ----

  private Router secondRouter() {
    Router second = new Router(lab.world(), "r2");
    second.addPort("A", MAC, lab.externalSwitch(), 100).addAddress("192.0.2.9/24");
    second
        .addPort("B", MacAddress.of("02:00:5e:10:00:97"), lab.externalSwitch(), 200)
        .addAddress("198.51.100.9/24");
    return second;
  }

  @Test
  void a_port_takes_over_the_address_of_a_gateway_and_says_so() {
    web.ping(db);
    Ipv4Address gateway = lab.subnet("A").gateway();
    assertThat(web.stack().neighbour(gateway)).isEqualTo(router.port("A").mac());
    Router second = secondRouter();
    router.removePort("A");

    second.port("A").takeOver(gateway).announce();

    assertThat(web.stack().neighbour(gateway)).isEqualTo(MAC);
    Packet ping = web.send(icmp().echoRequest(1, 7).to(gateway));
    assertThat(isIn(web, icmp().echoReply(ping).from(gateway))).isTrue();
    Packet query = web.send(udp().to(db).port(53));
    assertThat(lab.trace(query).toString()).contains("r2");
    assertThat(isIn(db, udp().port(53))).isTrue();
    assertThat(second.port("A").addresses()).hasToString("[192.0.2.9, 192.0.2.1]");
    assertThat(second.port("A").removeAddress(gateway)).isTrue();
    assertThat(second.port("A").removeAddress(gateway)).isFalse();
  }

  @Test
  void frames_to_a_former_mac_address_are_taken_for_a_time() {
    Router second = secondRouter();
    second.port("A").addAlias(FORMER, GRACE);
    lab.advance(GRACE.minusNanos(1));

    Packet within = web.send(udp().to(db).toMac(FORMER).port(1));
    assertThat(second.port("A").aliases()).containsExactly(FORMER);
    lab.advance(Duration.ofNanos(1));
    Packet after = web.send(udp().to(db).toMac(FORMER).port(2));

    assertThat(isIn(db, udp().port(1))).isTrue();
    assertThat(lab.trace(within).toString()).contains("A -> B");
    assertThat(isIn(db, udp().port(2))).isFalse();
    assertThat(lab.trace(after).ends().toString()).contains("frame for another station");
    assertThat(second.port("A").aliases()).isEmpty();
    assertThat(second.port("A").removeAlias(FORMER)).isFalse();
  }

  @Test
  void frames_to_a_former_mac_address_are_counted_if_they_are_refused() {
    Router second = secondRouter();
    second.port("A").refuse(FORMER, GRACE);

    Packet query = web.send(udp().to(db).toMac(FORMER).port(1));

    assertThat(fateOf(query)).isEqualTo("r2 NO_ROUTE: sent to a MAC address of former times");
    assertThat(second.port("A").removeAlias(FORMER)).isTrue();
    assertThatThrownBy(() -> second.port("A").addAlias(FORMER, Duration.ZERO))
        .hasMessage("grace time PT0S must be positive");
  }

  @Test
  void proxy_arp_reaches_a_station_that_moved_to_another_subnet() {
    VirtualMachine moved =
        lab.host()
            .addVm(VmSpec.named("moved").ipv4("192.0.2.77").ipv6("2001:db8:53:1::77").vlan(200));
    moved
        .stack()
        .routes()
        .addOnLink("198.51.100.0/24")
        .addOnLink("2001:db8:53:2::/64")
        .addGateway("198.51.100.1")
        .addGateway("2001:db8:53:2::1");
    Packet lost = web.ping(moved);
    lab.advance(Duration.ofSeconds(3));
    assertThat(fateOf(lost)).startsWith("web NO_PEER");

    router.port("A").setProxyArp(true);
    router.routes().addOnLink(IpPrefix.of(moved.ipv4()), router.port("B"));
    router.routes().addOnLink(IpPrefix.of(moved.ipv6()), router.port("B"));
    Packet ping = web.ping(moved);
    Packet ping6 = web.send(icmpv6().echoRequest(1, 1).to(moved));

    assertThat(isIn(web, icmp().echoReply(ping).from(moved))).isTrue();
    assertThat(isIn(web, icmpv6().echoReply(ping6).from(moved))).isTrue();
    assertThat(web.stack().neighbour(moved.ipv4())).isEqualTo(router.port("A").mac());
  }

  @Test
  void a_gateway_leads_to_a_subnet_beyond() {
    Router second = secondRouter();
    second.addPort("C", FORMER, lab.externalSwitch(), 300).addAddress("203.0.113.1/24");
    router.routes().add("203.0.113.0/24", "198.51.100.9");
    second.routes().add("0.0.0.0/0", "198.51.100.1");

    Packet ping = web.send(icmp().echoRequest(1, 1).to("203.0.113.1"));

    assertThat(isIn(web, icmp().echoReply(ping).ttl(64).from("203.0.113.1"))).isTrue();
    assertThat(router.routes().find(IpAddress.of("203.0.113.5")))
        .hasToString("203.0.113.0/24 via 198.51.100.9 at B");
    assertThatThrownBy(() -> router.routes().add("203.0.113.0/24", "203.0.113.9"))
        .hasMessageStartingWith(
            "gateway 203.0.113.9 of 203.0.113.0/24 is not on link; the routes are [");
    assertThatThrownBy(() -> router.routes().add("::/0", "198.51.100.9"))
        .hasMessage("gateway 198.51.100.9 is not of the IP version of ::/0");
  }

  @Test
  void packets_in_a_loop_of_routers_end_by_their_hops() {
    Router second = secondRouter();
    second.routes().add("203.0.113.0/24", "198.51.100.1");
    router.routes().add("203.0.113.0/24", "198.51.100.9");

    Packet query = web.send(udp().to("203.0.113.7").port(53));

    assertThat(fateOf(query)).isIn("router TTL: time to live 1", "r2 TTL: time to live 1");
    assertThat(lab.trace(query).hops().stream().filter(hop -> hop.detail().contains("->")))
        .hasSize(63);
  }

  // ---- ports ----

  @Test
  void a_port_that_is_taken_out_takes_all_with_it() {
    Packet query = web.send(udp().to("198.51.100.99").port(53));
    RouterPort port = router.port("B");

    router.removePort("B");

    assertThat(fateOf(query)).isEqualTo("router TARGET_GONE: port B was removed");
    assertThat(port.isRemoved()).isTrue();
    assertThat(router.hasPort("B")).isFalse();
    assertThat(router.routes().find(db.ipv4())).isNull();
    assertThat(fateOf(web.ping(db))).startsWith("router NO_ROUTE");
    assertThatThrownBy(() -> router.port("B"))
        .hasMessage("no port named 'B' on router router; it has [A, station]");
    router.addPort("B", MAC, lab.externalSwitch(), 200).addAddress("198.51.100.1/24").announce();
    web.ping(db);
    assertThat(isIn(web, icmp().echoReply().from(db))).isTrue();
  }

  @Test
  void a_router_that_is_shut_down_answers_nothing() {
    router.shutDown();

    Packet ping = web.ping(db);
    lab.advance(Duration.ofSeconds(3));

    assertThat(fateOf(ping)).isEqualTo("web NO_PEER: no answer from 192.0.2.1 to 3 requests");
    assertThat(router.ports()).isEmpty();
    assertThat(lab.externalSwitch().ports()).hasSize(2);
  }

  @Test
  void what_contradicts_itself_is_refused() {
    RouterPort a = router.port("A");

    assertThatThrownBy(() -> router.addPort("A", MAC, lab.externalSwitch(), 7))
        .hasMessage("router router already has a port named 'A'");
    assertThatThrownBy(() -> a.addAddress("198.51.100.7/24"))
        .hasMessage(
            "router router already has a route 198.51.100.0/24 on link at B; remove it first");
    assertThatThrownBy(() -> a.addAddress("192.0.2.1/24"))
        .hasMessage("router router already has the address 192.0.2.1, at port A");
    assertThatThrownBy(() -> a.addAddress("192.0.2.7"))
        .hasMessage("'192.0.2.7' has no prefix length; write as 192.0.2.1/24");
    assertThatThrownBy(() -> a.setMtu(60)).hasMessage("MTU 60 is not in 68 to 65535");
    assertThat(a).hasToString("A (02:52:53:04:00:01, [192.0.2.1, 2001:db8:53:1::1])");
    assertThat(router.toString()).startsWith("router router: [A (02:52:53:04:00:01");
  }
}
