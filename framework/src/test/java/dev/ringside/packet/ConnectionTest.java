// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which packets are of one connection. */
class ConnectionTest {

  private static final MacAddress A = MacAddress.of("02:00:00:00:00:0a");
  private static final MacAddress B = MacAddress.of("02:00:00:00:00:0b");

  private static UdpSpec udp(String from, int fromPort, String to, int port) {
    return Packets.udp().fromMac(A).toMac(B).from(from).to(to).fromPort(fromPort).port(port);
  }

  @Test
  void both_directions_are_one() {
    Connection asked = Connection.of(udp("192.0.2.1", 4_444, "203.0.113.9", 53).toPacket());
    Connection answered = Connection.of(udp("203.0.113.9", 53, "192.0.2.1", 4_444).toPacket());

    assertThat(answered).isEqualTo(asked).hasSameHashCodeAs(asked);
    assertThat(asked).hasToString("udp 192.0.2.1:4444 <> 203.0.113.9:53");
    assertThat(answered).hasToString(asked.toString());
    assertThat(asked.key()).isEqualTo(answered.key()).isNotZero();
    assertThat(asked).isNotEqualTo("udp");
  }

  @Test
  void a_flow_key_names_it_too() {
    for (String[] ends :
        new String[][] {{"192.0.2.1", "203.0.113.9"}, {"2001:db8::1", "2001:db8::2"}}) {
      Packet packet = udp(ends[0], 4_444, ends[1], 53).toPacket();
      FlowKey flow = java.util.Objects.requireNonNull(packet.flowKey());
      assertThat(Connection.of(flow)).isEqualTo(Connection.of(packet));
      assertThat(Connection.of(flow.reversed())).hasToString(Connection.of(packet).toString());
    }
  }

  @Test
  void ports_protocols_addresses_and_vlans_tell_connections_apart() {
    List<Packet> packets = new ArrayList<>();
    packets.add(udp("192.0.2.1", 1, "203.0.113.9", 2).toPacket());
    packets.add(udp("192.0.2.1", 2, "203.0.113.9", 1).toPacket());
    packets.add(udp("192.0.2.2", 1, "203.0.113.9", 2).toPacket());
    packets.add(udp("192.0.2.1", 1, "203.0.113.9", 2).toPacket().pushVlanTag(VlanTag.of(7)));
    packets.add(
        Packets.tcp()
            .fromMac(A)
            .toMac(B)
            .from("192.0.2.1")
            .to("203.0.113.9")
            .fromPort(1)
            .port(2)
            .toPacket());
    packets.add(Packets.icmp().fromMac(A).toMac(B).from("192.0.2.1").to("203.0.113.9").toPacket());
    packets.add(Packets.ethernet(0x88b5).fromMac(A).toMac(B).toPacket());
    packets.add(Packets.ethernet(0x88b6).fromMac(A).toMac(B).toPacket());
    packets.add(Packets.ethernet(0x88b5).fromMac(A).toMac(MacAddress.BROADCAST).toPacket());

    TreeSet<Long> keys = new TreeSet<>();
    packets.forEach(packet -> keys.add(Connection.keyOf(packet)));

    assertThat(keys).hasSize(packets.size());
    assertThat(packets.stream().map(Connection::of).map(Connection::toString))
        .containsExactly(
            "udp 192.0.2.1:1 <> 203.0.113.9:2",
            "udp 192.0.2.1:2 <> 203.0.113.9:1",
            "udp 192.0.2.2:1 <> 203.0.113.9:2",
            "udp 192.0.2.1:1 <> 203.0.113.9:2, vlan 7",
            "tcp 192.0.2.1:1 <> 203.0.113.9:2",
            "icmp 192.0.2.1 <> 203.0.113.9",
            "ethertype 0x88b5 02:00:00:00:00:0a <> 02:00:00:00:00:0b",
            "ethertype 0x88b6 02:00:00:00:00:0a <> 02:00:00:00:00:0b",
            "ethertype 0x88b5 02:00:00:00:00:0a <> ff:ff:ff:ff:ff:ff");
  }

  @Test
  void the_content_does_not() {
    assertThat(Connection.of(udp("192.0.2.1", 1, "203.0.113.9", 2).payload("one").toPacket()))
        .isEqualTo(Connection.of(udp("192.0.2.1", 1, "203.0.113.9", 2).payload("two").toPacket()));
  }

  @Test
  void all_fragments_of_two_addresses_are_one() {
    byte[] first = udp("192.0.2.1", 1, "203.0.113.9", 2).payloadSize(64).toPacket().toByteArray();
    byte[] later = first.clone();
    first[20] = 0x20; // more fragments
    later[21] = 8; // from byte 64 on
    Connection one = Connection.of(Packet.of(first));

    assertThat(Connection.of(Packet.of(later))).isEqualTo(one);
    assertThat(one).hasToString("udp 192.0.2.1 <> 203.0.113.9, fragments");
    FlowKey flow =
        new FlowKey(Ipv4Address.of("192.0.2.1"), Ipv4Address.of("203.0.113.9"), 17, 1, 2);
    assertThat(Connection.ofFragments(flow)).isEqualTo(one).hasToString(one.toString());
    assertThat(one).isNotEqualTo(Connection.of(udp("192.0.2.1", 1, "203.0.113.9", 2).toPacket()));
  }

  @Test
  void anything_has_one() {
    for (int length = 0; length < 60; length++) {
      Connection connection = Connection.of(Packet.of(new byte[length]));
      assertThat(connection.key()).isNotZero();
      assertThat(connection.toString()).isNotEmpty();
    }
  }
}
