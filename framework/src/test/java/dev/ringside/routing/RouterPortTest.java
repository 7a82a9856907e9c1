// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.routing.Bench.A;
import static dev.ringside.routing.Bench.B;
import static dev.ringside.routing.Bench.MAC_A;
import static dev.ringside.routing.Bench.MAC_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.JournalEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a port of a router says to its neighbours, and how its addresses come and go. */
class RouterPortTest {

  private static final Ipv6Address GATEWAY6 = Ipv6Address.of("2001:db8:a::1");
  private static final MacAddress FORMER = MacAddress.of("02:00:5e:10:00:98");
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Bench bench = new Bench();
  private final Router router = bench.router;
  private final RouterPort portA = bench.portA;

  @AfterEach
  void every_packet_has_one_fate() {
    bench.checkLaw();
  }

  private boolean isOnLinkAt(String prefix, RouterPort port) {
    Route route = router.routes().get(IpPrefix.of(prefix));
    return route != null && route.port() == port && route.gatewayOrNull() == null;
  }

  // ---- neighbours ----

  @Test
  void it_announces_each_of_its_addresses() {
    portA.announce();

    List<Packet> said = bench.a.received();
    assertThat(said).hasSize(2);
    assertThat(arp().gratuitous(MAC_A, Ipv4Address.of("192.0.2.1")).matches(said.get(0))).isTrue();
    assertThat(
            icmpv6()
                .fromMac(MAC_A)
                .from(GATEWAY6)
                .to("ff02::1")
                .neighbourAdvertisement(GATEWAY6)
                .matches(said.get(1)))
        .isTrue();
    assertThat(bench.b.received()).isEmpty();
  }

  @Test
  void an_arp_request_is_answered_to_the_one_who_asks() {
    bench.a.send(arp().request().from(A).targetIp("192.0.2.1"));

    assertThat(
            arp()
                .reply()
                .fromMac(MAC_A)
                .senderMac(MAC_A)
                .senderIp("192.0.2.1")
                .toMac(A.mac())
                .targetMac(A.mac())
                .targetIp(A.ipv4())
                .matches(bench.a.receivedOne()))
        .isTrue();
    assertThat(portA.neighbour(A.ipv4())).isEqualTo(A.mac());
    assertThat(portA.neighbourLines()).hasSize(1).first().asString().contains("192.0.2.10");
  }

  @Test
  void a_solicitation_is_answered_to_the_one_who_asks() {
    bench.a.send(icmpv6().from(A).neighbourSolicitation(GATEWAY6));

    assertThat(
            icmpv6()
                .fromMac(MAC_A)
                .toMac(A.mac())
                .from(GATEWAY6)
                .to(A.ipv6())
                .neighbourAdvertisement(GATEWAY6)
                .matches(bench.a.receivedOne()))
        .isTrue();
  }

  @Test
  void a_solicitation_of_one_that_has_no_address_yet_is_answered_to_all() {
    byte[] target = HexFormat.of().parseHex("20010db8000a00000000000000000001");
    bench.a.send(
        icmpv6().type(135).from("::").to(GATEWAY6.solicitedNode()).ttl(255).payload(target));

    assertThat(
            icmpv6().to("ff02::1").neighbourAdvertisement(GATEWAY6).matches(bench.a.receivedOne()))
        .isTrue();
  }

  @Test
  void it_asks_for_a_neighbour_from_its_address_in_that_subnet() {
    portA.addAddress("203.0.113.1/24");
    bench.b.send(udp().to("203.0.113.9").toMac(MAC_B));
    bench.b.send(udp().to("192.0.2.99").toMac(MAC_B));
    bench.b.send(udp().to("2001:db8:a::99").toMac(MAC_B));

    List<Packet> asked = bench.a.received();
    assertThat(asked).hasSize(3);
    assertThat(
            arp().request().senderIp("203.0.113.1").targetIp("203.0.113.9").matches(asked.get(0)))
        .isTrue();
    assertThat(arp().request().senderIp("192.0.2.1").targetIp("192.0.2.99").matches(asked.get(1)))
        .isTrue();
    assertThat(
            icmpv6()
                .from(GATEWAY6)
                .neighbourSolicitation(Ipv6Address.of("2001:db8:a::99"))
                .matches(asked.get(2)))
        .isTrue();
  }

