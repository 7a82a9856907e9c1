// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come in, a packet can be made of them and answers every question.
 *
 * <p>A plain loop, because two million frames are wanted on every build.
 */
class ParsingProperties {

  private static final int RANDOM_FRAMES = 500_000;
  private static final int MUTATED_FRAMES = 1_500_000;

  /** Values at which a length or a type changes its meaning. */
  private static final int[] EDGES = {
    0, 1, 4, 5, 6, 7, 8, 0x0f, 0x45, 0x60, 0x7f, 0x80, 0x81, 0xff
  };

  private static final int[] PROTOCOLS = {0, 1, 6, 17, 43, 44, 51, 58, 59, 60};

  /** Longer frames cost time, and differ only in bytes that are never changed. */
  private static final int LONGEST = 200;

  private static final Field[] FIELDS = Field.values();

  /** Copies and text take most of the time; the fields that text is made of are read each time. */
  private static final int EXPENSIVE_EVERY = 20;

  /** Between them they read every field. */
  private static final List<PacketSpec> READERS = readers();

  private final SeededRandom random = Seed.DEFAULT.stream("parsing");

  @Test
  void random_bytes_make_a_packet_that_answers_every_question() {
    for (int i = 0; i < RANDOM_FRAMES; i++) {
      byte[] frame = new byte[random.nextInt(100)];
      for (int at = 0; at < frame.length; at++) {
        frame[at] = (byte) random.nextLong();
      }
      makePlausible(frame);
      answersEveryQuestion(frame, i);
    }
  }

  @Test
  void mutated_frames_make_a_packet_that_answers_every_question() {
    List<byte[]> corpus = new ArrayList<>();
    for (PacketSpec spec : SamplePackets.all()) {
      Packet packet = spec.toPacket();
      if (packet.length() <= LONGEST) {
        corpus.add(packet.toByteArray());
      }
    }
    for (int i = 0; i < MUTATED_FRAMES; i++) {
      answersEveryQuestion(mutated(corpus.get(random.nextInt(corpus.size()))), i);
    }
  }

  /** Random bytes alone would hardly ever pass for IP. */
  private void makePlausible(byte[] frame) {
    int at = 12;
    while (random.nextInt(3) == 0 && at + 4 < frame.length) {
      Bytes.put16(frame, at, random.nextInt(2) == 0 ? 0x8100 : 0x88a8);
      at += 4;
    }
    if (at + 12 > frame.length) {
      return;
    }
    boolean ipv4 = random.nextInt(2) == 0;
    Bytes.put16(frame, at, ipv4 ? EtherType.IPV4 : EtherType.IPV6);
    frame[at + 2] = (byte) (ipv4 ? 0x40 | 5 + random.nextInt(3) : 0x60);
    int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
    frame[at + (ipv4 ? 11 : 8)] = (byte) protocol;
    if (random.nextInt(4) != 0) {
      Bytes.put16(frame, at + (ipv4 ? 4 : 6), random.nextInt(frame.length));
    }
    if (random.nextInt(2) == 0) {
      Bytes.put16(frame, at + 8, 0);
    }
  }

  private byte[] mutated(byte[] original) {
    int length =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(original.length + 1);
          case 1 -> original.length + random.nextInt(8);
          default -> original.length;
        };
    byte[] frame = java.util.Arrays.copyOf(original, length);
    for (int changes = random.nextInt(5); changes > 0 && length > 0; changes--) {
      int at = random.nextInt(Math.min(length, 100));
      frame[at] =
          (byte)
              switch (random.nextInt(3)) {
                case 0 -> EDGES[random.nextInt(EDGES.length)];
                case 1 -> frame[at] ^ 1 << random.nextInt(8);
                default -> PROTOCOLS[random.nextInt(PROTOCOLS.length)];
              };
    }
    return frame;
  }

  private static void answersEveryQuestion(byte[] frame, int number) {
    try {
      Packet packet = Packet.ofTrusted(frame);
      ask(packet);
      if (number % EXPENSIVE_EVERY == 0) {
        askForCopies(packet);
      }
    } catch (RuntimeException | AssertionError e) {
      fail("frame " + HexFormat.of().formatHex(frame), e);
    }
  }

  private static void ask(Packet packet) {
    int length = packet.length();
    check(packet.payloadLength() >= 0);
    check(packet.payloadOffset() + packet.payload().length <= packet.endOffset());
    check(packet.endOffset() <= length);
    check(packet.isRunt() || packet.networkOffset() <= packet.payloadOffset());
    check(packet.transportOffset() < length);
    check(packet.isMalformed() == (packet.malformationDescription() != null));
    check(packet.hasPorts() == (packet.sourcePort() >= 0 && packet.destinationPort() >= 0));
    check((packet.flowKey() != null) == (packet.ipVersion() != 0));
    check(packet.vlanTags().size() == packet.vlanTagCount());
    packet.checksumFault();
    for (Field field : FIELDS) {
      if (field.isNumber()) {
        check(FieldReader.number(field, packet) >= Packet.NONE);
      } else if (field.isCompared()) {
        FieldReader.object(field, packet);
      }
    }
  }

  private static void askForCopies(Packet packet) {
    check(packet.isRunt() || packet.pushVlanTag(VlanTag.of(7)).popVlanTag().hasSameBytes(packet));
    check(packet.toString().endsWith(" bytes") || packet.isMalformed());
    for (PacketSpec reader : READERS) {
      check(reader.mismatches(packet).isEmpty() == reader.matches(packet));
    }
  }

  /** Cheaper than an assertion object, two million times. */
  private static void check(boolean holds) {
    if (!holds) {
      throw new AssertionError();
    }
  }

  private static List<PacketSpec> readers() {
    Packet original = udp().to(SamplePackets.WEB).toPacket();
    return List.of(
        udp()
            .from("10.0.0.0/8")
            .to("2001:db8::/32")
            .port(1)
            .fromPort(2)
            .checksum(3)
            .udpLength(4)
            .totalLength(5)
            .ipHeaderLength(24)
            .ipChecksum(7)
            .identification(8)
            .fragment(8, true)
            .dontFragment()
            .ipOptions(SamplePackets.IP_OPTIONS)
            .extension(IpProtocol.ROUTING, SamplePackets.ROUTING_HEADER)
            .flowLabel(9)
            .ttl(10)
            .dscp(11)
            .ecn(1)
            .fromMac(MacAddress.ZERO)
            .toMac(MacAddress.BROADCAST)
            .vlan(12, 3)
            .payload("x"),
        tcp()
            .syn()
            .sequence(1)
            .acknowledgement(2)
            .window(3)
            .headerLength(24)
            .tcpOptions(SamplePackets.TCP_OPTIONS)
            .payloadSize(1),
        icmp().echoRequest(1, 2).code(3),
        icmp().restOfHeader(4).unreachable(3, original),
        icmpv6().neighbourSolicitation(SamplePackets.WEB.ipv6()),
        Packets.arp()
            .operation(3)
            .senderMac(MacAddress.ZERO)
            .senderIp("10.0.0.1")
            .targetMac(MacAddress.ZERO)
            .targetIp("10.0.0.1"),
        ip(89).ipv6(),
        Packets.ethernet(0x88cc).untagged());
  }

  @Test
  void the_readers_read_every_field_that_can_be_compared() {
    List<Field> unread = new ArrayList<>(List.of(Field.values()));
    for (PacketSpec reader : READERS) {
      for (int i = 0; i < reader.given.size(); i++) {
        unread.remove(reader.given.field(i));
      }
    }
    unread.removeIf(field -> !field.isCompared());
    assertThat(unread).isEmpty();
  }
}
