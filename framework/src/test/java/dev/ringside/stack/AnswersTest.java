// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.VlanTag;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each answer is what the RFC says, to the byte. */
class AnswersTest {

  private final Answers answers = new Answers(B);

  // ---- echo ----

  @Test
  void an_echo_reply_goes_back_with_identifier_sequence_and_payload() {
    Packet request =
        icmp().from(A).to(B).echoRequest(0x1234, 7).payload("are you there?").toPacket();

    Packet reply = answers.echoReply(request);

    assertThat(reply).hasToString("icmp echo reply 192.0.2.20 > 192.0.2.10, 60 bytes");
    assertThat(reply.sourceMac()).isEqualTo(B.mac());
    assertThat(reply.destinationMac()).isEqualTo(A.mac());
    assertThat(reply.icmpCode()).isZero();
    assertThat(reply.intAt(reply.transportOffset() + 4)).isEqualTo(0x1234_0007);
    assertThat(reply.payload()).asString().isEqualTo("are you there?");
    assertThat(reply.timeToLive()).isEqualTo(64);
    assertThat(reply.checksumFault()).isNull();
    assertThat(reply.isMalformed()).isFalse();
  }

  @Test
  void an_echo_reply_over_ipv6_is_the_same_with_other_numbers() {
    Packet request = icmpv6().from(A).to(B).echoRequest(0x1234, 7).payload("you?").toPacket();

    Packet reply = answers.echoReply(request);

    assertThat(reply).hasToString("icmpv6 echo reply 2001:db8::b > 2001:db8::a, 66 bytes");
    assertThat(reply.sourceMac()).isEqualTo(B.mac());
    assertThat(reply.destinationMac()).isEqualTo(A.mac());
    assertThat(reply.intAt(reply.transportOffset() + 4)).isEqualTo(0x1234_0007);
    assertThat(reply.payload()).asString().isEqualTo("you?");
    assertThat(reply.timeToLive()).isEqualTo(64);
    assertThat(reply.checksumFault()).isNull();
  }

  @Test
  void an_echo_reply_keeps_all_vlan_tags_and_the_code_point() {
    VlanTag outer = new VlanTag(VlanTag.SERVICE_TAG, 3, true, 300);
    Packet request =
        icmp().from(A).to(B).dscp(46).tag(outer).tag(VlanTag.of(5)).echoRequest().toPacket();

    Packet reply = answers.echoReply(request);

    assertThat(reply.vlanTags()).containsExactly(outer, VlanTag.of(5));
    assertThat(reply.dscp()).isEqualTo(46);
    assertThat(reply.checksumFault()).isNull();
  }

  @Test
  void an_echo_reply_does_not_repeat_ip_options_and_extension_headers() {
    byte[] options = {1, 1, 1, 0};
    Packet v4 = icmp().from(A).to(B).ipOptions(options).echoRequest(1, 2).payload("x").toPacket();
    Packet v6 = icmpv6().from(A).to(B).extension(60, new byte[8]).echoRequest(1, 2).toPacket();

    assertThat(answers.echoReply(v4).transportOffset()).isEqualTo(14 + 20);
    assertThat(answers.echoReply(v4).payload()).asString().isEqualTo("x");
    assertThat(answers.echoReply(v6).transportOffset()).isEqualTo(14 + 40);
  }

  @Test
  void an_echo_reply_may_be_longer_than_any_link_carries() {
    Packet request = icmp().from(A).to(B).echoRequest(1, 2).payloadSize(60_000).toPacket();

    Packet reply = answers.echoReply(request);

    assertThat(reply.payload()).isEqualTo(request.payload());
    assertThat(reply.checksumFault()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "255.255.255.255, ff:ff:ff:ff:ff:ff, 192.0.2.20",
    "224.0.0.1,       01:00:5e:00:00:01, 192.0.2.20",
    "192.0.2.20,      02:00:5e:10:00:0b, 192.0.2.20"
  })
  void an_echo_reply_comes_from_one_station(String pinged, String mac, String source) {
    Packet reply = answers.echoReply(icmp().from(A).to(pinged).toMac(mac).toPacket());

    assertThat(reply.sourceIp()).hasToString(source);
    assertThat(reply.sourceMac()).isEqualTo(B.mac());
  }

