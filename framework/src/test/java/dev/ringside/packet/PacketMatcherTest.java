// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.packet.SamplePackets.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Matchers and their combinations: what they match, what they say, why they do not match. */
class PacketMatcherTest {

  private static final Packet SYN = tcp().to(WEB).port(80).syn().toPacket();
  private static final Packet SYN_ACK = tcp().to(WEB).port(80).syn().ack().toPacket();

  @Test
  void combinations_are_sentences() {
    PacketMatcher odd = PacketMatcher.named("odd length", packet -> packet.length() % 2 == 1);

    assertThat(tcp().syn().and(tcp().ack().negate()).or(odd).and(icmp()).toString())
        .isEqualTo("((tcp syn and not tcp ack) or odd length) and icmp");
    assertThat(udp().or(tcp()).or(icmp()).negate()).hasToString("not (udp or tcp or icmp)");
    assertThat(udp().and(odd).and(packet -> true)).hasToString("udp and odd length and a function");
    assertThat(PacketMatcher.describe(new Even())).isEqualTo("Even");
    assertThat(udp().negate().negate()).hasToString("udp");
  }

  /** A matcher without a name of its own. */
  private static final class Even implements PacketMatcher {
    @Override
    public boolean matches(Packet packet) {
      return packet.length() % 2 == 0;
    }
  }

  @Test
  void combinations_match_what_they_say() {
    PacketMatcher opening = tcp().syn().and(tcp().ack().negate());

    assertThat(opening.matches(SYN)).isTrue();
    assertThat(opening.matches(SYN_ACK)).isFalse();
    assertThat(opening.or(tcp()).matches(SYN_ACK)).isTrue();
    assertThat(PacketMatcher.named("opening", opening).matches(SYN)).isTrue();
  }

  @Test
  void mismatches_are_those_of_the_parts() {
    assertThat(tcp().syn().and(tcp().ack().negate()).mismatches(SYN_ACK))
        .extracting(FieldMismatch::toString)
        .containsExactly("tcp ack: expected false, was true");
    assertThat(udp().port(81).or(tcp().port(81)).mismatches(SYN))
        .extracting(FieldMismatch::toString)
        .containsExactly("destination port: expected 81, was 80");
    assertThat(new Even().mismatches(SYN)).isEmpty();
    assertThat(new Even().negate().mismatches(SYN))
        .extracting(FieldMismatch::toString)
        .containsExactly("Even: expected false, was true");
    assertThat(udp().or(tcp()).mismatches(SYN)).isEmpty();
    assertThat(udp().and(tcp().port(81)).mismatches(SYN))
        .extracting(FieldMismatch::toString)
        .containsExactly(
            "protocol: expected udp, was tcp", "destination port: expected 81, was 80");
    assertThat(PacketMatcher.named("web", tcp().port(81)).mismatches(SYN)).hasSize(1);
    assertThat(PacketMatcher.named("none", packet -> false).mismatches(SYN))
        .extracting(FieldMismatch::toString)
        .containsExactly("none: expected true, was false");
  }

  @Test
  void ranges_of_ports_recognize_and_cannot_be_sent() {
    assertThat(tcp().ports(80, 90).fromPorts(1024, 65_535).matches(SYN)).isTrue();
    assertThat(tcp().ports(81, 90).matches(SYN)).isFalse();
    assertThat(tcp().ports(81, 90).mismatches(SYN))
        .extracting(FieldMismatch::toString)
        .containsExactly("destination port: expected 81 to 90, was 80");
    assertThat(tcp().ports(80, 80).toString()).isEqualTo("tcp port 80");
    assertThatThrownBy(() -> tcp().to(WEB).ports(80, 90).toPacket())
        .hasMessage("tcp packet cannot be sent port 80 to 90; say one port");
    assertThatThrownBy(() -> tcp().fromPorts(9, 8))
        .hasMessage("source ports 9 to 8 are no range in 0 to 65535");
  }

  @Test
  void a_header_that_cannot_be_read_is_told_from_a_payload_that_is_cut_off() {
    byte[] whole = tcp().to(WEB).payloadSize(100).toPacket().toByteArray();

    assertThat(cut(whole, 60).hasUnreadableHeader()).isFalse(); // TCP is whole
    assertThat(cut(whole, 50).hasUnreadableHeader()).isTrue();
    assertThat(cut(whole, 30).hasUnreadableHeader()).isTrue(); // within IP
    assertThat(cut(whole, 13).hasUnreadableHeader()).isTrue();
    assertThat(cut(whole, whole.length).hasUnreadableHeader()).isFalse();
  }

  private static Packet cut(byte[] bytes, int length) {
    return Packet.of(java.util.Arrays.copyOf(bytes, length));
  }
}
