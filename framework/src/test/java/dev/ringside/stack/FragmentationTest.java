// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.packet.UdpSpec;
import dev.ringside.packet.VlanTag;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Long packets are cut as RFC 791 and RFC 8200 say. */
class FragmentationTest {

  private static final UdpSpec LONG = udp().from(A).to(B).port(9).payloadSize(3_000);
  private static final UdpSpec LONG_V6 = LONG.ipv6();

  @Test
  void an_ipv4_packet_becomes_fragments_of_multiples_of_eight() {
    List<Packet> fragments = split(LONG.identification(0x1234).ttl(7).dscp(46).toPacket(), 1_500);

    assertThat(fragments)
        .extracting(FragmentationTest::range)
        .containsExactly("0+1480 more", "1480+1480 more", "2960+48 last");
    assertThat(fragments).extracting(Packet::length).containsExactly(1_514, 1_514, 82);
    assertThat(fragments).extracting(f -> f.unsignedShortAt(18)).containsOnly(0x1234);
    assertThat(fragments).extracting(Packet::timeToLive).containsOnly(7);
    assertThat(fragments).extracting(Packet::dscp).containsOnly(46);
  }

  @Test
  void an_ipv6_packet_gets_a_fragment_header() {
    List<Packet> fragments = split(LONG_V6.ttl(7).toPacket(), 1_500);

    assertThat(fragments)
        .extracting(FragmentationTest::range)
        .containsExactly("0+1448 more", "1448+1448 more", "2896+112 last");
    assertThat(fragments).extracting(Packet::length).containsExactly(1_510, 1_510, 174);
    assertThat(fragments).extracting(f -> f.unsignedByteAt(20)).containsOnly(IpProtocol.FRAGMENT);
    assertThat(fragments).extracting(f -> f.unsignedByteAt(54)).containsOnly(IpProtocol.UDP);
    assertThat(fragments).extracting(f -> f.unsignedByteAt(55)).containsOnly(0);
    assertThat(fragments).extracting(Packet::timeToLive).containsOnly(7);
  }

  @Test
  void the_bytes_of_the_fragments_are_those_of_the_packet() {
    Packet v4 = LONG.toPacket();
    Packet v6 = LONG_V6.toPacket();

    assertThat(data(split(v4, 576))).isEqualTo(bytes(v4, 34, v4.endOffset()));
    assertThat(data(split(v6, 1_280))).isEqualTo(bytes(v6, 54, v6.endOffset()));
  }

  @Test
  void fragments_are_frames_of_their_own() {
    Packet packet = LONG.tag(new VlanTag(VlanTag.SERVICE_TAG, 3, true, 300)).vlan(5).toPacket();

    List<Packet> fragments = split(packet, 1_500);

    assertThat(fragments)
        .hasSize(3)
        .allSatisfy(
            fragment -> {
              assertThat(fragment.vlanTags()).isEqualTo(packet.vlanTags());
              assertThat(fragment.sourceMac()).isEqualTo(A.mac());
              assertThat(fragment.destinationMac()).isEqualTo(B.mac());
              assertThat(fragment.isFragment()).isTrue();
              assertThat(fragment.isMalformed()).isFalse();
              assertThat(fragment.checksumFault()).isNull();
            });
  }

  @Test
  void a_short_last_fragment_is_padded_to_the_shortest_frame() {
    List<Packet> fragments = split(LONG.payloadSize(1_480).toPacket(), 1_500);

    assertThat(fragments)
        .extracting(FragmentationTest::range)
        .containsExactly("0+1480 more", "1480+8 last");
    assertThat(fragments.get(1).length()).isEqualTo(60);
  }

  @Test
  void the_last_fragment_may_fill_the_link_to_the_byte() {
    assertThat(split(LONG.payloadSize(23).toPacket(), 20 + 15))
        .extracting(FragmentationTest::range)
        .containsExactly("0+8 more", "8+8 more", "16+15 last");
  }

  // ---- identification ----

  @Test
  void packets_without_identification_get_one_from_their_bytes() {
    Packet one = LONG.toPacket();
    Packet other = LONG.port(10).toPacket();

    assertThat(identifications(one)).hasSize(1).doesNotContain(0);
    assertThat(identifications(one)).isEqualTo(identifications(LONG.toPacket()));
    assertThat(identifications(one)).isNotEqualTo(identifications(other));
  }

