// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * Where sentences about packets start; made to be imported statically.
 *
 * <pre>{@code
 * import static dev.ringside.packet.Packets.udp;
 *
 * lab.wire().send(udp().to(web).port(53).payload("query"));
 * assertThat(web).received(udp().port(53)).andNothingElse();
 * }</pre>
 */
public final class Packets {

  private Packets() {}

  /** A UDP datagram. */
  public static UdpSpec udp() {
    return new UdpSpec(Constraints.NONE);
  }

  /** A TCP segment. */
  public static TcpSpec tcp() {
    return new TcpSpec(Constraints.NONE);
  }

  /** An ICMP message for IPv4; sent, an echo request unless something else is said. */
  public static IcmpSpec icmp() {
    return new IcmpSpec(Constraints.NONE);
  }

  /** An ICMP message for IPv6; sent, an echo request unless something else is said. */
  public static Icmpv6Spec icmpv6() {
    return new Icmpv6Spec(Constraints.NONE);
  }

  /** An ARP message; sent, a request unless something else is said. */
  public static ArpSpec arp() {
    return new ArpSpec(Constraints.NONE);
  }

  /** An IP packet of whatever protocol. */
  public static IpSpec ip() {
    return new IpSpec(Constraints.NONE);
  }

  /**
   * An IP packet of this protocol.
   *
   * @throws IllegalArgumentException if it is not 0 to 255
   */
  public static IpSpec ip(int protocol) {
    return ip().protocol(protocol);
  }

  /** An Ethernet frame of whatever EtherType. */
  public static EthernetSpec ethernet() {
    return new EthernetSpec(Constraints.NONE);
  }

  /**
   * An Ethernet frame of this EtherType.
   *
   * @throws IllegalArgumentException if it has more than 16 bits
   */
  public static EthernetSpec ethernet(int etherType) {
    return ethernet().etherType(etherType);
  }
}
