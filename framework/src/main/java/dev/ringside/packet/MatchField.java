// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a {@link PacketMatcher} can look at, as coarse as the classifiers of cards are: what cards
 * seldom compare is one field here.
 *
 * <pre>{@code
 * MatchField.in(tcp().to("198.51.100.7").port(80)); // [destination IP, destination port, protocol]
 * }</pre>
 */
public enum MatchField {
  /** The type of what an Ethernet frame carries; asked for by {@code arp()} too. */
  ETHER_TYPE("ethertype"),
  /** The MAC address of the sender. */
  SOURCE_MAC("source MAC"),
  /** The MAC address of the receiver. */
  DESTINATION_MAC("destination MAC"),
  /** The VLAN tags, or that there are none. */
  VLAN("VLAN"),
  /** The operation and the addresses of an ARP packet. */
  ARP("ARP"),
  /** The version of IP, where it is said without an address. */
  IP_VERSION("IP version"),
  /** The IP address of the sender, or a prefix of it. */
  SOURCE_IP("source IP"),
  /** The IP address of the receiver, or a prefix of it. */
  DESTINATION_IP("destination IP"),
  /** The protocol above IP; asked for by {@code udp()}, {@code tcp()} and {@code icmp()} too. */
  PROTOCOL("protocol"),
  /** The differentiated services code point. */
  DSCP("DSCP"),
  /** The port of the sender, or a range of ports. */
  SOURCE_PORT("source port"),
  /** The port of the receiver, or a range of ports. */
  DESTINATION_PORT("destination port"),
  /** The flags of TCP. */
  TCP_FLAGS("TCP flags"),
  /** The type and the code of ICMP and ICMPv6. */
  ICMP_TYPE("ICMP type"),
  /** What else headers say: time to live, lengths, checksums, options, numbers, fragments. */
  OTHER_HEADER_FIELDS("other header fields"),
  /** What is behind the headers, and how much of it there is. */
  PAYLOAD("payload"),
  /** A function of the user's own, which may look at anything. */
  FUNCTION("a function");

  private final String words;

  MatchField(String words) {
    this.words = words;
  }

  /**
   * What a matcher looks at, in the order of the constants. What a sentence leaves open it does not
   * look at: {@code ip()} looks at nothing here, {@code tcp()} at the protocol.
   */
  public static Set<MatchField> in(PacketMatcher matcher) {
    EnumSet<MatchField> found = EnumSet.noneOf(MatchField.class);
    collect(matcher, found);
    return found;
  }

  private static void collect(PacketMatcher matcher, Set<MatchField> found) {
    if (matcher instanceof PacketSpec spec) {
      collect(spec, found);
    } else if (matcher instanceof Named named) {
      collect(named.matcher(), found);
    } else if (matcher instanceof Not not) {
      collect(not.refused(), found);
    } else if (matcher instanceof AllOf both) {
      collect(both.first(), found);
      collect(both.second(), found);
    } else if (matcher instanceof AnyOf either) {
      collect(either.first(), found);
      collect(either.second(), found);
    } else {
      found.add(FUNCTION);
    }
  }

  private static void collect(PacketSpec spec, Set<MatchField> found) {
    if (!spec.kindValue().equals(FieldMatcher.ANY)) {
      found.add(of(spec.kindField()));
    }
    for (int i = 0; i < spec.given.size(); i++) {
      if (spec.given.field(i).isCompared()) {
        found.add(of(spec.given.field(i)));
      }
    }
  }

  private static MatchField of(Field field) {
    return switch (field) {
      case ETHER_TYPE -> ETHER_TYPE;
      case SOURCE_MAC -> SOURCE_MAC;
      case DESTINATION_MAC -> DESTINATION_MAC;
      case VLAN_TAGS -> VLAN;
      case ARP_OPERATION, SENDER_MAC, SENDER_IP, TARGET_MAC, TARGET_IP -> ARP;
      case IP_VERSION -> IP_VERSION;
      case SOURCE_IP -> SOURCE_IP;
      case DESTINATION_IP -> DESTINATION_IP;
      case PROTOCOL -> PROTOCOL;
      case DSCP -> DSCP;
      case SOURCE_PORT -> SOURCE_PORT;
      case DESTINATION_PORT -> DESTINATION_PORT;
      case TCP_FLAGS -> TCP_FLAGS;
      case ICMP_TYPE, ICMP_CODE -> ICMP_TYPE;
      case PAYLOAD, PAYLOAD_SIZE -> PAYLOAD;
      default -> OTHER_HEADER_FIELDS;
    };
  }

  /** The name in messages: {@code destination port}. */
  @Override
  public String toString() {
    return words;
  }
}
