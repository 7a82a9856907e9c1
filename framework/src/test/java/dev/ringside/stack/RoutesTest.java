// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With routes, a stack sends to the next hop; without, everybody is on link. */
class RoutesTest {

  private static final Endpoint GATEWAY =
      Endpoint.of("gw", "02:00:5e:10:00:01", "192.0.2.1", "2001:db8::1");
  private static final Endpoint FAR =
      Endpoint.of("far", "02:00:5e:10:00:0f", "198.51.100.7", "2001:db8:f::7");

  private final Bench bench = new Bench();

  private Routes routes() {
    return bench.stack.routes();
  }

  private void subnetAndGateways() {
    Routes unused =
        routes()
            .addOnLink("192.0.2.0/24")
            .addOnLink("2001:db8::/64")
            .addGateway("192.0.2.1")
            .addGateway("2001:db8::1");
  }

  @AfterEach
  void no_packet_is_unaccounted_for() {
    bench.checkLaw();
  }

  @Test
  void without_routes_a_station_is_sent_to_directly() {
    assertThat(routes().lines()).isEmpty();
    assertThat(routes().nextHop(FAR.ipv4())).isEqualTo(FAR.ipv4());

    bench.send(udp().to(FAR).port(9));

    assertThat(bench.sentOne().destinationMac()).isEqualTo(FAR.mac());
  }

  @Test
  void with_routes_it_is_sent_to_by_the_gateway() {
    subnetAndGateways();

    Packet sent = bench.send(udp().to(FAR).port(9));

    assertThat(bench.sentOne()).hasToString("#2 arp who has 192.0.2.1, tell 192.0.2.20, 60 bytes");
    bench.receive(arp().reply().from(GATEWAY).to(B));
    Packet arrived = bench.sentOne();
    assertThat(arrived.id()).isEqualTo(sent.id());
    assertThat(arrived.destinationMac()).isEqualTo(GATEWAY.mac());
    assertThat(arrived.destinationIp()).isEqualTo(FAR.ipv4());
    assertThat(bench.stack.neighbour(GATEWAY.ipv4())).isEqualTo(GATEWAY.mac());
    assertThat(bench.stack.neighbour(FAR.ipv4())).isNull();
    bench.send(udp().to(FAR.ipv4()).port(9));
    assertThat(bench.sentOne().destinationMac()).isEqualTo(GATEWAY.mac());
  }

  @Test
  void over_ipv6_too() {
    subnetAndGateways();

    bench.send(udp().ipv6().to(FAR).port(9));

    assertThat(bench.sentOne().toString()).contains("neighbour solicitation", "ff02::1:ff00:1");
    bench.receive(icmpv6().from(GATEWAY).to(B).neighbourAdvertisement(GATEWAY.ipv6()));
    assertThat(bench.sentOne().destinationMac()).isEqualTo(GATEWAY.mac());
  }

  @Test
  void neighbours_are_resolved_even_if_a_station_says_its_mac_address() {
    subnetAndGateways();

    bench.send(udp().to(A).port(9));

    assertThat(bench.sentOne().toString()).contains("arp who has 192.0.2.10");
    bench.receive(arp().reply().from(A).to(B));
    assertThat(bench.sentOne().destinationMac()).isEqualTo(A.mac());
  }

  @Test
  void an_announcement_moves_the_gateway() {
    subnetAndGateways();
    MacAddress next = MacAddress.of("02:00:5e:10:00:02");
    bench.send(udp().to(FAR).port(9));
    bench.receive(arp().reply().from(GATEWAY).to(B));
    assertThat(bench.sent()).hasSize(2);

    bench.receive(arp().gratuitous(next, GATEWAY.ipv4()));
    bench.send(udp().to(FAR).port(9));

    assertThat(bench.sentOne().destinationMac()).isEqualTo(next);
    assertThat(bench.stack.neighbour(GATEWAY.ipv4())).isEqualTo(next);
  }

  @Test
  void what_no_route_leads_to_is_dropped_and_counted() {
    Routes unused = routes().addOnLink("192.0.2.0/24");

    bench.send(udp().to(FAR).port(9));
    bench.send(udp().to(FAR.ipv6()).port(9));

    assertThat(bench.sent()).isEmpty();
    assertThat(bench.dropped(DropReason.NO_ROUTE)).isEqualTo(2);
    assertThat(bench.drops().get(0))
        .isEqualTo("NO_ROUTE: no route to 198.51.100.7 in [192.0.2.0/24 on link]");
  }

