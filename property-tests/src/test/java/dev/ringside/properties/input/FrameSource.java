// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.input;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Random frames and mutated ones, faster than arbitraries make them: ten million are wanted. */
final class FrameSource {

  /** Values at which a length, a version or a type changes its meaning. */
  private static final int[] TURNING_POINTS = {
    0, 1, 4, 5, 6, 7, 8, 0x0f, 0x11, 0x2b, 0x2c, 0x33, 0x3a, 0x3c, 0x40, 0x45, 0x60, 0x7f, 0x80,
    0x81, 0x86, 0x87, 0x88, 0xdd, 0xff
  };

  private static final int REACH = 100;
  private static final int LONGEST_NOISE = 120;
  private static final byte[] PADDING = {0, 0, 1, 4, 0, 0, 0, 0};

  private final SeededRandom random = Seed.DEFAULT.stream("bad input");
  private final List<byte[]> originals = new ArrayList<>();

  /** Frames between these, so that most get deep into the host. */
  FrameSource(List<? extends Endpoint> endpoints) {
    for (Endpoint from : endpoints) {
      for (Endpoint to : endpoints) {
        if (from != to) {
          addAll(from, to);
        }
      }
    }
  }

  private void addAll(Endpoint from, Endpoint to) {
    Packet query = udp().from(to).to(from).port(53).payload("query").toPacket();
    for (PacketSpec spec :
        List.of(
            udp().from(from).to(to).port(7).payload("seven"),
            udp().from(from).to(to).port(8).payload("closed"),
            udp().from(from).to(to).vlan(100).payload("tagged"),
            udp().from(from).to(to).vlan(200).vlan(100).payloadSize(40),
            udp().from(from).to(to).ipOptions(new byte[] {1, 1, 1, 0}),
            udp().from(from).to(to).fragment(0, true).identification(1).payloadSize(64),
            udp().from(from).to(to).fragment(72, false).identification(1).payloadSize(64),
            udp().from(from).to(to).ipv6().fragment(0, true).identification(1).payloadSize(64),
            udp().from(from).to(to).ipv6().fragment(72, false).identification(1).payloadSize(9),
            udp().from(from).to(to).ipv6().extension(IpProtocol.HOP_BY_HOP, PADDING),
            udp().from(from).to("255.255.255.255").port(7),
            udp().from(from).to("ff02::1").port(7),
            tcp().from(from).to(to).syn(),
            icmp().from(from).to(to).echoRequest(1, 1).payload("ping"),
            icmp().from(from).unreachable(3, query),
            icmpv6().from(from).to(to).echoRequest(1, 1),
            icmpv6().from(from).neighbourSolicitation(to.ipv6()),
            icmpv6().from(from).neighbourAdvertisement(from.ipv6()),
            ip(89).from(from).to(to),
            arp().request().from(from).to(to),
            arp().reply().from(from).to(to).targetMac(to.mac()),
            arp().gratuitous(from.mac(), from.ipv4()))) {
      originals.add(spec.toPacket().toByteArray());
    }
  }

  int next(int bound) {
    return random.nextInt(bound);
  }

  Packet next() {
    return Packet.of(random.nextInt(10) == 0 ? noise() : mutated());
  }

  private byte[] noise() {
    byte[] frame = new byte[random.nextInt(LONGEST_NOISE)];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = (byte) random.nextLong();
    }
    return frame;
  }

  private byte[] mutated() {
    byte[] original = originals.get(random.nextInt(originals.size()));
    int length =
        switch (random.nextInt(8)) {
          case 0 -> random.nextInt(original.length + 1);
          case 1 -> original.length + random.nextInt(16);
          default -> original.length;
        };
    byte[] frame = Arrays.copyOf(original, length);
    for (int changes = random.nextInt(4); changes > 0 && length > 0; changes--) {
      int at = random.nextInt(Math.min(length, REACH));
      frame[at] =
          (byte)
              switch (random.nextInt(3)) {
                case 0 -> TURNING_POINTS[random.nextInt(TURNING_POINTS.length)];
                case 1 -> frame[at] ^ 1 << random.nextInt(8);
                default -> random.nextInt(256);
              };
    }
    return frame;
  }
}