  @ParameterizedTest
  @CsvSource({"ff02::1, 2001:db8::b", "fe80::5eff:fe10:b, fe80::5eff:fe10:b"})
  void an_echo_reply_over_ipv6_comes_from_the_address_that_was_pinged(
      String pinged, String source) {
    Packet reply = answers.echoReply(icmpv6().from(A).to(pinged).toMac(B.mac()).toPacket());

    assertThat(reply.sourceIp()).hasToString(source);
  }

  // ---- who can be answered ----

  @ParameterizedTest
  @CsvSource({
    "192.0.2.10,      02:00:5e:10:00:0a, true",
    "192.0.2.10,      03:00:5e:10:00:0a, false",
    "223.255.255.255, 02:00:5e:10:00:0a, true",
    "224.0.0.1,       02:00:5e:10:00:0a, false",
    "240.0.0.1,       02:00:5e:10:00:0a, false",
    "255.255.255.255, 02:00:5e:10:00:0a, false",
    "0.0.0.0,         02:00:5e:10:00:0a, false",
    "2001:db8::a,     02:00:5e:10:00:0a, true",
    "ff02::1,         02:00:5e:10:00:0a, false",
    "::,              02:00:5e:10:00:0a, false"
  })
  void only_one_station_can_be_answered(String ip, String mac, boolean answerable) {
    IpAddress source = IpAddress.of(ip);
    IpAddress destination = source.version() == 4 ? B.ipv4() : B.ipv6();
    Packet packet = udp().from(source).to(destination).fromMac(mac).toMac(B.mac()).toPacket();

    assertThat(Answers.isFromOneStation(packet)).isEqualTo(answerable);
  }

  @Test
  void a_packet_without_ip_cannot_be_answered() {
    assertThat(Answers.isFromOneStation(arp().from(A).to(B).toPacket())).isFalse();
  }

  // ---- unreachable ----

  @Test
  void port_unreachable_quotes_the_ip_packet() {
    Packet query = udp().from(A).to(B).port(53).payload("query").vlan(100, 3).toPacket();

    Packet answer = answers.portUnreachable(query);

    assertThat(answer).hasToString("icmp unreachable 192.0.2.20 > 192.0.2.10, vlan 100, 79 bytes");
    assertThat(answer.destinationMac()).isEqualTo(A.mac());
    assertThat(answer.vlanPriority()).isEqualTo(3);
    assertThat(answer.icmpCode()).isEqualTo(3);
    assertThat(answer.dscp()).isEqualTo(48);
    assertThat(answer.payload()).isEqualTo(ipPacket(query));
    assertThat(answer.checksumFault()).isNull();
  }

  @Test
  void port_unreachable_is_at_most_576_bytes_of_ipv4() {
    Packet query = udp().from(A).to(B).port(53).payloadSize(1_400).toPacket();

    Packet answer = answers.portUnreachable(query);

    assertThat(answer.endOffset() - answer.networkOffset()).isEqualTo(576);
    assertThat(answer.payload()).isEqualTo(Arrays.copyOf(ipPacket(query), 548));
    assertThat(answer.checksumFault()).isNull();
  }

  @Test
  void port_unreachable_is_at_most_1280_bytes_of_ipv6() {
    Packet query = udp().from(A).to(B).ipv6().port(53).payloadSize(1_400).toPacket();

    Packet answer = answers.portUnreachable(query);

    assertThat(answer).hasToString("icmpv6 unreachable 2001:db8::b > 2001:db8::a, 1294 bytes");
    assertThat(answer.icmpCode()).isEqualTo(4);
    assertThat(answer.endOffset() - answer.networkOffset()).isEqualTo(1_280);
    assertThat(answer.payload()).isEqualTo(Arrays.copyOf(ipPacket(query), 1_232));
    assertThat(answer.checksumFault()).isNull();
  }

  private static byte[] ipPacket(Packet packet) {
    return Arrays.copyOfRange(packet.toByteArray(), packet.networkOffset(), packet.endOffset());
  }

  // ---- ARP ----

  @Test
  void an_arp_reply_tells_the_one_who_asked() {
    assertBytes(
        answers.arpReply(arp().request().from(A).to(B).toPacket()),
        "02005e10000a 02005e10000b 0806 0001 0800 06 04 0002"
            + " 02005e10000b c0000214 02005e10000a c000020a");
  }

