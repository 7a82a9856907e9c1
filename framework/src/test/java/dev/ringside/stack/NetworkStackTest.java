// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.UdpSpec;
import dev.ringside.trace.DropReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stack takes, what it answers, and what it drops for which reason. */
class NetworkStackTest {

  private static final UdpSpec QUERY = udp().from(A).to(B).port(53).payload("query");

  private final Bench bench = new Bench();

  @AfterEach
  void no_packet_is_unaccounted_for() {
    bench.checkLaw();
  }

  // ---- what it takes ----

  @Test
  void packets_for_its_addresses_and_groups_arrive_in_the_inbox() {
    bench.receive(QUERY);
    bench.receive(QUERY.ipv6());
    bench.receive(QUERY.to(Ipv6Address.linkLocal(B.mac())));
    bench.receive(QUERY.to("255.255.255.255"));
    bench.receive(QUERY.to("224.0.0.251"));
    bench.receive(QUERY.to("ff02::fb"));
    bench.receive(ethernet().toMac(B.mac()).payload("hello"));

    assertThat(bench.inbox.size()).isEqualTo(7);
    assertThat(bench.account.delivered()).isEqualTo(7);
    assertThat(bench.sent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.99", "2001:db8::c", "fe80::1"})
  void packets_for_others_are_dropped(String ip) {
    bench.receive(QUERY.to(ip).toMac(B.mac()));

    assertThat(bench.inbox.size()).isZero();
    assertThat(bench.drops()).containsExactly("NO_TARGET: address of another station");
  }

  @Test
  void packets_with_a_fault_are_dropped() {
    bench.receive(QUERY.totalLength(500));
    bench.receive(QUERY.ipChecksum(0x1234));
    bench.receive(QUERY.checksum(0x1234));

    assertThat(bench.inbox.size()).isZero();
    assertThat(bench.dropped(DropReason.MALFORMED)).isEqualTo(3);
    assertThat(bench.drops().get(0)).endsWith("ipv4 total length 500 exceeds the 46 bytes present");
    assertThat(bench.drops().get(1)).startsWith("MALFORMED: ipv4 header checksum 0x1234 should be");
    assertThat(bench.drops().get(2)).startsWith("MALFORMED: udp checksum 0x1234 should be");
  }

  @Test
  void a_full_inbox_drops_and_nothing_is_answered() {
    Bench small = new Bench(1);

    small.receive(icmp().from(A).to(B));
    small.receive(icmp().from(A).to(B));

    small.sentOne();
    assertThat(small.drops()).containsExactly("RING_FULL: ring b/inbox has 1 of 1 slots in use");
    small.checkLaw();
  }

  // ---- handlers ----

  @Test
  void handlers_see_what_arrives_for_them() {
    List<String> seen = new ArrayList<>();
    bench.stack.onUdp(53, packet -> seen.add("53: " + packet.destinationPort()));
    bench.stack.onPacket(packet -> seen.add("every: " + packet.protocol()));

    bench.receive(QUERY);
    bench.receive(icmp().from(A).to(B).echoReply());

    assertThat(seen).containsExactly("53: 53", "every: 17", "every: 1");
  }

  @Test
  void what_a_handler_throws_fails_the_operation_and_not_the_stack() {
    bench.stack.onPacket(
        packet -> {
          throw new IllegalStateException("user's mistake");
        });

    assertThatThrownBy(() -> bench.receive(QUERY)).hasMessage("user's mistake");
    assertThat(bench.inbox.size()).isEqualTo(1);
  }

  @Test
  void ports_have_sixteen_bits_and_mtus_a_minimum() {
    assertThatThrownBy(() -> bench.stack.onUdp(0, packet -> {}))
        .hasMessage("UDP port 0 is not in 1 to 65535");
    assertThatThrownBy(() -> bench.stack.onUdp(65_536, packet -> {}))
        .hasMessage("UDP port 65536 is not in 1 to 65535");
    assertThatThrownBy(() -> bench.stack.setMtu(67)).hasMessage("MTU 67 is not in 68 to 65535");
    assertThatThrownBy(() -> bench.stack.setMtu(65_536))
        .hasMessage("MTU 65536 is not in 68 to 65535");
  }

  // ---- closed ports ----

  @Test
  void a_closed_port_is_told_once_one_is_open() {
    bench.receive(QUERY.port(7));
    bench.stack.onUdp(53, packet -> {});

    bench.receive(QUERY.port(7));

    assertThat(bench.inbox.size()).isEqualTo(1);
    assertThat(bench.drops()).containsExactly("NO_TARGET: udp port 7 closed");
    assertThat(bench.sentOne())
        .hasToString("#3 icmp unreachable 192.0.2.20 > 192.0.2.10, 75 bytes");
  }

  @Test
  void a_closed_port_is_told_over_ipv6_from_the_address_that_was_asked() {
    bench.stack.onUdp(53, packet -> {});

    bench.receive(QUERY.port(7).to(Ipv6Address.linkLocal(B.mac())).toMac(B.mac()));

    assertThat(bench.sentOne())
        .hasToString("#2 icmpv6 unreachable fe80::5eff:fe10:b > 2001:db8::a, 115 bytes");
  }

  @Test
  void a_closed_port_is_not_told_to_groups_or_because_of_groups() {
    bench.stack.onUdp(53, packet -> {});

    bench.receive(QUERY.port(7).toMac(MacAddress.BROADCAST));
    bench.receive(QUERY.port(7).to("255.255.255.255").toMac(B.mac()));
    bench.receive(QUERY.port(7).to("224.0.0.1").toMac(B.mac()));
    bench.receive(QUERY.port(7).to("ff02::1").toMac(B.mac()));
    bench.receive(QUERY.port(7).from("0.0.0.0"));
    bench.receive(QUERY.port(7).from("255.255.255.255"));
    bench.receive(QUERY.port(7).fromMac("03:00:00:00:00:01"));

    assertThat(bench.dropped(DropReason.NO_TARGET)).isEqualTo(7);
    assertThat(bench.sent()).isEmpty();
  }

  // ---- ping ----

  @Test
  void a_ping_arrives_and_is_answered() {
    bench.receive(icmp().from(A).to(B).echoRequest(1, 2));
    assertThat(bench.sentOne()).hasToString("#2 icmp echo reply 192.0.2.20 > 192.0.2.10, 60 bytes");
    bench.receive(icmpv6().from(A).to(B).echoRequest(1, 2));
    assertThat(bench.sentOne())
        .hasToString("#4 icmpv6 echo reply 2001:db8::b > 2001:db8::a, 62 bytes");

    assertThat(bench.inbox.size()).isEqualTo(2);
  }

  @Test
  void a_ping_to_a_group_is_answered_by_one_station() {
    bench.receive(icmpv6().from(A).to("ff02::1"));

    assertThat(bench.sentOne())
        .hasToString("#2 icmpv6 echo reply 2001:db8::b > 2001:db8::a, 62 bytes");
  }

  @Test
  void a_ping_from_a_group_is_not_answered() {
    bench.receive(icmp().from("192.0.2.255").to(B).fromMac(MacAddress.BROADCAST));
    bench.receive(icmp().from("255.255.255.255").to(B));

    assertThat(bench.inbox.size()).isEqualTo(2);
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void a_number_of_the_other_version_is_no_ping() {
    bench.receive(icmpv6().from(A).to(B).type(8));
    bench.receive(icmp().from(A).to(B).type(128));

    assertThat(bench.sent()).isEmpty();
  }

  // ---- fragments ----

  @Test
  void fragments_arrive_put_together() {
    Packet packet = QUERY.payloadSize(3_000).toPacket();

    bench.receive(Fragmentation.split(packet, 1_500).subList(0, 2));
    assertThat(bench.stack.live()).isEqualTo(2);
    bench.checkLaw();
    bench.receive(Fragmentation.split(packet, 1_500).subList(2, 3));

    assertThat(bench.stack.live()).isZero();
    assertThat(bench.inbox.packets()).hasSize(1);
    assertThat(bench.inbox.packets().get(0).payload()).isEqualTo(packet.payload());
    assertThat(bench.inbox.packets().get(0).id()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {68, 576, 1_500})
  void a_long_ping_is_answered_in_fragments(int mtu) {
    bench.stack.setMtu(mtu);
    Packet ping = icmp().from(A).to(B).echoRequest(1, 2).payloadSize(3_000).toPacket();

    bench.receive(Fragmentation.split(ping, 1_500));
    List<Packet> answer = bench.sent();

    assertThat(answer).allMatch(f -> f.endOffset() - f.networkOffset() <= mtu);
    assertThat(answer).allMatch(Packet::isFragment);
    assertThat(bench.account.cloned()).isEqualTo(answer.size() - 1);
    Packet whole = reassemble(answer);
    assertThat(whole.payload()).isEqualTo(ping.payload());
    assertThat(whole.checksumFault()).isNull();
  }

  private static Packet reassemble(List<Packet> fragments) {
    Bench other = new Bench();
    Reassembly reassembly = new Reassembly(other.world, other.account);
    Packet whole = null;
    for (Packet fragment : fragments) {
      whole = other.world.call(() -> reassembly.add(fragment, null, 0));
    }
    assertThat(whole).isNotNull();
    return whole;
  }

  @Test
  void copies_of_a_fragmented_packet_name_the_packet_they_come_from() {
    Packet sent = bench.send(QUERY.from(B).to(A).payloadSize(2_000));

    List<Packet> fragments = bench.sent();

    assertThat(fragments).extracting(Packet::id).containsExactly(sent.id(), sent.id() + 1);
    assertThat(bench.world.journal().toText()).contains("CLONED: copy of #" + sent.id());
  }

  @Test
  void what_was_put_together_is_checked_like_any_packet() {
    bench.receive(Fragmentation.split(QUERY.payloadSize(2_000).checksum(7).toPacket(), 1_500));

    assertThat(bench.inbox.size()).isZero();
    assertThat(bench.drops()).containsExactly("MALFORMED: udp checksum 0x7 should be 0x67c1");
  }

  @Test
  void a_wrong_length_shows_when_the_packet_is_whole() {
    byte[] udp = new byte[24];
    udp[5] = 100; // UDP length
    bench.receive(ip(17).from(A).to(B).fragment(0, true).payload(udp).toPacket());
    bench.receive(ip(17).from(A).to(B).fragment(24, false).payload(new byte[8]).toPacket());

    assertThat(bench.inbox.size()).isZero();
    assertThat(bench.drops()).hasSize(1);
    assertThat(bench.drops().get(0)).endsWith("udp length 100 exceeds the 32 bytes present");
  }

  @Test
  void fragments_within_fragments_are_dropped() {
    byte[] innerHeader = {(byte) 253, 0, 0, 9, 0, 0, 0, 3}; // bytes 8 and more of another datagram
    bench.receive(
        ip(IpProtocol.FRAGMENT).from(A).to(B).ipv6().fragment(0, true).payload(innerHeader));
    bench.receive(ip(253).from(A).to(B).ipv6().fragment(8, false).payloadSize(8));

    assertThat(bench.inbox.size()).isZero();
    assertThat(bench.drops()).containsExactly("MALFORMED: fragments within fragments");
  }

  @Test
  void neighbour_discovery_in_fragments_is_dropped() {
    PacketSpec advertisement = icmpv6().from(A).to(B).neighbourAdvertisement(A.ipv6());

    bench.receive(Fragmentation.split(advertisement.toPacket(), 64));

    assertThat(bench.drops()).containsExactly("MALFORMED: neighbour discovery in fragments");
  }

  @Test
  void fragments_that_stay_alone_are_dropped_in_time() {
    bench.receive(Fragmentation.split(QUERY.payloadSize(3_000).toPacket(), 1_500).subList(1, 3));

    bench.advanceSeconds(30);

    assertThat(bench.drops())
        .containsExactly(
            "TTL: fragment reassembly time exceeded", "TTL: fragment reassembly time exceeded");
    assertThat(bench.stack.live()).isZero();
  }
}
