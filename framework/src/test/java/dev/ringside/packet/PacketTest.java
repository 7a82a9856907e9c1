// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.packet.SamplePackets.DB;
import static dev.ringside.packet.SamplePackets.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What can be asked of a packet. */
class PacketTest {

  private static final int NONE = Packet.NONE;

  @Test
  void a_packet_is_a_copy_of_the_bytes_and_gives_copies() {
    byte[] bytes = udp().to(WEB).toPacket().toByteArray();
    Packet packet = Packet.of(bytes);
    bytes[0] = 1;
    packet.toByteArray()[0] = 1;

    assertThat(packet.unsignedByteAt(0)).isEqualTo(2);
    byte[] target = new byte[62];
    packet.copyTo(target, 2);
    assertThat(target[2]).isEqualTo((byte) 2);
    assertThatThrownBy(() -> packet.copyTo(target, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void two_packets_of_the_same_bytes_are_two_packets() {
    Packet one = udp().to(WEB).toPacket();
    Packet other = udp().to(WEB).toPacket();

    assertThat(one).isNotEqualTo(other);
    assertThat(one.hasSameBytes(other)).isTrue();
    assertThat(one.hasSameBytes(udp().to(DB).toPacket())).isFalse();
    assertThat(one.withId(7).id()).isEqualTo(7);
    assertThat(one.withId(7).hasSameBytes(one)).isTrue();
    assertThat(one.id()).isZero();
  }

  @Test
  void a_frame_has_a_limit() {
    assertThat(Packet.of(new byte[65_535]).length()).isEqualTo(65_535);
    assertThatThrownBy(() -> Packet.of(new byte[65_536]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a packet of 65536 bytes exceeds the limit of 65535");
  }

  @Test
  void a_transport_header_is_found_at_the_far_end_of_the_longest_frame() {
    UdpSpec spec = udp().to(WEB).ipv6().port(53);
    byte[] header = new byte[2_048];
    header[1] = (byte) 255;
    for (int i = 0; i < 15; i++) {
      spec = spec.extension(IpProtocol.DESTINATION_OPTIONS, header);
    }
    byte[] last = new byte[2_048];
    last[1] = (byte) 255;
    Packet packet = spec.extension(IpProtocol.DESTINATION_OPTIONS, last).toPacket();

    assertThat(packet.malformationDescription()).isNull();
    assertThat(packet.transportOffset()).isEqualTo(14 + 40 + 16 * 2_048);
    assertThat(packet.destinationPort()).isEqualTo(53);
    assertThat(udp().to(WEB).payloadSize(65_493).toPacket().endOffset()).isEqualTo(65_535);
  }

  @Test
  void the_fields_of_a_udp_packet() {
    Packet packet =
        udp().from(WEB).to(DB).fromPort(4_444).port(53).dscp(46).vlan(100, 3).toPacket();

    assertThat(packet.sourceMac()).isEqualTo(WEB.mac());
    assertThat(packet.destinationMacBits()).isEqualTo(DB.mac().bits());
    assertThat(packet.vlanId()).isEqualTo(100);
    assertThat(packet.vlanPriority()).isEqualTo(3);
    assertThat(packet.etherType()).isEqualTo(EtherType.IPV4);
    assertThat(packet.networkOffset()).isEqualTo(18);
    assertThat(packet.ipVersion()).isEqualTo(4);
    assertThat(packet.sourceIp()).isEqualTo(WEB.ipv4());
    assertThat(packet.protocol()).isEqualTo(IpProtocol.UDP);
    assertThat(packet.dscp()).isEqualTo(46);
    assertThat(packet.transportOffset()).isEqualTo(38);
    assertThat(packet.hasPorts()).isTrue();
    assertThat(packet.sourcePort()).isEqualTo(4_444);
    assertThat(packet.endOffset()).isEqualTo(46);
    assertThat(packet.payloadLength()).isZero();
    assertThat(packet.tcpFlags()).isEqualTo(NONE);
    assertThat(packet.icmpType()).isEqualTo(NONE);
    assertThat(packet.arpOperation()).isEqualTo(NONE);
    assertThat(packet.flowKey())
        .isEqualTo(new FlowKey(WEB.ipv4(), DB.ipv4(), IpProtocol.UDP, 4_444, 53));
  }

  @Test
  void what_a_packet_does_not_have_is_none_or_null() {
    Packet packet = arp().to(WEB).toPacket();

    assertThat(packet.vlanId()).isEqualTo(NONE);
    assertThat(packet.vlanPriority()).isEqualTo(NONE);
    assertThat(packet.ipVersion()).isZero();
    assertThat(packet.sourceIp()).isNull();
    assertThat(packet.destinationIp()).isNull();
    assertThat(packet.protocol()).isEqualTo(NONE);
    assertThat(packet.timeToLive()).isEqualTo(NONE);
    assertThat(packet.dscp()).isEqualTo(NONE);
    assertThat(packet.transportOffset()).isEqualTo(NONE);
    assertThat(packet.sourcePort()).isEqualTo(NONE);
    assertThat(packet.destinationPort()).isEqualTo(NONE);
    assertThat(packet.icmpCode()).isEqualTo(NONE);
    assertThat(packet.arpOperation()).isEqualTo(ArpSpec.REQUEST);
  }

  @Test
  void a_runt_has_nothing() {
    Packet runt = Packet.of(new byte[] {1, 2, 3});

    assertThat(runt.isRunt()).isTrue();
    assertThat(runt.sourceMac()).isEqualTo(MacAddress.ZERO);
    assertThat(runt.destinationMac()).isEqualTo(MacAddress.ZERO);
    assertThat(runt.etherType()).isEqualTo(NONE);
    assertThat(runt.payload()).isEmpty();
    assertThatThrownBy(() -> runt.pushVlanTag(VlanTag.of(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "a runt cannot carry a VLAN tag: runt, 3 bytes,"
                + " malformed: ethernet header needs 14 bytes, 3 are present");
  }

  @Test
  void tags_are_pushed_and_popped_at_the_outside() {
    Packet plain = tcp().to(WEB).port(80).toPacket().withId(9);
    VlanTag service = new VlanTag(VlanTag.SERVICE_TAG, 7, true, 4_095);

    Packet tagged = plain.pushVlanTag(VlanTag.of(5)).pushVlanTag(service);

    assertThat(tagged.vlanTags()).containsExactly(service, VlanTag.of(5));
    assertThat(tagged.vlanPriority()).isEqualTo(7);
    assertThat(tagged.destinationPort()).isEqualTo(80);
    assertThat(tagged.id()).isEqualTo(9);
    assertThat(tagged.popVlanTag().popVlanTag().hasSameBytes(plain)).isTrue();
    assertThatThrownBy(() -> tagged.vlanTag(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(plain::popVlanTag)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "packet has no VLAN tag to take off:"
                + " #9 tcp ack 198.18.255.254:49152 > 198.18.0.1:80, 60 bytes");
  }

  @Test
  void the_payload_starts_behind_the_last_header_that_can_be_read() {
    byte[] padding = SamplePackets.PADDING_HEADER;

    assertThat(icmp().to(WEB).toPacket().payloadOffset()).isEqualTo(14 + 20 + 8);
    assertThat(tcp().to(WEB).tcpOptions(new byte[12]).toPacket().payloadOffset())
        .isEqualTo(14 + 20 + 32);
    assertThat(ip(89).to(WEB).ipOptions(new byte[4]).toPacket().payloadOffset()).isEqualTo(14 + 24);
    assertThat(ip(89).to(WEB).ipv6().extension(0, padding).toPacket().payloadOffset())
        .isEqualTo(14 + 40 + 8);
    assertThat(arp().to(WEB).toPacket().payloadOffset()).isEqualTo(14);
    Packet atomicThenReal =
        udp()
            .to(WEB)
            .ipv6()
            .extension(IpProtocol.FRAGMENT, new byte[8])
            .fragment(8, false)
            .payloadSize(20)
            .toPacket();
    assertThat(atomicThenReal.isLaterFragment()).isTrue();
    assertThat(atomicThenReal.payloadLength()).isEqualTo(20);
  }

  @Test
  void fragments_are_told_apart() {
    assertThat(udp().to(WEB).toPacket().isFragment()).isFalse();
    Packet first = udp().to(WEB).port(53).fragment(0, true).toPacket();
    assertThat(first.isFragment()).isTrue();
    assertThat(first.isLaterFragment()).isFalse();
    assertThat(first.destinationPort()).isEqualTo(53);
    Packet later = udp().to(WEB).ipv6().fragment(8, false).payloadSize(9).toPacket();
    assertThat(later.isLaterFragment()).isTrue();
    assertThat(later.hasPorts()).isFalse();
    assertThat(later.protocol()).isEqualTo(IpProtocol.UDP);
    assertThat(udp().to(WEB).ipv6().fragment(0, false).toPacket().isFragment()).isFalse();
  }
}