  @Test
  void an_arp_reply_goes_where_the_request_came_from_in_its_vlan() {
    Packet request =
        arp()
            .request()
            .from(A)
            .to(B)
            .fromMac("02:00:00:00:00:99")
            .senderMac(A.mac())
            .vlan(100, 3)
            .toPacket();

    assertBytes(
        answers.arpReply(request),
        "020000000099 02005e10000b 8100 6064 0806 0001 0800 06 04 0002"
            + " 02005e10000b c0000214 02005e10000a c000020a");
  }

  @Test
  void a_probe_for_a_free_address_is_answered_too() {
    Packet probe = arp().request().from(A).senderIp("0.0.0.0").to(B).toPacket();

    assertBytes(
        answers.arpReply(probe),
        "02005e10000a 02005e10000b 0806 0001 0800 06 04 0002"
            + " 02005e10000b c0000214 02005e10000a 00000000");
  }

  @Test
  void an_address_is_asked_for_by_broadcast() {
    assertBytes(
        answers.requestFor(A.ipv4()),
        "ffffffffffff 02005e10000b 0806 0001 0800 06 04 0001"
            + " 02005e10000b c0000214 000000000000 c000020a");
  }

  @Test
  void an_announcement_is_a_request_for_the_own_address() {
    assertBytes(
        answers.gratuitousArp(),
        "ffffffffffff 02005e10000b 0806 0001 0800 06 04 0001"
            + " 02005e10000b c0000214 000000000000 c0000214");
  }

  // ---- neighbour discovery ----

  @Test
  void an_ipv6_address_is_asked_for_in_its_solicited_node_group() {
    Packet request = answers.requestFor(A.ipv6());

    assertBytes(
        request,
        "3333ff00000a 02005e10000b 86dd 60000000 0020 3a ff"
            + " 20010db800000000000000000000000b ff0200000000000000000001ff00000a"
            + " 8700 bdf2 00000000 20010db800000000000000000000000a 0101 02005e10000b");
    assertThat(request.checksumFault()).isNull();
  }

  @Test
  void an_advertisement_answers_the_one_who_asked() {
    Packet request = new Answers(A).requestFor(B.ipv6());

    assertBytes(
        answers.neighbourAdvertisement(request, B.ipv6()),
        "02005e10000a 02005e10000b 86dd 60000000 0020 3a ff"
            + " 20010db800000000000000000000000b 20010db800000000000000000000000a"
            + " 8800 2c3d 60000000 20010db800000000000000000000000b 0201 02005e10000b");
  }

  @Test
  void an_advertisement_for_the_link_local_address_comes_from_it() {
    Ipv6Address target = Ipv6Address.linkLocal(B.mac());
    Packet request = new Answers(A).requestFor(target).pushVlanTag(VlanTag.of(7));

    Packet answer = answers.neighbourAdvertisement(request, target);

    assertThat(answer)
        .hasToString(
            "icmpv6 neighbour advertisement fe80::5eff:fe10:b > 2001:db8::a, vlan 7, 90 bytes");
    assertThat(answer.checksumFault()).isNull();
  }

  @Test
  void an_advertisement_to_one_without_address_goes_to_all_nodes_and_is_not_solicited() {
    PacketSpec probe = icmpv6().from(A).from("::").neighbourSolicitation(B.ipv6());

    Packet answer = answers.neighbourAdvertisement(probe.toPacket(), B.ipv6());

    assertAdvertisesToAll(answer);
  }

  @Test
  void an_unsolicited_advertisement_goes_to_all_nodes() {
    assertAdvertisesToAll(answers.unsolicitedAdvertisement());
  }

  private static void assertAdvertisesToAll(Packet advertisement) {
    assertBytes(
        advertisement,
        "333300000001 02005e10000b 86dd 60000000 0020 3a ff"
            + " 20010db800000000000000000000000b ff020000000000000000000000000001"
            + " 8800 9afc 20000000 20010db800000000000000000000000b 0201 02005e10000b");
    assertThat(advertisement.checksumFault()).isNull();
  }

  /** Compares all but the padding, which must be zeros up to 60 bytes. */
  private static void assertBytes(Packet packet, String hex) {
    byte[] expected = HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] padded = Arrays.copyOf(expected, Math.max(expected.length, 60));
    assertThat(HexFormat.of().formatHex(packet.toByteArray()))
        .isEqualTo(HexFormat.of().formatHex(padded));
  }
}