  @Test
  void ipv6_packets_get_an_identification_from_their_bytes() {
    assertThat(identifications(LONG_V6.toPacket())).hasSize(1);
    assertThat(identifications(LONG_V6.toPacket()))
        .isEqualTo(identifications(LONG_V6.toPacket()))
        .isNotEqualTo(identifications(LONG_V6.port(10).toPacket()));
  }

  private static List<Integer> identifications(Packet packet) {
    return split(packet, 1_500).stream()
        .map(f -> f.ipVersion() == 4 ? f.unsignedShortAt(18) : f.intAt(58))
        .distinct()
        .toList();
  }

  // ---- headers ----

  @Test
  void later_fragments_keep_only_the_options_that_are_to_be_copied() {
    String recordRoute = "07 07 04 00000000";
    String looseSource = "83 07 04 c0000201";
    Packet packet = withOptions(recordRoute + " 01 " + looseSource + " 00");

    List<Packet> fragments = split(packet, 1_500);

    assertThat(options(fragments.get(0)))
        .isEqualTo("07070400000000" + "01" + "830704c0000201" + "00");
    assertThat(options(fragments.get(1))).isEqualTo("830704c0000201" + "00");
    assertThat(options(fragments.get(2))).isEqualTo("830704c0000201" + "00");
    assertThat(fragments)
        .extracting(FragmentationTest::range)
        .containsExactly("0+1464 more", "1464+1472 more", "2936+72 last");
    assertThat(fragments)
        .allSatisfy(
            fragment -> {
              assertThat(fragment.isMalformed()).isFalse();
              assertThat(fragment.checksumFault()).isNull();
            });
  }

  @Test
  void options_that_cannot_be_read_are_not_copied() {
    assertThat(options(split(withOptions("94 04 0000 83 00 0000"), 1_500).get(1)))
        .isEqualTo("94040000");
    assertThat(options(split(withOptions("94 04 0000 83 01 0000"), 1_500).get(1)))
        .isEqualTo("94040000");
    assertThat(options(split(withOptions("94 04 0000 83 05 0000"), 1_500).get(1)))
        .isEqualTo("94040000");
    assertThat(options(split(withOptions("94 04 0000 010101 83"), 1_500).get(1)))
        .isEqualTo("94040000");
    assertThat(options(split(withOptions("00 83 03 04"), 1_500).get(1))).isEmpty();
    assertThat(options(split(withOptions("94 04 0000"), 1_500).get(1))).isEqualTo("94040000");
  }

  private static Packet withOptions(String hex) {
    return LONG.ipOptions(HexFormat.of().parseHex(hex.replace(" ", ""))).toPacket();
  }

  private static String options(Packet fragment) {
    return HexFormat.of().formatHex(bytes(fragment, 34, dataAt(fragment)));
  }

  @Test
  void headers_that_routers_read_are_in_every_fragment() {
    byte[] hopByHop = new byte[8];
    byte[] beforeRouting = new byte[16];
    beforeRouting[1] = 1;
    byte[] routing = new byte[8];
    byte[] atTheEnd = new byte[8];
    Packet packet =
        LONG_V6
            .extension(IpProtocol.HOP_BY_HOP, hopByHop)
            .extension(IpProtocol.DESTINATION_OPTIONS, beforeRouting)
            .extension(IpProtocol.ROUTING, routing)
            .extension(IpProtocol.DESTINATION_OPTIONS, atTheEnd)
            .toPacket();

    List<Packet> fragments = split(packet, 1_500);

    assertThat(fragments)
        .hasSize(3)
        .allSatisfy(
            fragment -> {
              assertThat(bytes(fragment, 14, 18)).isEqualTo(bytes(packet, 14, 18));
              assertThat(bytes(fragment, 20, 78)).isEqualTo(bytes(packet, 20, 78));
              assertThat(fragment.unsignedByteAt(78)).isEqualTo(IpProtocol.FRAGMENT);
              assertThat(fragment.unsignedByteAt(54 + 8 + 16 + 8))
                  .isEqualTo(IpProtocol.DESTINATION_OPTIONS);
            });
    assertThat(range(fragments.get(0))).isEqualTo("0+1416 more");
    assertThat(data(fragments)).isEqualTo(bytes(packet, 86, packet.endOffset()));
  }

  @Test
  void destination_options_alone_are_cut_with_the_rest() {
    Packet packet = LONG_V6.extension(IpProtocol.DESTINATION_OPTIONS, new byte[8]).toPacket();

    List<Packet> fragments = split(packet, 1_500);

    assertThat(fragments.get(2).unsignedByteAt(54)).isEqualTo(IpProtocol.DESTINATION_OPTIONS);
    assertThat(data(fragments)).isEqualTo(bytes(packet, 54, packet.endOffset()));
  }

