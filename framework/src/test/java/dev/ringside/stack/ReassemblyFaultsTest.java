// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.udp;
import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import dev.ringside.packet.UdpSpec;
import dev.ringside.trace.DropReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fragments that contradict each other, come late or are too many: dropped, and told why. */
class ReassemblyFaultsTest extends ReassemblyBench {

  private static final UdpSpec LONG =
      udp().from(A).to(B).port(9).identification(7).payloadSize(3_000);

  // ---- contradictions ----

  @Test
  void an_overlap_ends_the_datagram() {
    add(part(0, true).payloadSize(16).toPacket());
    add(part(32, true).toPacket());

    assertThat(add(part(8, true).payloadSize(16).toPacket())).isNull();

    assertThat(reassembly.live()).isZero();
    assertThat(account.dropped(DropReason.MALFORMED)).isEqualTo(3);
    assertThat(hops())
        .allMatch(hop -> hop.endsWith("DROPPED fragment bytes 8 to 23 overlaps bytes 0 to 15"));
  }

  @Test
  void an_overlap_with_what_follows_is_one_too() {
    add(part(16, true).payloadSize(16).toPacket());

    add(part(8, true).payloadSize(16).toPacket());

    assertThat(hops())
        .containsExactly(
            "#1 DROPPED fragment bytes 8 to 23 overlaps bytes 16 to 31",
            "#2 DROPPED fragment bytes 8 to 23 overlaps bytes 16 to 31");
  }

  @Test
  void the_same_place_with_other_bytes_is_an_overlap() {
    add(part(0, true).payload("12345678").toPacket());

    add(part(0, true).payload("1234567x").toPacket());

    assertThat(account.dropped(DropReason.MALFORMED)).isEqualTo(2);
  }

  @Test
  void the_same_bytes_that_are_now_the_last_contradict_too() {
    add(part(8, true).toPacket());

    add(part(8, false).toPacket());

    assertThat(account.dropped(DropReason.MALFORMED)).isEqualTo(2);
  }

  @Test
  void bytes_behind_the_end_are_a_contradiction() {
    add(part(8, false).toPacket());

    add(part(16, true).toPacket());

    assertThat(hops())
        .containsExactly(
            "#1 DROPPED fragments bytes 16 to 23 and bytes 8 to 15 disagree on the end",
            "#2 DROPPED fragments bytes 16 to 23 and bytes 8 to 15 disagree on the end");
  }

  @Test
  void an_end_before_bytes_that_are_there_is_a_contradiction() {
    add(part(16, true).toPacket());

    add(part(8, false).toPacket());

    assertThat(account.dropped(DropReason.MALFORMED)).isEqualTo(2);
  }

  @Test
  void what_comes_later_of_a_datagram_that_was_ended_is_dropped_until_its_time_is_over() {
    add(part(0, true).payloadSize(16).toPacket());
    add(part(8, true).toPacket());

    add(part(0, true).toPacket());
    advanceSeconds(29);
    add(part(8, false).toPacket());

    assertThat(account.dropped(DropReason.MALFORMED)).isEqualTo(4);
    advanceSeconds(1);
    assertThat(addAll(List.of(part(0, true).toPacket(), part(8, false).toPacket()))).isNotNull();
  }

  @Test
  void a_fragment_that_can_be_part_of_nothing_is_dropped_alone() {
    add(part(0, true).toPacket());

    add(part(8, true).payloadSize(12).toPacket());
    add(part(8, true).payloadSize(0).toPacket());
    add(part(65_528, false).payloadSize(8).toPacket());

    assertThat(hops())
        .containsExactly(
            "#2 DROPPED fragment of 12 bytes, not a multiple of 8, is not the last",
            "#3 DROPPED fragment without payload",
            "#4 DROPPED fragment ends at byte 65536 of a datagram of at most 65535");
    assertThat(account.dropped(DropReason.MALFORMED)).isEqualTo(3);
    assertThat(add(part(8, false).toPacket())).isNotNull();
  }

