// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Packets of all protocols: well-formed ones, odd but legal ones, and damaged ones.
 *
 * <pre>{@code
 * @Property
 * void my_parser_never_throws(@ForAll("packets") Packet packet) { ... }
 *
 * @Provide
 * Arbitrary<Packet> packets() {
 *   return PacketArbitraries.anything();
 * }
 * }</pre>
 */
public final class PacketArbitraries {

  private PacketArbitraries() {}

  /**
   * Packets without a fault between any two stations: VLAN stacks, IPv4 options, fragments,
   * extension headers, all the protocols that can be built.
   */
  public static Arbitrary<Packet> wellFormed() {
    return wellFormed(Addresses.endpoints(), Addresses.endpoints());
  }

  /** Packets without a fault from one of these stations to one of those. */
  public static Arbitrary<Packet> wellFormed(
      Arbitrary<? extends Endpoint> senders, Arbitrary<? extends Endpoint> receivers) {
    return WellFormedPackets.between(senders, receivers);
  }

  /** What is legal and rare: shortest, longest, reserved values, everything at its bound. */
  public static Arbitrary<Packet> edge() {
    return Arbitraries.of(EdgePackets.all());
  }

  /**
   * Packets of which most have a fault: bytes changed, cut off or added, lengths that lie, wrong
   * checksums, or nothing but random bytes.
   */
  public static Arbitrary<Packet> malformed() {
    return malformed(wellFormed());
  }

  /** These packets, damaged. */
  public static Arbitrary<Packet> malformed(Arbitrary<Packet> originals) {
    return DamagedPackets.of(originals);
  }

  /** All of them. */
  public static Arbitrary<Packet> anything() {
    return Arbitraries.oneOf(wellFormed(), edge(), malformed());
  }
}
