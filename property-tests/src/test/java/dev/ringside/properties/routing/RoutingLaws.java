// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.routing;

import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.RoutedPackets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What holds of every packet that was sent by a router. */
final class RoutingLaws {

  private RoutingLaws() {}

  /** It goes where the longest prefix leads, or nowhere for the reason that the twin says. */
  static List<String> longestPrefixCounts(Bench bench) {
    List<String> violations = new ArrayList<>();
    for (Bench.Sent sent : bench.sent()) {
      RoutingTwin.Fate expected = sent.expected();
      boolean right = sent.reason() == expected.reason();
      for (int station : sent.stations()) {
        right &= station == expected.station();
      }
      if (!right || sent.stations().isEmpty() != (expected.station() < 0)) {
        violations.add(
            sent.packet() + " came to " + sent.stations() + ", " + sent.reason() + ": " + expected);
      }
    }
    return violations;
  }

  /** A router takes exactly one hop off. */
  static List<String> oneHopLess(Bench bench) {
    List<String> violations = new ArrayList<>();
    for (Bench.Sent sent : bench.sent()) {
      for (Packet frame : sent.arrived()) {
        if (frame.timeToLive() != sent.packet().timeToLive() - 1) {
          violations.add(frame + " has " + frame.timeToLive() + " hops, was " + sent.packet());
        }
      }
    }
    return violations;
  }

  /** Addresses and payload stay, and the checksum is right; what was cut is whole at the end. */
  static List<String> contentsStay(Bench bench) {
    List<String> violations = new ArrayList<>();
    for (Bench.Sent sent : bench.sent()) {
      for (Packet frame : sent.arrived()) {
        boolean same =
            Objects.equals(frame.sourceIp(), sent.packet().sourceIp())
                && Objects.equals(frame.destinationIp(), sent.packet().destinationIp());
        if (!same || RoutedPackets.headerFault(frame) != null) {
          violations.add(frame + ", was " + sent.packet());
        }
      }
      boolean reached =
          sent.expected().station() >= 0
              && sent.expected().station() == Stations.numberOf(ipOf(sent));
      Packet whole = sent.whole();
      if (reached && (whole == null || !Arrays.equals(whole.payload(), sent.packet().payload()))) {
        violations.add(sent.packet() + " arrived as " + whole);
      }
    }
    return violations;
  }

  private static IpAddress ipOf(Bench.Sent sent) {
    return Objects.requireNonNull(sent.packet().destinationIp());
  }

  /** Who sent what could not go on is told why, once; nobody else is told anything. */
  static List<String> sendersAreTold(Bench bench) {
    List<String> violations = new ArrayList<>();
    for (Bench.Sent sent : bench.sent()) {
      RoutingTwin.Fate expected = sent.expected();
      boolean right = sent.errors().size() == (expected.type() < 0 ? 0 : 1);
      for (Packet error : sent.errors()) {
        right &= error.icmpType() == expected.type() && error.icmpCode() == expected.code();
        right &= quoting(sent.packet()).matches(error);
      }
      if (!right) {
        violations.add(sent.packet() + " was answered " + sent.errors() + ": " + expected);
      }
    }
    return violations;
  }

  /** Any error about a packet: the codes are compared apart. */
  private static PacketMatcher quoting(Packet packet) {
    return error -> {
      int code = error.icmpCode();
      PacketMatcher about =
          switch (error.icmpType()) {
            case 11 -> icmp().timeExceeded(packet);
            case 3 ->
                error.ipVersion() == 6
                    ? icmpv6().timeExceeded(packet)
                    : icmp().unreachable(code, packet).restOfHeader(rest(error));
            case 2 -> icmpv6().packetTooBig((int) rest(error), packet);
            default -> icmpv6().unreachable(code, packet);
          };
      return about.matches(error);
    };
  }

  private static long rest(Packet error) {
    return Integer.toUnsignedLong(error.intAt(error.transportOffset() + 4));
  }

  /** In as many pieces as fit the next link. */
  static List<String> piecesFit(Bench bench) {
    List<String> violations = new ArrayList<>();
    for (Bench.Sent sent : bench.sent()) {
      if (sent.arrived().size() != sent.expected().frames()) {
        violations.add(
            sent.packet() + " arrived in " + sent.arrived().size() + ": " + sent.expected());
      }
    }
    return violations;
  }
}