  // ---- fragments of fragments ----

  @Test
  void a_fragment_is_cut_further_where_it_stands() {
    for (Packet packet : List.of(LONG.toPacket(), LONG_V6.toPacket())) {
      List<Packet> fragments = split(packet, 1_500);

      List<Packet> ofTheFirst = split(fragments.get(0), 1_280);
      List<Packet> ofTheLast = split(fragments.get(2), 100);

      assertThat(ofTheFirst).hasSize(2).allMatch(f -> range(f).endsWith("more"));
      assertThat(range(ofTheLast.get(0)))
          .startsWith(range(fragments.get(2)).replaceAll("\\+.*", "+"));
      assertThat(range(ofTheLast.get(ofTheLast.size() - 1))).endsWith("last");
      assertThat(data(ofTheFirst)).isEqualTo(data(fragments.subList(0, 1)));
      assertThat(ofTheFirst)
          .extracting(f -> f.intAt(packet.ipVersion() == 4 ? 16 : 58) & 0xffff)
          .containsOnly(fragments.get(0).intAt(packet.ipVersion() == 4 ? 16 : 58) & 0xffff);
    }
  }

  @Test
  void the_identification_of_a_fragment_is_kept_even_if_it_is_zero() {
    Packet fragment = ip(17).from(A).to(B).fragment(1_480, true).payloadSize(1_480).toPacket();

    assertThat(split(fragment, 576))
        .hasSize(3)
        .extracting(f -> f.unsignedShortAt(18))
        .containsOnly(0);
  }

  // ---- what is not cut ----

  @Test
  void what_fits_comes_back_as_it_is() {
    Packet packet = LONG.payloadSize(1_472).toPacket();

    assertThat(split(packet, 1_500)).containsExactly(packet);
  }

  @Test
  void what_must_not_be_fragmented_comes_back_as_it_is() {
    Packet packet = LONG.dontFragment().toPacket();

    assertThat(split(packet, 1_500)).containsExactly(packet);
  }

  @Test
  void what_cannot_be_cut_comes_back_as_it_is() {
    Packet malformed = LONG.totalLength(4_000).toPacket();
    Packet noIp = arp().from(A).to(B).toPacket();
    Packet manyHeaders = LONG_V6.extension(IpProtocol.HOP_BY_HOP, hopByHop(1_280)).toPacket();
    Packet pastTheEnd = ip(17).from(A).to(B).fragment(64_800, false).payloadSize(800).toPacket();

    assertThat(split(malformed, 1_500)).containsExactly(malformed);
    assertThat(split(noIp, 20)).containsExactly(noIp);
    assertThat(split(manyHeaders, 1_280)).containsExactly(manyHeaders);
    assertThat(split(pastTheEnd, 576)).containsExactly(pastTheEnd);
    assertThat(split(LONG.toPacket(), 27)).hasSize(1);
    assertThat(split(LONG.toPacket(), 28)).hasSize(3_008 / 8);
  }

  private static byte[] hopByHop(int length) {
    byte[] header = new byte[length];
    header[1] = (byte) (length / 8 - 1);
    return header;
  }

  // ---- helpers ----

  private static List<Packet> split(Packet packet, int mtu) {
    return Fragmentation.split(packet, mtu);
  }

  /** Such as {@code 1480+48 last}: offset, length, whether others follow. */
  private static String range(Packet fragment) {
    int length = fragment.endOffset() - dataAt(fragment);
    if (fragment.ipVersion() == 4) {
      int said = fragment.unsignedShortAt(fragment.networkOffset() + 6);
      return (said & 0x1fff) * 8 + "+" + length + ((said & 0x2000) != 0 ? " more" : " last");
    }
    int said = fragment.unsignedShortAt(dataAt(fragment) - 6);
    return (said & ~7) + "+" + length + ((said & 1) != 0 ? " more" : " last");
  }

  private static int dataAt(Packet fragment) {
    return Fragment.of(fragment).dataAt();
  }

  private static byte[] data(List<Packet> fragments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Packet fragment : fragments) {
      bytes.writeBytes(bytes(fragment, dataAt(fragment), fragment.endOffset()));
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(Packet packet, int from, int to) {
    return Arrays.copyOfRange(packet.toByteArray(), from, to);
  }
}
