// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.ring.PacketMemory;
import dev.ringside.trace.DropReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has arrived waits in the inbox, and its memory with it, until somebody is done with it. */
class InboxTest {

  private final List<Long> freed = new ArrayList<>();
  private final Bench bench = new Bench(4);
  private final Inbox inbox = bench.inbox;

  private Packet arrive(PacketSpec spec, PacketMemory memory) {
    return bench.world.call(
        () -> {
          Packet packet = bench.world.inject(bench.account, spec.toPacket());
          bench.stack.accept(packet, memory);
          return packet;
        });
  }

  private Packet charged(int port) {
    return arrive(udp().from(A).to(B).port(port).payloadSize(100 + port), freed::add);
  }

  private Packet uncharged(int port) {
    return bench.receive(udp().from(A).to(B).port(port));
  }

  // ---- packets ----

  @Test
  void packets_come_out_as_they_came_in() {
    assertThat(inbox.poll()).isNull();
    assertThat(inbox.packets()).isEmpty();
    Packet first = uncharged(1);
    Packet second = uncharged(2);

    assertThat(inbox.size()).isEqualTo(2);
    assertThat(inbox.packets()).extracting(Packet::id).containsExactly(first.id(), second.id());
    Packet taken = inbox.poll();
    assertThat(taken).isNotNull();
    assertThat(taken.id()).isEqualTo(first.id());
    assertThat(inbox.received()).isEqualTo(2);
    assertThat(inbox.size()).isEqualTo(1);
    assertThat(inbox.capacity()).isEqualTo(4);
    assertThat(inbox.world()).isSameAs(bench.world);
    assertThat(inbox).hasToString("ring b/inbox has 1 of 4 slots in use");
  }

  @Test
  void a_full_inbox_takes_nothing_and_keeps_no_memory() {
    for (int i = 0; i < 4; i++) {
      charged(i);
    }
    freed.clear();

    charged(9);

    assertThat(freed).containsExactly(42L + 109);
    assertThat(inbox.received()).isEqualTo(4);
    assertThat(inbox.held()).isEqualTo(4);
    assertThat(bench.dropped(DropReason.RING_FULL)).isEqualTo(1);
  }

  // ---- memory ----

  @Test
  void a_packet_has_its_memory_until_it_is_taken_out() {
    charged(1);
    charged(2);
    assertThat(freed).isEmpty();
    assertThat(inbox.held()).isEqualTo(2);

    assertThat(inbox.poll()).isNotNull();

    assertThat(freed).containsExactly(42L + 101);
    assertThat(inbox.held()).isEqualTo(1);
  }

  @Test
  void a_consumer_that_is_done_gives_memory_back_and_the_packets_stay_to_be_looked_at() {
    charged(1);
    charged(2);
    charged(3);

    assertThat(inbox.release(2)).isEqualTo(2);

    assertThat(freed).containsExactly(42L + 101, 42L + 102);
    assertThat(inbox.size()).isEqualTo(3);
    assertThat(inbox.poll()).isNotNull(); // its memory was given back before
    assertThat(inbox.poll()).isNotNull();
    assertThat(freed).hasSize(2);
    assertThat(inbox.poll()).isNotNull();
    assertThat(freed).hasSize(3);
    assertThat(inbox.release(2)).isZero();
  }

  @Test
  void packets_that_take_up_no_memory_have_none_to_give_back() {
    uncharged(1);
    assertThat(inbox.held()).isZero();
    assertThat(inbox.release(1)).isZero();
    charged(2);
    uncharged(3);

    assertThat(inbox.poll()).isNotNull();
    assertThat(freed).isEmpty();
    inbox.clear();

    assertThat(freed).containsExactly(42L + 102);
    assertThat(inbox.size()).isZero();
    assertThat(inbox.held()).isZero();
  }

  @Test
  void what_waits_for_memory_has_arrived_when_it_was_given_back() {
    List<String> arrived = new ArrayList<>();
    PacketMemory awaited =
        bytes -> bench.world.schedule(0, () -> arrived.add("after " + bytes + " bytes"));
    for (int i = 0; i < 3; i++) {
      arrive(udp().from(A).to(B).payloadSize(100), awaited);
    }

    assertThat(inbox.poll()).isNotNull();
    assertThat(arrived).hasSize(1);
    inbox.release(1);
    assertThat(arrived).hasSize(2);
    inbox.clear();
    assertThat(arrived).containsOnly("after 142 bytes").hasSize(3);
  }