  // ---- bounds ----

  @Test
  void fragments_wait_thirty_seconds_over_ipv4() {
    add(part(0, true).toPacket());
    advanceSeconds(20);
    add(part(16, true).toPacket());

    world.advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(reassembly.live()).isEqualTo(2);
    world.advance(Duration.ofNanos(1));

    assertThat(reassembly.live()).isZero();
    assertThat(account.dropped(DropReason.TTL)).isEqualTo(2);
    assertThat(hops())
        .containsExactly(
            "#1 DROPPED fragment reassembly time exceeded",
            "#2 DROPPED fragment reassembly time exceeded");
  }

  @Test
  void fragments_wait_sixty_seconds_over_ipv6() {
    add(part(0, true).ipv6().toPacket());

    world.advance(Duration.ofSeconds(60).minusNanos(1));
    assertThat(reassembly.live()).isEqualTo(1);
    world.advance(Duration.ofNanos(1));

    assertThat(account.dropped(DropReason.TTL)).isEqualTo(1);
  }

  @Test
  void a_datagram_that_became_whole_does_not_expire() {
    addAll(Fragmentation.split(LONG.toPacket(), 1_500));
    advanceSeconds(10);
    add(part(0, true).identification(7).protocol(17).payloadSize(16).toPacket());

    advanceSeconds(29);
    assertThat(reassembly.live()).isEqualTo(1);
    advanceSeconds(1);
    assertThat(reassembly.live()).isZero();
  }

  @Test
  void the_datagram_begun_first_makes_room_for_a_new_one() {
    for (int i = 0; i < Reassembly.MAX_DATAGRAMS; i++) {
      add(part(8, true).identification(i).toPacket());
    }
    add(part(0, true).identification(0).toPacket());

    add(part(8, true).identification(99).toPacket());

    assertThat(reassembly.live()).isEqualTo(64);
    assertThat(hops())
        .containsExactly(
            "#65 DROPPED 64 of 64 datagrams are being put together",
            "#1 DROPPED 64 of 64 datagrams are being put together");
    assertThat(account.dropped(DropReason.RING_FULL)).isEqualTo(2);
    assertThat(add(part(0, false).identification(99).toPacket())).isNull();
    advanceSeconds(30);
    assertThat(reassembly.live()).isZero();
  }

  @Test
  void a_datagram_of_many_small_fragments_becomes_whole() {
    Packet packet = LONG.payloadSize(60_000).toPacket();
    List<Packet> fragments = Fragmentation.split(packet, 28);

    Packet whole = addAll(fragments);

    assertThat(fragments).hasSize(7_501);
    assertThat(whole).isNotNull();
    assertThat(whole.toByteArray()).isEqualTo(packet.toByteArray());
  }

  @Test
  void a_datagram_as_long_as_a_frame_may_be_becomes_whole() {
    Packet packet = LONG.payloadSize(Packet.MAX_BYTES - 14 - 20 - 8).toPacket();

    Packet whole = addAll(Fragmentation.split(packet, 1_500));

    assertThat(whole).isNotNull();
    assertThat(whole.length()).isEqualTo(Packet.MAX_BYTES);
    assertThat(whole.toByteArray()).isEqualTo(packet.toByteArray());
  }

  @Test
  void a_datagram_that_no_frame_can_hold_is_too_long() {
    add(part(0, true).payloadSize(32_768).toPacket());

    Packet whole = add(part(32_768, false).payloadSize(32_734).toPacket());

    assertThat(whole).isNull();
    assertThat(account.dropped(DropReason.TOO_LONG)).isEqualTo(2);
    assertThat(hops())
        .containsExactly(
            "#1 DROPPED a frame of 65536 bytes exceeds 65535",
            "#2 DROPPED a frame of 65536 bytes exceeds 65535");
    assertThat(reassembly.live()).isZero();
  }
}
