// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Icmpv6Spec;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.PacketSpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages are read as RFC 4861 says, or ignored as it says. */
class NeighbourMessageTest {

  private static final String TARGET = "20010db800000000000000000000000b";
  private static final String MAC = "02005e10000a";
  private static final Ipv6Address ALL_NODES = Ipv6Address.of("ff02::1");

  @Test
  void a_solicitation_says_who_is_looked_for_and_where_the_asking_one_is() {
    assertThat(read(icmpv6().from(A).neighbourSolicitation(B.ipv6())))
        .isEqualTo(new NeighbourMessage(B.ipv6(), A.mac()));
  }

  @Test
  void an_advertisement_says_where_the_target_is() {
    assertThat(read(icmpv6().from(B).to(A).neighbourAdvertisement(B.ipv6())))
        .isEqualTo(new NeighbourMessage(B.ipv6(), B.mac()));
  }

  @Test
  void where_is_not_always_said() {
    assertThat(read(solicitation(TARGET))).isEqualTo(new NeighbourMessage(B.ipv6(), null));
  }

  @Test
  void other_options_are_passed_over() {
    String nonce = "0e01" + "000000000001";
    String targetMac = "0201" + "020000000099";
    String longer = "0102" + "00000000000000000000000000aa";
    assertThat(read(solicitation(TARGET + nonce + targetMac + longer + "0101" + MAC)))
        .isEqualTo(new NeighbourMessage(B.ipv6(), A.mac()));
    assertThat(read(advertisement(TARGET + "0101" + MAC + "0201" + "020000000099")))
        .isEqualTo(new NeighbourMessage(B.ipv6(), MacAddress.of("02:00:00:00:00:99")));
  }

  @Test
  void the_padding_of_the_frame_is_no_option() {
    assertThat(read(solicitation(TARGET).vlan(5))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "20010db800000000000000000000"})
  void a_short_message_is_ignored(String payload) {
    assertThat(read(solicitation(payload))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0100" + MAC, "0102" + MAC, "0101", "01"})
  void a_message_with_an_option_of_a_wrong_length_is_ignored(String option) {
    assertThat(read(solicitation(TARGET + option))).isNull();
  }

  @Test
  void a_message_that_may_have_come_through_a_router_is_ignored() {
    assertThat(read(icmpv6().from(A).neighbourSolicitation(B.ipv6()).ttl(254))).isNull();
    assertThat(read(icmpv6().from(B).to(A).neighbourAdvertisement(B.ipv6()).ttl(64))).isNull();
  }

  @Test
  void a_message_with_another_code_is_ignored() {
    assertThat(read(icmpv6().from(A).neighbourSolicitation(B.ipv6()).code(1))).isNull();
  }

  @Test
  void a_message_about_a_group_is_ignored() {
    assertThat(read(icmpv6().from(A).to(B).neighbourSolicitation(ALL_NODES))).isNull();
    assertThat(read(icmpv6().from(B).to(A).neighbourAdvertisement(ALL_NODES))).isNull();
  }

  @Test
  void who_has_no_address_must_ask_the_group_and_not_say_where_they_are() {
    Icmpv6Spec probe = solicitation(TARGET).from("::");

    assertThat(read(probe.to(B.ipv6().solicitedNode()))).isNotNull();
    assertThat(read(probe)).isNull();
    assertThat(read(probe.to(ALL_NODES))).isNull();
    assertThat(read(probe.to(B.ipv6().solicitedNode()).payload(bytes(TARGET + "0101" + MAC))))
        .isNull();
  }

  @Test
  void what_is_told_to_a_group_was_not_solicited() {
    Icmpv6Spec told = icmpv6().from(B).to(ALL_NODES).neighbourAdvertisement(B.ipv6());

    assertThat(read(told)).isNotNull();
    assertThat(read(told.restOfHeader(0x4000_0000L))).isNull();
  }

  private static NeighbourMessage read(PacketSpec spec) {
    return NeighbourMessage.read(spec.toPacket());
  }

  private static Icmpv6Spec solicitation(String payload) {
    return icmpv6().from(A).to(B).type(135).ttl(255).payload(bytes(payload));
  }

  private static Icmpv6Spec advertisement(String payload) {
    return icmpv6().from(B).to(A).type(136).ttl(255).payload(bytes(payload));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
