// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.FieldReader.number;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.capture.CapturedPacket;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A packet rebuilt from what can be read in it is the same, byte by byte. */
class RebuildTest {

  static List<Packet> samples() {
    return SamplePackets.all().stream().map(PacketSpec::toPacket).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"everyday", "syn-flood", "udp-flood", "vlan-qinq"})
  void every_real_frame_is_rebuilt(String capture) {
    for (CapturedPacket captured : Captures.read(capture)) {
      assertRebuilt(captured.packet());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void every_sample_is_rebuilt(Packet sample) {
    assertRebuilt(sample);
  }

  @Test
  void an_urgent_pointer_which_no_field_says_is_not_rebuilt() {
    byte[] frame = Packets.tcp().to(SamplePackets.WEB).toPacket().toByteArray();
    frame[14 + 20 + 19] = 1;
    Packet urgent = Packet.of(frame);

    assertThat(rebuilt(urgent).toPacket().hasSameBytes(urgent)).isFalse();
  }

  private static void assertRebuilt(Packet packet) {
    HexFormat hex = HexFormat.of();
    PacketSpec spec = rebuilt(packet);
    assertThat(hex.formatHex(spec.toPacket().toByteArray()))
        .as("%s rebuilt as %s", packet, spec)
        .isEqualTo(hex.formatHex(packet.toByteArray()));
    assertThat(spec.mismatches(packet)).isEmpty();
  }

  private static PacketSpec rebuilt(Packet packet) {
    if (packet.arpOperation() != Packet.NONE) {
      return arp(packet);
    } else if (packet.ipVersion() == 0) {
      return framed(Packets.ethernet(packet.etherType()).payload(packet.payload()), packet);
    }
    return switch (packet.protocol()) {
      case IpProtocol.UDP -> udp(packet);
      case IpProtocol.TCP -> tcp(packet);
      case IpProtocol.ICMP -> icmp(Packets.icmp(), packet);
      case IpProtocol.ICMPV6 -> icmp(Packets.icmpv6(), packet);
      default -> ip(Packets.ip(packet.protocol()).payload(packet.payload()), packet);
    };
  }

  private static PacketSpec arp(Packet packet) {
    return framed(Packets.arp(), packet)
        .operation(packet.arpOperation())
        .senderMac((MacAddress) object(Field.SENDER_MAC, packet))
        .senderIp((Ipv4Address) object(Field.SENDER_IP, packet))
        .targetMac((MacAddress) object(Field.TARGET_MAC, packet))
        .targetIp((Ipv4Address) object(Field.TARGET_IP, packet));
  }

  private static PacketSpec udp(Packet packet) {
    UdpSpec spec = ip(Packets.udp(), packet).payload(packet.payload());
    return packet.isLaterFragment()
        ? spec
        : checksumUnlessRight(
            spec.fromPort(packet.sourcePort())
                .port(packet.destinationPort())
                .udpLength(read(Field.UDP_LENGTH, packet)),
            packet);
  }

  /** The checksum of a first fragment covers the others, and some senders leave it to the card. */
  private static <S extends PortSpec<S>> S checksumUnlessRight(S spec, Packet packet) {
    boolean right = packet.checksumFault() == null && !packet.isFragment();
    return right && read(Field.CHECKSUM, packet) != 0
        ? spec
        : spec.checksum(read(Field.CHECKSUM, packet));
  }

  private static PacketSpec tcp(Packet packet) {
    return checksumUnlessRight(
        ip(Packets.tcp(), packet)
            .fromPort(packet.sourcePort())
            .port(packet.destinationPort())
            .sequence(number(Field.SEQUENCE, packet))
            .acknowledgement(number(Field.ACKNOWLEDGEMENT, packet))
            .flags(packet.tcpFlags())
            .window(read(Field.WINDOW, packet))
            .tcpOptions((byte[]) object(Field.TCP_OPTIONS, packet))
            .payload(packet.payload()),
        packet);
  }

  private static <S extends ControlSpec<S>> PacketSpec icmp(S empty, Packet packet) {
    S spec = ip(empty, packet).payload(packet.payload());
    if (packet.isLaterFragment()) {
      return spec;
    }
    S whole =
        spec.type(packet.icmpType())
            .code(packet.icmpCode())
            .restOfHeader(number(Field.ICMP_REST, packet));
    return packet.isFragment() ? whole.checksum(read(Field.CHECKSUM, packet)) : whole;
  }

  private static <S extends IpPacketSpec<S>> S ip(S empty, Packet packet) {
    S spec =
        framed(empty, packet)
            .from(requireNonNull(packet.sourceIp()))
            .to(requireNonNull(packet.destinationIp()))
            .ttl(packet.timeToLive())
            .dscp(packet.dscp())
            .ecn(read(Field.ECN, packet));
    return packet.ipVersion() == 4 ? ipv4(spec, packet) : ipv6(spec, packet);
  }

  private static <S extends IpPacketSpec<S>> S ipv4(S ip, Packet packet) {
    S spec =
        ip.identification(read(Field.IDENTIFICATION, packet))
            .ipOptions((byte[]) object(Field.IP_OPTIONS, packet))
            .fragment(read(Field.FRAGMENT_OFFSET, packet), read(Field.MORE_FRAGMENTS, packet) == 1);
    return read(Field.DONT_FRAGMENT, packet) == 1 ? spec.dontFragment() : spec;
  }

  private static <S extends IpPacketSpec<S>> S ipv6(S ip, Packet packet) {
    S spec = ip.flowLabel(read(Field.FLOW_LABEL, packet));
    if (FieldReader.object(Field.EXTENSIONS, packet) instanceof List<?> headers) {
      for (Object header : headers) {
        ExtensionHeader extension = (ExtensionHeader) header;
        spec = spec.extension(extension.protocol(), extension.bytes());
      }
    }
    return number(Field.IDENTIFICATION, packet) == Packet.NONE
        ? spec
        : spec.identification(number(Field.IDENTIFICATION, packet))
            .fragment(read(Field.FRAGMENT_OFFSET, packet), read(Field.MORE_FRAGMENTS, packet) == 1);
  }

  private static <S extends FrameSpec<S>> S framed(S empty, Packet packet) {
    S spec = empty.fromMac(packet.sourceMac()).toMac(packet.destinationMac());
    for (VlanTag tag : packet.vlanTags()) {
      spec = spec.tag(tag);
    }
    return packet.length() < PacketSpec.SHORTEST_FRAME ? spec.unpadded() : spec;
  }

  private static int read(Field field, Packet packet) {
    return Math.toIntExact(number(field, packet));
  }

  private static Object object(Field field, Packet packet) {
    return requireNonNull(FieldReader.object(field, packet));
  }
}
