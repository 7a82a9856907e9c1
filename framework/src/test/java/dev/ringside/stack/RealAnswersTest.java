// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.EtherType;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import dev.ringside.trace.DropReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The stack takes the place of host b of a capture: what host a has sent is answered as the Linux
 * machine has answered it, to the byte. Only the IPv4 identification and the IPv6 flow label are
 * numbers that a host may choose, and the capture was taken before short frames were padded.
 */
class RealAnswersTest {

  private final Bench bench = new Bench();

  @AfterEach
  void no_packet_is_unaccounted_for() {
    bench.checkLaw();
  }

  @Test
  void arp_requests_are_answered_as_linux_does() {
    assertThat(answers(RealAnswersTest::isArp)).isEqualTo(real(RealAnswersTest::isArp)).hasSize(1);
  }

  @Test
  void pings_are_answered_as_linux_does() {
    Predicate<Packet> ping = p -> p.protocol() == IpProtocol.ICMP && !p.isFragment();

    assertThat(answers(ping)).isEqualTo(real(ping.and(p -> p.icmpType() == 0))).hasSize(4);
  }

  @Test
  void fragmented_pings_of_3000_bytes_are_answered_in_the_same_fragments() {
    Predicate<Packet> fragment = Packet::isFragment;

    assertThat(answers(fragment)).isEqualTo(real(fragment)).hasSize(2 * 3);
    assertThat(bench.inbox.packets())
        .extracting(Packet::toString)
        .containsExactly(
            "#3 icmp echo request 192.0.2.10 > 192.0.2.20, 3042 bytes",
            "#9 icmp echo request 192.0.2.10 > 192.0.2.20, 3042 bytes");
  }

  @Test
  void pings_and_neighbour_solicitations_over_ipv6_are_answered_as_linux_does() {
    Predicate<Packet> ipv6 = p -> p.protocol() == IpProtocol.ICMPV6;

    assertThat(answers(ipv6)).isEqualTo(real(ipv6)).hasSize(1 + 3);
  }

  @Test
  void datagrams_to_a_closed_port_are_answered_as_linux_does() {
    bench.stack.onUdp(54, packet -> {});

    assertThat(answers(p -> p.is(IpProtocol.UDP)))
        .isEqualTo(real(p -> p.icmpType() == 3 && p.is(IpProtocol.ICMP)))
        .hasSize(5);
    assertThat(bench.dropped(DropReason.NO_TARGET)).isEqualTo(5);
    assertThat(bench.inbox.size()).isZero();
  }

  @Test
  void all_of_a_day_is_answered_in_the_order_of_the_capture() {
    bench.stack.onUdp(54, packet -> {});
    Predicate<Packet> all = p -> !p.is(IpProtocol.TCP);

    assertThat(answers(all)).isEqualTo(real(all)).hasSize(1 + 4 + 4 + 6 + 5);
  }

  @Test
  void fragmented_answers_differ_in_their_identification() {
    for (Packet packet : capture("everyday", A.mac().bits())) {
      bench.receive(packet);
    }
    List<Integer> identifications = new ArrayList<>();
    for (Packet packet : bench.sent()) {
      if (packet.isFragment()) {
        identifications.add(packet.unsignedShortAt(18));
      }
    }

    assertThat(identifications).hasSize(6).doesNotContain(0);
    assertThat(identifications.stream().distinct()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"everyday", "syn-flood", "udp-flood", "vlan-qinq"})
  void every_frame_of_a_capture_has_a_fate_and_every_answer_is_sound(String name) {
    bench.stack.onUdp(53, packet -> {});
    for (CapturedPacket captured : read(name)) {
      bench.receive(captured.packet());
    }
    bench.advanceSeconds(60);

    assertThat(bench.stack.live()).isZero();
    assertThat(bench.sent())
        .allSatisfy(
            answer -> {
              assertThat(answer.isMalformed()).isFalse();
              assertThat(answer.checksumFault()).isNull();
            });
  }

  // ---- what to compare ----

  /** What the stack answers to these frames of host a. */
  private List<String> answers(Predicate<Packet> wanted) {
    for (Packet packet : capture("everyday", A.mac().bits())) {
      if (wanted.test(packet)) {
        bench.receive(packet);
      }
    }
    List<Packet> answers = bench.sent();
    assertThat(answers).allMatch(answer -> answer.checksumFault() == null);
    assertThat(answers).allMatch(answer -> answer.length() >= 60);
    return answers.stream().map(RealAnswersTest::comparable).toList();
  }

  /** These frames of host b. */
  private static List<String> real(Predicate<Packet> wanted) {
    return capture("everyday", B.mac().bits()).stream()
        .filter(wanted)
        .map(RealAnswersTest::comparable)
        .toList();
  }

  /** The frame without padding and what a host may choose: identification, flow label. */
  private static String comparable(Packet packet) {
    int end = isArp(packet) ? packet.networkOffset() + 28 : packet.endOffset();
    byte[] bytes = Arrays.copyOf(packet.toByteArray(), end);
    if (packet.ipVersion() == 4) {
      int at = packet.networkOffset();
      Arrays.fill(bytes, at + 4, at + 6, (byte) 0);
      Arrays.fill(bytes, at + 10, at + 12, (byte) 0); // the checksum of the identification, too
    } else if (packet.ipVersion() == 6) {
      Arrays.fill(bytes, packet.networkOffset() + 2, packet.networkOffset() + 4, (byte) 0);
      bytes[packet.networkOffset() + 1] &= (byte) 0xf0;
    }
    return HexFormat.of().formatHex(bytes);
  }

  private static boolean isArp(Packet packet) {
    return packet.etherType() == EtherType.ARP;
  }

  private static List<Packet> capture(String name, long sourceMac) {
    List<Packet> packets = new ArrayList<>();
    for (CapturedPacket captured : read(name)) {
      if (captured.packet().sourceMacBits() == sourceMac) {
        packets.add(captured.packet());
      }
    }
    return packets;
  }

  private static List<CapturedPacket> read(String name) {
    String resource = "/captures/" + name + ".pcap";
    return CaptureReader.readAll(RealAnswersTest.class.getResourceAsStream(resource), resource);
  }
}
