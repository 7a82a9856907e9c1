// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Checksums;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** No bytes bring the stack down, and what it says is always sound. */
class NetworkStackProperties {

  private static final List<Packet> FRAMES = frames();

  private static List<Packet> frames() {
    List<Packet> frames = new ArrayList<>();
    frames.add(arp().request().from(A).to(B).toPacket());
    frames.add(icmpv6().from(A).neighbourSolicitation(B.ipv6()).toPacket());
    frames.add(icmpv6().from(A).to(B).neighbourAdvertisement(A.ipv6()).toPacket());
    frames.add(icmp().from(A).to(B).vlan(5).payloadSize(100).toPacket());
    frames.add(icmpv6().from(A).to(B).extension(0, new byte[8]).payloadSize(100).toPacket());
    frames.add(udp().from(A).to(B).port(7).checksum(0).ipOptions(new byte[8]).toPacket());
    frames.add(udp().from(A).to(B).ipv6().port(7).toPacket());
    Packet ping = icmp().from(A).to(B).payloadSize(300).toPacket();
    Packet ping6 = icmpv6().from(A).to(B).payloadSize(300).toPacket();
    frames.addAll(Fragmentation.split(ping, 200));
    frames.addAll(Fragmentation.split(ping6, 200));
    frames.add(ip(17).from(A).to(B).ipv6().extension(IpProtocol.FRAGMENT, new byte[8]).toPacket());
    return frames;
  }

  @Property(tries = 1_000)
  void whatever_comes_has_a_fate_and_answers_are_sound(@ForAll Random random) {
    Bench bench = new Bench();
    bench.stack.onUdp(53, packet -> {});
    bench.stack.setMtu(68 + random.nextInt(200));

    for (int i = 0; i < 100; i++) {
      bench.receive(mutant(random));
    }
    bench.checkLaw();
    bench.advanceSeconds(60);

    bench.checkLaw();
    assertThat(bench.stack.live()).isZero();
    for (Packet answer : bench.sent()) {
      assertThat(answer.malformationDescription()).isNull();
      assertThat(answer.checksumFault()).isNull();
    }
  }

  /** A frame with some bytes changed, more or less of them; often with right checksums again. */
  private static Packet mutant(Random random) {
    byte[] bytes = FRAMES.get(random.nextInt(FRAMES.size())).toByteArray();
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      bytes[12 + random.nextInt(bytes.length - 12)] = (byte) random.nextInt();
    }
    if (random.nextInt(8) == 0) {
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
    }
    return random.nextInt(4) == 0 ? Packet.of(bytes) : withRightHeaderChecksum(bytes);
  }

  private static Packet withRightHeaderChecksum(byte[] bytes) {
    Packet packet = Packet.of(bytes);
    if (packet.ipVersion() == 4 && !packet.isMalformed()) {
      int at = packet.networkOffset();
      int right = Checksums.ipv4Header(bytes, at);
      bytes[at + 10] = (byte) (right >>> 8);
      bytes[at + 11] = (byte) right;
      return Packet.of(bytes);
    }
    return packet;
  }
}
