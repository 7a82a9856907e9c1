// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.routing.Bench.A;
import static dev.ringside.routing.Bench.B;
import static dev.ringside.routing.Bench.MAC_A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a router tells of the end of a packet, and whom it does not (RFC 1812, 4.3; RFC 4443). */
class RouterErrorsTest {

  private final Bench bench = new Bench();

  @BeforeEach
  void the_router_knows_where_the_stations_are() {
    bench.bothSayWhereTheyAre();
  }

  @AfterEach
  void every_packet_has_one_fate() {
    bench.checkLaw();
  }

  private boolean isToldOf(PacketSpec spec) {
    bench.a.send(spec);
    return !bench.a.received().isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 13, 14, 15, 16, 17, 18})
  void who_sends_a_query_is_told_of_its_end(int type) {
    assertThat(isToldOf(icmp().type(type).to(B).toMac(MAC_A).ttl(1))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 9, 11, 12, 19, 30})
  void who_sends_an_error_is_not_told_of_its_end(int type) {
    assertThat(isToldOf(icmp().type(type).to(B).toMac(MAC_A).ttl(1))).isFalse();
    assertThat(bench.drops()).containsExactly("TTL: time to live 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 129, 143, 200})
  void over_ipv6_who_sends_an_informational_message_is_told(int type) {
    assertThat(isToldOf(icmpv6().type(type).to(B).toMac(MAC_A).ttl(1))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 100, 127})
  void over_ipv6_who_sends_an_error_is_not_told(int type) {
    assertThat(isToldOf(icmpv6().type(type).to(B).toMac(MAC_A).ttl(1))).isFalse();
  }

  @Test
  void who_sends_any_other_protocol_is_told() {
    assertThat(isToldOf(udp().to(B).toMac(MAC_A).ttl(1))).isTrue();
    assertThat(isToldOf(tcp().to(B).toMac(MAC_A).ttl(1))).isTrue();
    assertThat(isToldOf(udp().to(B.ipv6()).toMac(MAC_A).ttl(1))).isTrue();
  }

  @Test
  void who_sends_a_frame_to_a_group_is_not_told() {
    assertThat(isToldOf(udp().to(B).toMac(MacAddress.BROADCAST).ttl(1))).isFalse();
  }

  @Test
  void the_first_fragment_is_answered_for_all() {
    assertThat(isToldOf(udp().to(B).toMac(MAC_A).ttl(1).fragment(0, true).payloadSize(64)))
        .isTrue();
    assertThat(isToldOf(udp().to(B).toMac(MAC_A).ttl(1).fragment(72, false).payload("later")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "127.0.0.1", "224.0.0.1", "255.255.255.255"})
  void a_source_that_is_no_station_is_neither_routed_nor_told(String source) {
    assertThat(isToldOf(udp().from(source).to(B).toMac(MAC_A))).isFalse();
    assertThat(bench.b.received()).isEmpty();
    assertThat(bench.drops()).containsExactly("MALFORMED: source address " + source);
  }

  @ParameterizedTest
  @ValueSource(strings = {"::", "::1", "ff02::1", "ff0e::9"})
  void over_ipv6_neither(String source) {
    assertThat(isToldOf(udp().from(source).to(B.ipv6()).toMac(MAC_A))).isFalse();
    assertThat(bench.b.received()).isEmpty();
    assertThat(bench.drops())
        .containsExactly("MALFORMED: source address " + Ipv6Address.of(source));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0.1", "126.1.1.1", "128.0.0.1", "223.255.255.1", "::2", "fd00::1"})
  void other_sources_are_routed(String source) {
    IpAddress from = IpAddress.of(source);
    bench.a.send(udp().from(from).to(from.version() == 4 ? B.ipv4() : B.ipv6()).toMac(MAC_A));

    assertThat(bench.b.received()).hasSize(1);
  }

  @Test
  void a_frame_from_a_group_is_from_no_station() {
    bench.a.send(udp().to(B).toMac(MAC_A).fromMac("03:00:5e:10:00:07"));

    assertThat(bench.b.received()).isEmpty();
  }

  @Test
  void pings_of_the_router_are_answered_with_the_same_service_class() {
    Packet ping = bench.a.send(icmp().echoRequest(7, 9).to("192.0.2.1").toMac(MAC_A).dscp(46));
    assertThat(
            icmp().echoReply(ping).from("192.0.2.1").to(A).dscp(46).matches(bench.a.receivedOne()))
        .isTrue();

    Packet ping6 =
        bench.a.send(icmpv6().echoRequest(7, 9).to("2001:db8:b::1").toMac(MAC_A).dscp(46));
    assertThat(
            icmpv6()
                .echoReply(ping6)
                .from("2001:db8:b::1")
                .to(A.ipv6())
                .dscp(46)
                .matches(bench.a.receivedOne()))
        .isTrue();
  }

  @Test
  void what_is_no_sound_ping_is_not_answered() {
    assertThat(isToldOf(icmp().echoRequest(1, 1).to("192.0.2.1").toMac(MAC_A).checksum(1)))
        .isFalse();
    assertThat(isToldOf(icmpv6().echoRequest(1, 1).to("2001:db8:a::1").toMac(MAC_A).checksum(1)))
        .isFalse();
    assertThat(isToldOf(icmp().echoReply(1, 1).to("192.0.2.1").toMac(MAC_A))).isFalse();
    assertThat(isToldOf(icmpv6().echoReply(1, 1).to("2001:db8:a::1").toMac(MAC_A))).isFalse();
    assertThat(isToldOf(udp().to("192.0.2.1").port(8).toMac(MAC_A))).isFalse();
    assertThat(isToldOf(icmp().echoRequest(1, 1).from("127.0.0.1").to("192.0.2.1").toMac(MAC_A)))
        .isFalse();
    assertThat(bench.drops()).isEmpty();
  }

  @Test
  void one_to_whom_no_route_leads_is_not_told() {
    assertThat(isToldOf(udp().from("203.0.113.9").to(B).toMac(MAC_A).ttl(1))).isFalse();
    assertThat(isToldOf(icmp().echoRequest(1, 1).from("203.0.113.9").to("192.0.2.1").toMac(MAC_A)))
        .isFalse();
  }

  @Test
  void the_router_does_not_tell_itself() {
    bench.a.send(udp().from("198.51.100.1").to(B).toMac(MAC_A).ttl(1));

    assertThat(bench.b.received()).isEmpty();
    assertThat(bench.router.live()).isZero();
    assertThat(bench.drops()).containsExactly("TTL: time to live 1");
  }
}