  @Test
  void once_the_lab_is_closed_packets_can_still_be_looked_at() {
    charged(1);
    charged(2);
    bench.world.close();

    assertThat(inbox.poll()).isNotNull();
    inbox.clear();

    assertThat(inbox.size()).isZero();
    assertThat(freed).isEmpty();
  }

  // ---- what a stack keeps, and what it does not ----

  @Test
  void fragments_have_memory_until_the_whole_packet_is_taken_out() {
    Packet whole = udp().from(A).to(B).port(53).payloadSize(2_000).toPacket();
    List<Packet> fragments = Fragmentation.split(whole, 1_500);
    assertThat(fragments).hasSize(2);
    for (Packet fragment : fragments) {
      bench.world.run(
          () -> bench.stack.accept(bench.world.inject(bench.account, fragment), freed::add));
    }

    assertThat(inbox.size()).isEqualTo(1);
    assertThat(freed).isEmpty();
    assertThat(inbox.poll()).isNotNull();
    long bytes = fragments.get(0).length() + (long) fragments.get(1).length();
    assertThat(freed.stream().mapToLong(each -> each).sum()).isEqualTo(bytes);
  }

  @Test
  void fragments_that_nobody_completes_give_their_memory_back() {
    Packet whole = udp().from(A).to(B).port(53).payloadSize(2_000).toPacket();
    Packet first = Fragmentation.split(whole, 1_500).get(0);
    bench.world.run(() -> bench.stack.accept(bench.world.inject(bench.account, first), freed::add));
    assertThat(freed).isEmpty();

    bench.advanceSeconds(120);

    assertThat(freed).containsExactly((long) first.length());
    assertThat(inbox.size()).isZero();
  }

  // ---- who is heard ----

  @Test
  void a_frame_for_another_station_is_seen_but_not_answered() {
    bench.stack.setPromiscuous(true);
    bench.receive(icmp().echoRequest(1, 1).from(A).to(B).toMac("02:00:5e:10:00:99"));
    bench.receive(arp().request().from(A).targetIp(B.ipv4()).toMac("02:00:5e:10:00:99"));

    assertThat(inbox.size()).isEqualTo(2);
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void whoever_watches_all_frames_answers_those_for_itself_only_if_they_are_sound() {
    bench.stack.setPromiscuous(true);
    bench.receive(icmp().echoRequest(1, 1).from(A).to(B).checksum(7));
    bench.receive(icmp().echoRequest(1, 1).from(A).to("192.0.2.99").toMac(B.mac()));
    assertThat(bench.sent()).isEmpty();
    assertThat(inbox.size()).isEqualTo(2);

    bench.receive(icmp().echoRequest(1, 2).from(A).to(B));
    bench.receive(arp().request().from(A).targetIp(B.ipv4()));
    assertThat(bench.sent()).hasSize(2);
  }

  @Test
  void neighbours_are_met_by_what_they_say() {
    assertThat(bench.stack.neighbours()).isEmpty();
    assertThat(bench.stack.neighbour(A.ipv4())).isNull();
    bench.receive(arp().request().from(A).targetIp(B.ipv4()));

    assertThat(bench.stack.neighbours())
        .containsExactly(A.ipv4() + " lladdr " + A.mac() + " REACHABLE");
    assertThat(bench.stack.neighbour(A.ipv4())).isEqualTo(A.mac());
    bench.send(udp().to("192.0.2.77"));
    assertThat(bench.stack.neighbours()).contains("192.0.2.77 INCOMPLETE");
  }

  @Test
  void a_paused_guest_is_not_ready() {
    assertThat(bench.stack.isReady()).isTrue();
    bench.stack.setPaused(true);
    assertThat(bench.stack.isReady()).isFalse();
    assertThat(bench.stack.inbox()).isSameAs(inbox);
    assertThat(bench.stack.mtu()).isEqualTo(1_500);
  }

  @Test
  void its_own_addresses_are_announced_once_each() {
    List<Packet> said = bench.stack.announcements();

    assertThat(said).hasSize(2);
    assertThat(arp().gratuitous(B.mac(), B.ipv4()).matches(said.get(0))).isTrue();
    assertThat(said.get(1).sourceIp()).isEqualTo(B.ipv6());
  }
}
