// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** One sentence sends a packet and recognizes it. */
class PacketSpecTest {

  private static final Endpoint WEB =
      Endpoint.of("web", "02:00:00:00:00:01", "198.18.0.1", "2001:db8::1");
  private static final Endpoint DB =
      Endpoint.of("db", "02:00:00:00:00:02", "198.18.0.2", "2001:db8::2");

  @Test
  void a_sentence_becomes_a_packet_with_lengths_and_checksums() {
    Packet packet = udp().to(WEB).port(53).payload("query").toPacket();

    assertThat(packet).hasToString("udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes");
    assertThat(packet.payload()).asString().isEqualTo("query");
    assertThat(packet.checksumFault()).isNull();
    assertThat(packet.destinationMac()).isEqualTo(WEB.mac());
    assertThat(packet.sourceMac()).hasToString("02:52:53:00:00:fe");
  }

  @Test
  void a_specification_reads_like_its_sentence() {
    assertThat(udp().to(WEB).port(53).payload("query"))
        .hasToString("udp to 198.18.0.1 port 53 payload \"query\"");
    assertThat(tcp().syn().from(WEB).to(DB).ipv6().vlan(300).vlan(5, 3).dontFragment())
        .hasToString(
            "tcp syn from 2001:db8::1 to 2001:db8::2 over IPv6 vlan 300 vlan 5 priority 3 don't"
                + " fragment");
  }

  @Test
  void only_what_was_said_is_compared() {
    Packet packet = udp().from(DB).to(WEB).port(53).payload("query").toPacket();

    assertThat(udp().matches(packet)).isTrue();
    assertThat(udp().from("198.18.0.0/16").to(WEB).matches(packet)).isTrue();
    assertThat(udp().port(54).from("10.0.0.0/8").mismatches(packet))
        .extracting(FieldMismatch::toString)
        .containsExactly(
            "destination port: expected 54, was 53",
            "source IP: expected 10.0.0.0/8, was 198.18.0.2");
    assertThat(tcp().syn().mismatches(packet))
        .extracting(FieldMismatch::toString)
        .containsExactly("protocol: expected tcp, was udp", "TCP flags: expected syn, was none");
  }

  @Test
  void a_missing_destination_says_what_to_add() {
    assertThatThrownBy(() -> udp().toPacket())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("udp packet has no destination; say to(vm), or to(ip) and toMac(mac)");
    assertThatThrownBy(() -> udp().to("198.18.0.1").toPacket())
        .hasMessage(
            "udp packet to 198.18.0.1 has no destination MAC; say to(vm), or add toMac(mac)");
  }

  @Test
  void arp_and_neighbour_discovery() {
    assertThat(arp().request().from(WEB).to(DB).toPacket())
        .hasToString("arp who has 198.18.0.2, tell 198.18.0.1, 60 bytes");
    assertThat(arp().reply().from(DB).to(WEB).toPacket())
        .hasToString("arp 198.18.0.2 is at 02:00:00:00:00:02, 60 bytes");
    assertThat(icmpv6().from(WEB).neighbourSolicitation(DB.ipv6()).toPacket())
        .hasToString("icmpv6 neighbour solicitation 2001:db8::1 > ff02::1:ff00:2, 86 bytes");
    assertThat(icmpv6().from(DB).to(WEB).neighbourAdvertisement(DB.ipv6()).toPacket())
        .hasToString("icmpv6 neighbour advertisement 2001:db8::2 > 2001:db8::1, 86 bytes");
  }
}