  @Test
  void it_asks_for_a_neighbour_outside_its_subnets_from_its_first_address_of_that_version() {
    portA.addAddress("203.0.113.1/24");
    router.routes().addOnLink(IpPrefix.of("198.18.7.7"), portA);
    router.routes().addOnLink(IpPrefix.of("2001:db8:77::7"), portA);
    bench.b.send(udp().to("198.18.7.7").toMac(MAC_B));
    bench.b.send(udp().to("2001:db8:77::7").toMac(MAC_B));

    List<Packet> asked = bench.a.received();
    assertThat(asked).hasSize(2);
    assertThat(arp().request().senderIp("192.0.2.1").targetIp("198.18.7.7").matches(asked.get(0)))
        .isTrue();
    assertThat(icmpv6().from(GATEWAY6).matches(asked.get(1))).isTrue();
  }

  @Test
  void it_asks_from_no_address_or_its_link_local_one_if_it_was_given_none() {
    RouterPort bare = router.addPort("C", FORMER, bench.network, 100);
    router.routes().addOnLink(IpPrefix.of("198.18.7.7"), bare);
    router.routes().addOnLink(IpPrefix.of("2001:db8:77::7"), bare);
    bench.b.send(udp().to("198.18.7.7").toMac(MAC_B));
    bench.b.send(udp().to("2001:db8:77::7").toMac(MAC_B));

    List<Packet> asked = bench.a.received();
    assertThat(asked).hasSize(2);
    assertThat(arp().request().senderIp("0.0.0.0").targetIp("198.18.7.7").matches(asked.get(0)))
        .isTrue();
    assertThat(icmpv6().from("fe80::5eff:fe10:98").matches(asked.get(1))).isTrue();
  }

  @Test
  void its_link_local_address_can_be_pinged_on_its_own_link_only() {
    bench.bothSayWhereTheyAre();
    Ipv6Address linkLocal = Ipv6Address.linkLocal(MAC_A);
    bench.a.send(icmpv6().echoRequest(1, 1).to(linkLocal).toMac(MAC_A));
    bench.b.send(icmpv6().echoRequest(1, 2).to(linkLocal).toMac(MAC_B));

    assertThat(icmpv6().echoReply(1, 1).from(linkLocal).matches(bench.a.receivedOne())).isTrue();
    assertThat(icmpv6().echoReply().matches(bench.b.receivedOne())).isFalse();
  }

  @Test
  void proxy_arp_answers_for_stations_behind_other_ports_only() {
    assertThat(portA.setProxyArp(true)).isSameAs(portA);
    bench.a.send(arp().request().from(A).targetIp("192.0.2.99"));
    bench.a.send(arp().request().from(A).targetIp("203.0.113.9"));
    assertThat(bench.a.received()).isEmpty();

    bench.a.send(arp().request().from(A).targetIp("198.51.100.9"));
    assertThat(
            arp().reply().senderMac(MAC_A).senderIp("198.51.100.9").matches(bench.a.receivedOne()))
        .isTrue();
  }

  // ---- addresses ----

  @Test
  void the_subnet_of_an_address_is_on_link_as_long_as_an_address_is_in_it() {
    portA.addAddress("192.0.2.2/24");

    assertThat(portA.removeAddress(IpAddress.of("192.0.2.1"))).isTrue();
    assertThat(isOnLinkAt("192.0.2.0/24", portA)).isTrue();
    assertThat(portA.removeAddress(IpAddress.of("192.0.2.2"))).isTrue();
    assertThat(router.routes().get(IpPrefix.of("192.0.2.0/24"))).isNull();
    assertThat(portA.removeAddress(IpAddress.of("192.0.2.2"))).isFalse();
  }

  @Test
  void a_subnet_that_is_on_link_at_another_port_by_now_stays_there() {
    router.routes().addOnLink(IpPrefix.of("192.0.2.0/24"), bench.portB);

    assertThat(portA.removeAddress(IpAddress.of("192.0.2.1"))).isTrue();

    assertThat(isOnLinkAt("192.0.2.0/24", bench.portB)).isTrue();
  }

