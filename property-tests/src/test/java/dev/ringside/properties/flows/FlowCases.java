// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.flows;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.FrameSpec;
import dev.ringside.packet.IcmpSpec;
import dev.ringside.packet.Icmpv6Spec;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPacketSpec;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.PortSpec;
import dev.ringside.packet.TcpSpec;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import java.util.Arrays;
import java.util.List;

/** Packets and matches out of few values, so that they overlap. */
final class FlowCases {

  private static final String[] IPV4 = {
    "10.0.0.1", "10.0.0.2", "10.0.1.1", "10.1.0.1", "11.0.0.1", "192.0.2.1"
  };
  private static final String[] IPV6 = {
    "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1", "2001:db9::1"
  };
  private static final int[] PORTS = {0, 1, 2, 3, 7, 8, 53, 80, 443, 1_024, 65_535};
  private static final Endpoint BOTH = new Both();

  private final SeededRandom random;
  private final List<String> calls;

  /**
   * Creates a source of cases.
   *
   * @param calls where functions note that they were called
   */
  FlowCases(long seed, List<String> calls) {
    this.random = Seed.of(seed).stream("flows");
    this.calls = calls;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(int oneIn) {
    return below(oneIn) == 0;
  }

  private static String of(String[] values, int index) {
    return values[index];
  }

  // ---- packets ----

  Packet packet() {
    PacketSpec spec =
        switch (below(12)) {
          case 0 -> arp().senderIp(ipv4()).targetIp(ipv4());
          case 1 -> arp().reply().senderIp(ipv4()).targetIp(ipv4()).toMac(mac());
          case 2 -> sent(ethernet(0x88b5 + below(2)).toMac(mac()));
          case 3 -> addressed(icmp().type(below(3)).code(below(2)));
          case 4 -> addressed(icmpv6().type(128 + below(2)));
          case 5 -> addressed(ip(below(3) + 88));
          case 6 -> addressed(udp().fragment(chance(2) ? 8 : 0, true).payloadSize(16));
          case 7, 8 -> addressed(udp().port(port()).fromPort(port()));
          default -> addressed(tcp().port(port()).fromPort(port()).flags(below(64)));
        };
    Packet packet = sendable(spec).toPacket();
    return chance(12) ? cut(packet) : packet;
  }

  private PacketSpec sendable(PacketSpec spec) {
    return spec instanceof FrameSpec<?> frame ? sent(frame) : spec;
  }

  private static Packet cut(Packet packet) {
    byte[] bytes = packet.toByteArray();
    return Packet.of(Arrays.copyOf(bytes, bytes.length * 2 / 3));
  }

  private <S extends FrameSpec<S>> S sent(FrameSpec<S> frame) {
    S tagged = frame.fromMac(mac());
    for (int tags = below(4) - 1; tags > 0; tags--) {
      tagged = tagged.vlan(below(3), below(2));
    }
    return tagged;
  }

  private <S extends IpPacketSpec<S>> S addressed(S packet) {
    boolean v6 = packet instanceof Icmpv6Spec || (!(packet instanceof IcmpSpec) && chance(4));
    return v6
        ? packet.from(ipv6()).to(ipv6()).toMac(mac()).dscp(below(3)).ttl(1 + below(2))
        : packet.from(ipv4()).to(ipv4()).toMac(mac()).dscp(below(3)).ttl(1 + below(2));
  }

  private MacAddress mac() {
    return new MacAddress(0x0200_0000_0000L + below(3));
  }

  private Ipv4Address ipv4() {
    return Ipv4Address.of(of(IPV4, below(IPV4.length)));
  }

  private IpAddress ipv6() {
    return IpAddress.of(of(IPV6, below(IPV6.length)));
  }

  private int port() {
    return PORTS[below(PORTS.length)];
  }

  // ---- matches ----

  /** A sentence, a combination or a function. */
  PacketMatcher matcher(int depth) {
    return switch (depth == 0 ? 9 : below(12)) {
      case 0 -> matcher(depth - 1).and(matcher(depth - 1));
      case 1 -> matcher(depth - 1).or(matcher(depth - 1));
      case 2 -> matcher(depth - 1).negate();
      case 3 -> function();
      case 4 -> PacketMatcher.named("named", matcher(depth - 1));
      default -> sentence();
    };
  }

  /** Something that no function is a part of. */
  PacketMatcher declarative(int depth) {
    return switch (depth == 0 ? 9 : below(12)) {
      case 0 -> declarative(depth - 1).and(declarative(depth - 1));
      case 1 -> declarative(depth - 1).or(declarative(depth - 1));
      case 2 -> declarative(depth - 1).negate();
      default -> sentence();
    };
  }

  /** One of few masks, so that entries that others stand between share a hash table. */
  PacketMatcher narrow() {
    return switch (below(7)) {
      case 0, 1 -> tcp().port(port());
      case 2 -> tcp().to(ipv4());
      case 3 -> ip().to(IpPrefix.around(ipv4(), 16));
      case 4 -> tcp().to(ipv4()).port(port());
      case 5 -> chance(4) ? function() : ip().from(ipv4());
      default -> tcp().port(port()).and(tcp().flags(below(64)).negate());
    };
  }

  PacketMatcher function() {
    int divisor = 2 + below(3);
    String name = "function " + below(1_000_000);
    return PacketMatcher.named(
        name,
        packet -> {
          calls.add(name);
          int sum = packet.length() + packet.unsignedByteAt(packet.length() / 2);
          return sum % divisor == 0;
        });
  }

  PacketSpec sentence() {
    return switch (below(9)) {
      case 0 -> frame(ethernet());
      case 1 -> chance(2) ? frame(ethernet(0x88b5)) : ethernet().etherType(0x800);
      case 2 -> arpMatch();
      case 3 -> addresses(icmp().type(below(3)));
      case 4 -> addresses(ip());
      case 5 -> addresses(chance(2) ? ip(88) : ip().ipv6());
      case 6 -> addresses(ports(udp()));
      default -> addresses(flags(ports(tcp())));
    };
  }

  private PacketSpec arpMatch() {
    return switch (below(4)) {
      case 0 -> frame(arp().request());
      case 1 -> arp().targetIp(ipv4());
      case 2 -> arp().senderIp(ipv4()).senderMac(mac());
      default -> arp().reply().targetMac(mac());
    };
  }

  private <S extends FrameSpec<S>> S frame(S frame) {
    return switch (below(8)) {
      case 0 -> frame.toMac(mac());
      case 1 -> frame.fromMac(mac());
      case 2 -> frame.vlan(below(3));
      case 3 -> frame.vlan(below(3), below(2));
      case 4 -> frame.untagged();
      case 5 -> frame.vlan(below(3)).vlan(below(3));
      case 6 -> frame.priority(below(2));
      default -> frame;
    };
  }

  private <S extends IpPacketSpec<S>> S addresses(S packet) {
    S some = packet;
    if (chance(2)) {
      some = chance(2) ? some.to(prefix()) : some.to(chance(3) ? ipv6() : ipv4());
    }
    if (chance(3)) {
      some = chance(2) ? some.from(prefix()) : some.from(ipv4());
    }
    return switch (below(12)) {
      case 0 -> some.dscp(below(3));
      case 1 -> some.ttl(1 + below(2));
      case 2 -> some.to(BOTH);
      case 3 -> some.from(BOTH).to(BOTH);
      case 4 -> some.payloadSize(16);
      case 5 -> frame(some);
      default -> some;
    };
  }

  private IpPrefix prefix() {
    return chance(3)
        ? IpPrefix.around(ipv6(), 16 * below(9))
        : IpPrefix.around(ipv4(), 8 * below(5));
  }

  private <S extends PortSpec<S>> S ports(S packet) {
    return switch (below(8)) {
      case 0, 1 -> packet.port(port());
      case 2 -> packet.fromPort(port());
      case 3 -> packet.port(port()).fromPort(port());
      case 4 -> packet.ports(below(9), 9 + below(1_100));
      case 5 -> packet.ports(below(9), 9 + below(65_000)).fromPorts(below(9), 60 + below(1_100));
      default -> packet;
    };
  }

  private TcpSpec flags(TcpSpec segment) {
    return switch (below(5)) {
      case 0 -> segment.syn();
      case 1 -> segment.syn().ack();
      case 2 -> segment.flags(TcpSpec.SYN);
      default -> segment;
    };
  }

  /** A station with addresses of both versions. */
  private static final class Both implements Endpoint {
    @Override
    public String name() {
      return "both";
    }

    @Override
    public MacAddress mac() {
      return new MacAddress(0x0200_0000_0001L);
    }

    @Override
    public Ipv4Address ipv4() {
      return Ipv4Address.of(IPV4[0]);
    }

    @Override
    public Ipv6Address ipv6() {
      return Ipv6Address.of(IPV6[0]);
    }
  }
}