  @Test
  void from_the_first_route_on_routes_decide_even_when_none_is_left() {
    Routes unused = routes().addOnLink("192.0.2.0/24");
    assertThat(routes().remove("192.0.2.0/24")).isTrue();
    assertThat(routes().remove("192.0.2.0/24")).isFalse();

    bench.send(udp().to(A).port(9));

    assertThat(bench.dropped(DropReason.NO_ROUTE)).isEqualTo(1);
    assertThat(routes().nextHop(A.ipv4())).isNull();
    assertThat(routes().nextHop(IpAddress.of("fe80::7"))).hasToString("fe80::7");
  }

  @Test
  void a_host_route_comes_before_its_subnet() {
    subnetAndGateways();
    Routes unused = routes().add("192.0.2.77", "192.0.2.9");

    assertThat(routes().nextHop(IpAddress.of("192.0.2.77"))).hasToString("192.0.2.9");
    assertThat(routes().nextHop(IpAddress.of("192.0.2.78"))).hasToString("192.0.2.78");
    assertThat(routes().lines())
        .containsExactly(
            "0.0.0.0/0 via 192.0.2.1",
            "192.0.2.0/24 on link",
            "192.0.2.77/32 via 192.0.2.9",
            "::/0 via 2001:db8::1",
            "2001:db8::/64 on link");
  }

  @Test
  void who_says_the_mac_address_needs_no_route() {
    Routes unused = routes().addOnLink("192.0.2.0/24");

    bench.send(udp().to(FAR).toMac(A.mac()).port(9));
    bench.send(udp().to("224.0.0.251").port(9));
    bench.send(udp().to("255.255.255.255").port(9));
    bench.send(udp().to("192.0.2.255").port(9));
    bench.send(arp().reply().to(FAR));

    assertThat(bench.sent())
        .extracting(packet -> packet.destinationMac().toString())
        .containsExactly(
            A.mac().toString(),
            "01:00:5e:00:00:fb",
            "ff:ff:ff:ff:ff:ff",
            "ff:ff:ff:ff:ff:ff",
            FAR.mac().toString());
  }

  @Test
  void others_can_be_on_link_all_the_same() {
    Routes unused = routes().add("198.51.100.0/24", "192.0.2.1");
    routes().setOthersOnLink(true);

    bench.send(udp().to(A).port(9));
    assertThat(bench.sentOne().destinationMac()).isEqualTo(A.mac());
    bench.send(udp().to(FAR).port(9));
    assertThat(bench.sentOne().toString()).contains("arp who has 192.0.2.1");
    bench.receive(arp().reply().from(GATEWAY).to(B));
    assertThat(bench.sent()).hasSize(1);
  }

  @Test
  void answers_go_by_the_routes_whoever_handed_the_question_over() {
    subnetAndGateways();
    MacAddress other = MacAddress.of("02:00:5e:10:00:33");

    bench.receive(icmp().echoRequest(1, 1).from(FAR).fromMac(other).to(B));

    assertThat(bench.sentOne().toString()).contains("arp who has 192.0.2.1");
    bench.receive(arp().reply().from(GATEWAY).to(B));
    assertThat(bench.sentOne().destinationMac()).isEqualTo(GATEWAY.mac());
  }

  @Test
  void a_broadcast_to_the_subnet_is_taken_and_a_ping_of_all_is_not_answered() {
    bench.receive(udp().from(A).to("192.0.2.255").toMac(MacAddress.BROADCAST).port(9));
    subnetAndGateways();
    bench.receive(udp().from(A).to("192.0.2.255").toMac(MacAddress.BROADCAST).port(9));
    bench.receive(icmp().echoRequest().from(A).to("192.0.2.255").toMac(MacAddress.BROADCAST));

    assertThat(bench.inbox.size()).isEqualTo(2);
    assertThat(bench.dropped(DropReason.NO_TARGET)).isEqualTo(1);
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void what_is_for_itself_never_leaves() {
    subnetAndGateways();

    Packet ping = bench.send(icmp().echoRequest(1, 1).to(B));
    bench.send(udp().to(B.ipv6()).port(9));

    assertThat(bench.sent()).isEmpty();
    assertThat(bench.inbox.size()).isEqualTo(3);
    assertThat(icmp().echoReply(ping).from(B).to(B).matches(bench.inbox.packets().get(1))).isTrue();
  }

  @Test
  void errors_of_routers_arrive_in_the_inbox() {
    Packet query = udp().from(B).to(FAR).port(9).toPacket();

    bench.receive(icmp().timeExceeded(query).from(GATEWAY).to(B));
    bench.receive(icmp().unreachable(0, query).from(GATEWAY).to(B));

    assertThat(bench.inbox.size()).isEqualTo(2);
  }

  @Test
  void a_gateway_is_of_the_version_of_its_prefix() {
    assertThatThrownBy(() -> routes().add("::/0", "192.0.2.1"))
        .hasMessage("gateway 192.0.2.1 is not of the IP version of ::/0");
  }
}