  @Test
  void a_route_that_was_taken_away_before_is_not_missed() {
    assertThat(router.routes().remove(IpPrefix.of("192.0.2.0/24"))).isTrue();

    assertThat(portA.removeAddress(IpAddress.of("192.0.2.1"))).isTrue();
    assertThat(portA.addresses()).containsExactly(GATEWAY6);
  }

  @Test
  void an_address_that_was_taken_away_is_answered_for_no_longer_and_may_go_elsewhere() {
    bench.bothSayWhereTheyAre();
    bench.portB.takeOver(IpAddress.of("203.0.113.7"));
    bench.b.send(icmp().echoRequest(1, 1).to("203.0.113.7").toMac(MAC_B));
    assertThat(icmp().echoReply(1, 1).from("203.0.113.7").matches(bench.b.receivedOne())).isTrue();

    assertThat(bench.portB.removeAddress(IpAddress.of("203.0.113.7"))).isTrue();

    Packet query = bench.b.send(udp().to("203.0.113.7").toMac(MAC_B));
    assertThat(icmp().unreachable(0, query).matches(bench.b.receivedOne())).isTrue();
    portA.takeOver(IpAddress.of("203.0.113.7"));
    assertThatThrownBy(() -> bench.portB.takeOver(IpAddress.of("203.0.113.7")))
        .hasMessage("router r1 already has the address 203.0.113.7, at port A");
  }

