// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.Packets;

/**
 * A kind of denial of service: what its packets look like, and the signature that they have in
 * common.
 *
 * <pre>{@code
 * host.steering().contain(Attack.SYN_FLOOD.signature(web));
 * lab.wire().send(Attack.SYN_FLOOD.packet(web, 17)); // from the 17th of its made-up sources
 * }</pre>
 */
public enum Attack {
  /** Connection requests to port 80 from ever other sources. */
  SYN_FLOOD {
    @Override
    public PacketSpec signature(Endpoint victim) {
      return Packets.tcp().syn().to(victim).port(80);
    }

    @Override
    public PacketSpec packet(Endpoint victim, int number) {
      return Packets.tcp()
          .syn()
          .from(source(number))
          .to(victim)
          .port(80)
          .fromPort(1_024 + number % 60_000);
    }
  },

  /** Datagrams from one port to a closed one. */
  UDP_FLOOD {
    @Override
    public PacketSpec signature(Endpoint victim) {
      return Packets.udp().to(victim).fromPort(4_444).port(9);
    }

    @Override
    public PacketSpec packet(Endpoint victim, int number) {
      return Packets.udp()
          .from(source(number))
          .to(victim)
          .fromPort(4_444)
          .port(9)
          .payloadSize(number % 1_400);
    }
  },

  /** Echo requests from one network. */
  PING_FLOOD {
    @Override
    public PacketSpec signature(Endpoint victim) {
      return Packets.icmp().from(NETWORK + "0/24").to(victim);
    }

    @Override
    public PacketSpec packet(Endpoint victim, int number) {
      return Packets.icmp()
          .from(NETWORK + (1 + number % 254))
          .to(victim)
          .echoRequest(number & 0xffff, 1);
    }
  },

  /** Connection requests to any port; its signature covers that of the flood to port 80. */
  SYN_SCAN {
    @Override
    public PacketSpec signature(Endpoint victim) {
      return Packets.tcp().syn().to(victim).from(SCANNERS + "0/24");
    }

    @Override
    public PacketSpec packet(Endpoint victim, int number) {
      return Packets.tcp()
          .syn()
          .from(SCANNERS + (1 + number % 254))
          .to(victim)
          .port(number % 2 == 0 ? 80 : 1 + number % 1_023);
    }
  };

  /** RFC 5737. */
  private static final String NETWORK = "203.0.113.";

  private static final String SCANNERS = "192.0.2.";

  /** RFC 2544: made-up sources out of a network that no guest is in. */
  private static final int SOURCES = 0xc613_8000;

  /** What its packets have in common, and no good packet of an {@link AttackMix}. */
  public abstract PacketSpec signature(Endpoint victim);

  /** One of its packets; the number makes it differ from others. */
  public abstract PacketSpec packet(Endpoint victim, int number);

  private static Ipv4Address source(int number) {
    return new Ipv4Address(SOURCES + (number & 0x7fff));
  }
}
