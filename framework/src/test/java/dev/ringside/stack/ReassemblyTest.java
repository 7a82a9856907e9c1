// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.IpSpec;
import dev.ringside.packet.Packet;
import dev.ringside.packet.UdpSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fragments become the packet that was cut. */
class ReassemblyTest extends ReassemblyBench {

  private static final UdpSpec LONG =
      udp().from(A).to(B).port(9).identification(7).payloadSize(3_000);

  private static final UdpSpec LONG_V6 = udp().from(A).to(B).ipv6().port(9).payloadSize(3_000);

  // ---- whole ----

  @Test
  void fragments_in_order_become_the_packet_that_was_cut() {
    Packet packet = LONG.vlan(100, 3).ttl(9).toPacket();

    Packet whole = addAll(Fragmentation.split(packet, 1_500));

    assertThat(whole).isNotNull();
    assertThat(whole.toByteArray()).isEqualTo(packet.toByteArray());
    assertThat(whole.id()).isEqualTo(3);
    assertThat(reassembly.live()).isZero();
    assertThat(account.delivered()).isEqualTo(2);
    assertThat(hops())
        .containsExactly(
            "#1 DELIVERED ", "#2 DELIVERED ", "#3 PASSED put together from 3 fragments");
  }

  @Test
  void fragments_of_ipv6_become_the_packet_that_was_cut() {
    Packet packet =
        LONG_V6
            .extension(IpProtocol.HOP_BY_HOP, new byte[8])
            .extension(IpProtocol.DESTINATION_OPTIONS, new byte[8])
            .vlan(100)
            .toPacket();

    Packet whole = addAll(Fragmentation.split(packet, 1_280));

    assertThat(whole).isNotNull();
    assertThat(whole.toByteArray()).isEqualTo(packet.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6})
  void any_order_will_do(int version) {
    UdpSpec spec = version == 4 ? LONG : LONG_V6;
    Packet packet = spec.toPacket();
    List<Packet> reversed = new ArrayList<>(Fragmentation.split(packet, 576));
    Collections.reverse(reversed);

    Packet whole = addAll(reversed);

    assertThat(whole).isNotNull();
    assertThat(whole.toByteArray()).isEqualTo(packet.toByteArray());
    assertThat(account.delivered()).isEqualTo(reversed.size() - 1);
  }

  @Test
  void the_header_is_that_of_the_first_fragment_with_its_options() {
    byte[] options = {7, 7, 4, 0, 0, 0, 0, 1, (byte) 0x83, 7, 4, 1, 2, 3, 4, 0};
    Packet packet = LONG.ipOptions(options).toPacket();
    List<Packet> reversed = new ArrayList<>(Fragmentation.split(packet, 576));
    Collections.reverse(reversed);

    Packet whole = addAll(reversed);

    assertThat(whole).isNotNull();
    assertThat(whole.toByteArray()).isEqualTo(packet.toByteArray());
    assertThat(whole.checksumFault()).isNull();
  }

  @Test
  void the_padding_of_a_short_fragment_is_left_out() {
    Packet packet = LONG.payloadSize(25).toPacket();

    Packet whole = addAll(Fragmentation.split(packet, 40));

    assertThat(whole).isNotNull();
    assertThat(whole.toByteArray()).isEqualTo(packet.toByteArray());
  }

  @Test
  void dont_fragment_stays_as_the_first_fragment_says() {
    Packet first = ip(253).from(A).to(B).fragment(0, true).dontFragment().payloadSize(8).toPacket();
    Packet last = ip(253).from(A).to(B).fragment(8, false).payloadSize(8).toPacket();

    Packet whole = addAll(List.of(last, first));

    assertThat(whole).isNotNull();
    assertThat(whole.unsignedShortAt(20)).isEqualTo(0x4000);
    assertThat(whole.isFragment()).isFalse();
    assertThat(whole.checksumFault()).isNull();
  }

  @Test
  void a_wrong_checksum_stays_wrong() {
    Packet whole = addAll(Fragmentation.split(LONG.checksum(0x1234).toPacket(), 1_500));

    assertThat(whole).isNotNull();
    assertThat(whole.checksumFault()).startsWith("udp checksum 0x1234 should be");
  }

  @Test
  void datagrams_may_arrive_interleaved() {
    List<Packet> one = Fragmentation.split(LONG.toPacket(), 2_000);
    List<Packet> other = Fragmentation.split(LONG.identification(8).toPacket(), 2_000);

    assertThat(add(one.get(0))).isNull();
    assertThat(add(other.get(1))).isNull();
    assertThat(reassembly.live()).isEqualTo(2);
    assertThat(add(one.get(1))).isNotNull();
    assertThat(add(other.get(0))).isNotNull();
    assertThat(reassembly.live()).isZero();
  }

  @Test
  void fragments_are_told_apart_by_addresses_protocol_identification_and_vlan() {
    IpAddress elsewhere = IpAddress.of("192.0.2.99");
    Packet first = part(0, true).toPacket();
    add(first);
    add(part(8, false).from(elsewhere).toPacket());
    add(part(8, false).to(elsewhere).toPacket());
    add(part(8, false).protocol(254).toPacket());
    add(part(8, false).identification(9).toPacket());
    add(part(8, false).vlan(5).toPacket());

    assertThat(reassembly.live()).isEqualTo(6);
    assertThat(add(part(8, false).toPacket())).isNotNull();
    assertThat(reassembly.live()).isEqualTo(5);
  }

  @Test
  void over_ipv6_the_next_header_does_not_tell_fragments_apart() {
    Packet whole =
        addAll(
            List.of(
                part(8, false).ipv6().protocol(254).toPacket(),
                part(0, true).ipv6().protocol(253).toPacket()));

    assertThat(whole).isNotNull();
    assertThat(whole.protocol()).isEqualTo(253);
  }

  @Test
  void a_header_that_says_the_packet_is_in_one_piece_stays_where_it_is() {
    byte[] atomic = new byte[8];
    Packet packet = LONG_V6.extension(IpProtocol.FRAGMENT, atomic).toPacket();

    Packet whole = addAll(Fragmentation.split(packet, 1_280));

    assertThat(whole).isNotNull();
    assertThat(whole.toByteArray()).isEqualTo(packet.toByteArray());
    assertThat(whole.isFragment()).isFalse();
  }

  @Test
  void such_a_header_before_that_of_the_fragment_stays_too() {
    IpSpec first = part(0, true).ipv6().extension(IpProtocol.FRAGMENT, new byte[8]);
    IpSpec last = part(8, false).ipv6();

    Packet whole = addAll(List.of(last.toPacket(), first.toPacket()));

    assertThat(whole).isNotNull();
    assertThat(whole.isFragment()).isFalse();
    assertThat(whole.unsignedByteAt(20)).isEqualTo(IpProtocol.FRAGMENT);
    assertThat(whole.protocol()).isEqualTo(253);
    assertThat(whole.payloadLength()).isEqualTo(16);
  }

  // ---- copies ----

  @Test
  void a_copy_of_a_fragment_changes_nothing_and_counts_as_delivered() {
    List<Packet> fragments = Fragmentation.split(LONG.toPacket(), 1_500);

    add(fragments.get(1));
    add(fragments.get(1));
    add(fragments.get(0));
    add(fragments.get(0));

    assertThat(reassembly.live()).isEqualTo(2);
    assertThat(account.delivered()).isEqualTo(2);
    assertThat(add(fragments.get(2))).isNotNull();
    assertThat(account.delivered()).isEqualTo(4);
    assertThat(account.dropped()).isZero();
  }
}