  @Test
  void an_address_needs_a_prefix_length() {
    assertThatThrownBy(() -> portA.addAddress("/24"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("has no prefix length");
    assertThat(portA.addAddress("203.0.113.1/32")).isSameAs(portA);
    assertThat(isOnLinkAt("203.0.113.1/32", portA)).isTrue();
    assertThat(portA.addAddress("2001:db8:c::1/48")).isSameAs(portA);
    assertThat(isOnLinkAt("2001:db8:c::/48", portA)).isTrue();
  }

  // ---- other MAC addresses ----

  @Test
  void no_other_station_gets_the_frames_to_an_alias() {
    assertThat(portA.addAlias(FORMER, GRACE)).isSameAs(portA);
    bench.a.send(udp().fromMac(FORMER).from(A).to("203.0.113.9").toMac(MAC_A)); // an impostor

    assertThat(bench.network.portOf(FORMER, 100)).isSameAs(portA.switchPort());

    assertThat(portA.removeAlias(FORMER)).isTrue();
    bench.a.send(udp().fromMac(FORMER).from(A).to("203.0.113.9").toMac(MAC_A));
    assertThat(bench.network.portOf(FORMER, 100)).isNotSameAs(portA.switchPort());
  }

  @Test
  void a_refused_address_is_no_alias_and_the_last_word_counts() {
    assertThat(portA.refuse(FORMER, GRACE)).isSameAs(portA);
    assertThat(portA.aliases()).isEmpty();
    bench.world.advance(Duration.ofSeconds(20));
    portA.addAlias(FORMER, GRACE);
    bench.world.advance(Duration.ofSeconds(20)); // past the end of the first one

    assertThat(portA.aliases()).containsExactly(FORMER);
    portA.addAlias(MAC_B, GRACE);
    assertThat(portA.removeAlias(MAC_B)).isTrue();
    assertThat(portA.aliases()).containsExactly(FORMER);
  }

  @Test
  void nothing_is_left_to_do_for_a_port_that_was_taken_out() {
    portA.addAlias(FORMER, GRACE);
    router.removePort("A");

    assertThat(portA.aliases()).isEmpty();
    assertThat(bench.network.portOf(FORMER, 100)).isNull();
    assertThat(router.hasPort("A")).isFalse();
    assertThat(router.hasPort("B")).isTrue();
    assertThat(router.routes().find(A.ipv4())).isNull();
    assertThat(router.routes().find(B.ipv4())).isNotNull();
    assertThat(bench.portB.takeOver(IpAddress.of("192.0.2.1"))).isSameAs(bench.portB);
    assertThatThrownBy(() -> portA.takeOver(IpAddress.of("198.51.100.1")))
        .hasMessageEndingWith("at port B");
  }

  @Test
  void ports_that_come_and_go_are_in_the_journal() {
    router.removePort("A");

    List<String> events = new ArrayList<>();
    for (JournalEntry entry : bench.world.journal().entries()) {
      if (entry.event() != null) {
        events.add(entry.place() + ": " + entry.event() + " " + entry.detail());
      }
    }
    assertThat(events)
        .containsExactly("r1: created port A ", "r1: created port B ", "r1: removed port A ");
  }

  // ---- frames ----

  @Test
  void a_frame_that_was_in_the_queue_when_its_port_was_taken_out_is_dropped() {
    bench.world.run(
        () -> {
          Packet frame = udp().from(A).to(B).toMac(MAC_A).toPacket();
          bench.network.account().addSent();
          portA.accept(bench.world.inject(bench.network.account(), frame));
          assertThat(router.live()).isEqualTo(1);
          router.removePort("A");
        });

    assertThat(bench.drops()).containsExactly("TARGET_GONE: port A was removed");
  }

  @Test
  void what_is_no_packet_for_a_router_ends_here() {
    bench.a.send(ethernet(0x88b5).fromMac(A.mac()).toMac(MAC_A).payload("local experimental"));
    bench.a.send(Packet.of(HexFormat.of().parseHex("02005e100001a2b4c6d8ea0a080045")));

    assertThat(bench.drops()).hasSize(2).first().isEqualTo("NO_MATCH: not an IP packet");
    assertThat(router.account().dropped(DropReason.MALFORMED)).isEqualTo(1);
  }

  @Test
  void the_longest_packet_is_as_long_as_it_was_set() {
    bench.bothSayWhereTheyAre();
    assertThat(bench.portB.setMtu(128)).isSameAs(bench.portB);

    bench.a.send(udp().to(B).toMac(MAC_A).payloadSize(100).dontFragment());
    bench.a.send(udp().to(B).toMac(MAC_A).payloadSize(100));
    assertThat(bench.b.received()).hasSize(2);
    bench.a.send(udp().to(B).toMac(MAC_A).payloadSize(101));
    assertThat(bench.b.received()).hasSize(2);
    bench.a.send(udp().to(B).toMac(MAC_A).payloadSize(101).dontFragment());
    assertThat(bench.b.received()).isEmpty();
    assertThat(bench.drops()).containsExactly("TOO_LONG: 129 bytes, MTU 128 at B");
  }

  @Test
  void an_mtu_is_one_that_ip_knows() {
    assertThat(portA.setMtu(68).mtu()).isEqualTo(68);
    assertThat(portA.setMtu(65_535).mtu()).isEqualTo(65_535);
    assertThatThrownBy(() -> portA.setMtu(67)).hasMessage("MTU 67 is not in 68 to 65535");
    assertThatThrownBy(() -> portA.setMtu(65_536)).hasMessage("MTU 65536 is not in 68 to 65535");
  }

  @Test
  void it_knows_where_it_belongs() {
    assertThat(portA.router()).isSameAs(router);
    assertThat(portA.switchPort().name()).isEqualTo("r1/A");
    assertThat(router.ports()).containsExactly(portA, bench.portB);
  }

  // ---- routes ----

  @Test
  void routes_are_listed_by_prefix_and_forgotten_one_by_one() {
    RoutingTable routes = router.routes();
    assertThat(routes.add("203.0.113.0/24", "192.0.2.9")).isSameAs(routes);
    assertThat(routes.add(IpPrefix.of("0.0.0.0/0"), IpAddress.of("192.0.2.9"))).isSameAs(routes);
    assertThat(routes.addOnLink(IpPrefix.of("198.18.7.7"), portA)).isSameAs(routes);

    assertThat(routes)
        .hasToString(
            "[0.0.0.0/0 via 192.0.2.9 at A, 192.0.2.0/24 on link at A,"
                + " 198.18.7.7/32 on link at A, 198.51.100.0/24 on link at B,"
                + " 203.0.113.0/24 via 192.0.2.9 at A,"
                + " 2001:db8:a::/64 on link at A, 2001:db8:b::/64 on link at B]");
    assertThat(routes.list()).hasSize(7);
    assertThat(routes.remove(IpPrefix.of("203.0.113.0/24"))).isTrue();
    assertThat(routes.remove(IpPrefix.of("203.0.113.0/24"))).isFalse();
    assertThat(routes.find(IpAddress.of("203.0.113.9")))
        .hasToString("0.0.0.0/0 via 192.0.2.9 at A");
  }
}
