// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.packet.SamplePackets.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What matchers look at. */
class MatchFieldTest {

  private static final String MAC = "02:00:00:00:00:01";

  /** A matcher, and what it looks at, in words. */
  private record Case(PacketMatcher matcher, String fields) {}

  static List<Case> sentences() {
    return List.of(
        new Case(ethernet(), "[]"),
        new Case(ip(), "[]"),
        new Case(ethernet().etherType(0x88b5), "[ethertype]"),
        new Case(ethernet().fromMac(MAC).toMac(MAC), "[source MAC, destination MAC]"),
        new Case(ethernet().vlan(100), "[VLAN]"),
        new Case(arp(), "[ethertype]"),
        new Case(arp().request(), "[ethertype, ARP]"),
        new Case(ip().ipv6(), "[IP version]"),
        new Case(ip().from("198.51.100.0/24").to("198.51.100.7"), "[source IP, destination IP]"),
        new Case(ip().dscp(46), "[DSCP]"),
        new Case(ip().ttl(1), "[other header fields]"),
        new Case(udp(), "[protocol]"),
        new Case(udp().fromPort(53), "[protocol, source port]"),
        new Case(udp().ports(1, 9), "[protocol, destination port]"),
        new Case(tcp().syn(), "[protocol, TCP flags]"),
        new Case(tcp().sequence(7), "[protocol, other header fields]"),
        new Case(icmp().type(8), "[protocol, ICMP type]"),
        new Case(udp().payload("query"), "[protocol, payload]"),
        new Case(udp().payloadSize(9), "[protocol, payload]"));
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void a_sentence_looks_at_what_it_says(Case sentence) {
    assertThat(MatchField.in(sentence.matcher)).hasToString(sentence.fields);
  }

  /** The MAC of a station is for sending; only its IP addresses are compared. */
  @Test
  void a_station_is_an_ip_address() {
    assertThat(MatchField.in(ip().to(WEB))).containsExactly(MatchField.DESTINATION_IP);
  }

  @Test
  void combinations_look_at_what_their_parts_look_at() {
    PacketMatcher odd = PacketMatcher.named("odd", tcp().syn().or(ip().dscp(1)));

    assertThat(MatchField.in(odd.and(ethernet().vlan(1).negate())))
        .containsExactly(
            MatchField.VLAN, MatchField.PROTOCOL, MatchField.DSCP, MatchField.TCP_FLAGS);
    assertThat(MatchField.in(packet -> true)).containsExactly(MatchField.FUNCTION);
  }
}
