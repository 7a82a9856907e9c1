// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which MAC address an IP address is at: found out before a packet leaves, learned from others. */
class ResolverTest {

  private final Bench bench = new Bench();

  @AfterEach
  void no_packet_is_unaccounted_for() {
    bench.checkLaw();
  }

  @Test
  void a_packet_to_an_ipv4_address_waits_for_an_arp_reply() {
    Packet sent = bench.send(udp().to(A.ipv4()).port(9));

    assertThat(bench.sentOne()).hasToString("#2 arp who has 192.0.2.10, tell 192.0.2.20, 60 bytes");
    assertThat(bench.stack.live()).isEqualTo(1);
    bench.checkLaw();
    bench.receive(arp().reply().from(A).to(B));
    Packet arrived = bench.sentOne();

    assertThat(arrived.id()).isEqualTo(sent.id());
    assertThat(arrived.destinationMac()).isEqualTo(A.mac());
    assertThat(arrived.checksumFault()).isNull();
    assertThat(bench.stack.live()).isZero();
    bench.advanceSeconds(10);
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void a_packet_to_an_ipv6_address_waits_for_an_advertisement() {
    bench.send(udp().to(A.ipv6()).port(9));

    assertThat(bench.sentOne())
        .hasToString("#2 icmpv6 neighbour solicitation 2001:db8::b > ff02::1:ff00:a, 86 bytes");
    bench.receive(icmpv6().from(A).to(B).neighbourAdvertisement(A.ipv6()));

    assertThat(bench.sentOne().destinationMac()).isEqualTo(A.mac());
  }

  @Test
  void a_known_neighbour_is_not_asked_for() {
    bench.receive(arp().request().from(A).to(B));
    bench.receive(icmpv6().from(A).neighbourSolicitation(B.ipv6()));
    bench.sent();

    bench.send(udp().to(A.ipv4()).port(9));
    bench.send(udp().to(A.ipv6()).port(9));

    assertThat(bench.sent()).hasSize(2).extracting(Packet::destinationMac).containsOnly(A.mac());
  }

  @Test
  void what_an_arp_message_says_counts_not_who_carried_it() {
    bench.send(udp().to(A.ipv4()).port(9));
    bench.sent();

    bench.receive(arp().reply().from(A).to(B).fromMac("02:00:00:00:00:99").senderMac(A.mac()));

    assertThat(bench.sentOne().destinationMac()).isEqualTo(A.mac());
  }

  @Test
  void announcements_change_what_is_known_and_teach_nothing_new() {
    MacAddress moved = MacAddress.of("02:00:00:00:00:99");
    bench.receive(arp().gratuitous(A.mac(), A.ipv4()));
    bench.send(udp().to(A.ipv4()).port(9));
    assertThat(bench.sentOne().arpOperation()).isEqualTo(1);
    bench.receive(arp().reply().from(A).to(B));
    bench.sent();

    bench.receive(arp().gratuitous(moved, A.ipv4()));
    bench.send(udp().to(A.ipv4()).port(9));

    assertThat(bench.sentOne().destinationMac()).isEqualTo(moved);
  }

  @Test
  void an_unsolicited_advertisement_changes_what_is_known_and_teaches_nothing_new() {
    MacAddress moved = MacAddress.of("02:00:00:00:00:99");
    bench.receive(icmpv6().from(A).neighbourAdvertisement(A.ipv6()));
    bench.send(udp().to(A.ipv6()).port(9));
    assertThat(bench.sentOne().icmpType()).isEqualTo(135);
    bench.receive(icmpv6().from(A).to(B).neighbourAdvertisement(A.ipv6()));
    bench.sent();

    bench.receive(icmpv6().from(A).fromMac(moved).neighbourAdvertisement(A.ipv6()));
    bench.send(udp().to(A.ipv6()).port(9));

    assertThat(bench.sentOne().destinationMac()).isEqualTo(moved);
  }

  @Test
  void only_questions_for_its_own_addresses_are_answered() {
    bench.receive(arp().request().from(A).to("192.0.2.99"));
    bench.receive(arp().reply().from(A).to(B));
    bench.receive(icmpv6().from(A).neighbourSolicitation(Ipv6Address.of("2001:db8::99")));
    bench.receive(icmpv6().from(A).neighbourSolicitation(B.ipv6()).ttl(64));

    assertThat(bench.sent()).isEmpty();
    assertThat(bench.inbox.size()).isZero();
    assertThat(bench.account.delivered()).isEqualTo(4);
  }

  @Test
  void its_link_local_address_is_answered_for() {
    bench.receive(icmpv6().from(A).neighbourSolicitation(Ipv6Address.linkLocal(B.mac())));

    assertThat(bench.sentOne())
        .hasToString("#2 icmpv6 neighbour advertisement fe80::5eff:fe10:b > 2001:db8::a, 86 bytes");
  }

  @Test
  void groups_need_no_question() {
    bench.send(udp().to("255.255.255.255").port(9));
    bench.send(udp().to("224.0.0.251").port(9));
    bench.send(udp().to("ff02::fb").port(9));

    assertThat(bench.sent())
        .extracting(p -> p.destinationMac().toString())
        .containsExactly("ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:fb", "33:33:00:00:00:fb");
  }

  @Test
  void nobody_answers_and_the_packet_is_dropped_after_three_questions() {
    bench.send(udp().to("192.0.2.99").port(9));
    bench.send(udp().to("192.0.2.99").port(9));
    bench.advanceSeconds(2);
    assertThat(bench.sent()).hasSize(3).allMatch(p -> p.arpOperation() == 1);
    assertThat(bench.stack.live()).isEqualTo(2);

    bench.advanceSeconds(1);

    assertThat(bench.sent()).isEmpty();
    assertThat(bench.stack.live()).isZero();
    assertThat(bench.drops())
        .containsExactly(
            "NO_PEER: no answer from 192.0.2.99 to 3 requests",
            "NO_PEER: no answer from 192.0.2.99 to 3 requests");
  }

  @Test
  void so_many_packets_wait_for_one_neighbour_and_no_more() {
    for (int i = 0; i <= NeighbourCache.MAX_WAITING; i++) {
      bench.send(udp().to("192.0.2.99").port(9));
    }

    assertThat(bench.stack.live()).isEqualTo(64);
    assertThat(bench.drops())
        .containsExactly("RING_FULL: ring waiting for 192.0.2.99 has 64 of 64 slots in use");
  }

  @Test
  void packets_wait_for_so_many_neighbours_and_no_more() {
    for (int i = 0; i <= NeighbourCache.MAX_NEIGHBOURS; i++) {
      bench.send(udp().to(new Ipv4Address(0xc612_0000 + i)).port(9));
    }

    assertThat(bench.stack.live()).isEqualTo(1_024);
    assertThat(bench.drops())
        .containsExactly("RING_FULL: packets wait for 1024 of at most 1024 neighbours");
  }

  @Test
  void the_neighbour_learned_first_makes_room() {
    for (int i = 0; i <= NeighbourCache.MAX_NEIGHBOURS; i++) {
      Ipv4Address ip = new Ipv4Address(0xc612_0000 + i);
      bench.receive(arp().request().from(A).senderIp(ip).to(B));
    }
    bench.sent();

    bench.send(udp().to(new Ipv4Address(0xc612_0001)).port(9));
    assertThat(bench.sentOne().arpOperation()).isEqualTo(Packet.NONE);
    bench.send(udp().to(new Ipv4Address(0xc612_0000)).port(9));
    assertThat(bench.sentOne().arpOperation()).isEqualTo(1);
  }

  @Test
  void an_announcement_tells_both_addresses() {
    bench.world.run(bench.stack::announce);

    assertThat(bench.sent())
        .extracting(Packet::toString)
        .containsExactly(
            "#1 arp who has 192.0.2.20, tell 192.0.2.20, 60 bytes",
            "#2 icmpv6 neighbour advertisement 2001:db8::b > ff02::1, 86 bytes");
  }
}
