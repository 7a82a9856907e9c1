// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.time.Ratio;
import dev.ringside.time.SeededRandom;
import java.util.function.Predicate;

/**
 * Which packets a fault strikes.
 *
 * <pre>{@code
 * cable.toHost().lose(Selector.nth(3));
 * cable.toHost().corrupt(Selector.ratio(1, 100));
 * cable.toNetwork().duplicate(Selector.matching(arp()));
 * }</pre>
 */
@FunctionalInterface
public interface Selector {

  /**
   * Decides about one packet.
   *
   * @param number how many packets the fault has seen, this one included: 1 for the first
   * @param random the fault's own stream of random numbers
   */
  boolean selects(Packet packet, long number, SeededRandom random);

  /** Whether chance decides, so that a fault may strike nothing though packets came. */
  default boolean isByChance() {
    return false;
  }

  /** Every packet. */
  static Selector all() {
    return (packet, number, random) -> true;
  }

  /**
   * One packet, by its number from 1, counted from when the fault is put on.
   *
   * @throws IllegalArgumentException if n is below 1
   */
  static Selector nth(long n) {
    checkPositive(n);
    return (packet, number, random) -> number == n;
  }

  /**
   * Every n-th packet.
   *
   * @throws IllegalArgumentException if n is below 1
   */
  static Selector every(long n) {
    checkPositive(n);
    return (packet, number, random) -> number % n == 0;
  }

  /**
   * The first n packets.
   *
   * @throws IllegalArgumentException if n is below 1
   */
  static Selector first(long n) {
    checkPositive(n);
    return (packet, number, random) -> number <= n;
  }

  /** So many packets of so many, by the lab's seed. */
  static Selector ratio(long numerator, long denominator) {
    return new ByChance(Ratio.of(numerator, denominator));
  }

  /** The packets that a predicate accepts. */
  static Selector matching(Predicate<Packet> predicate) {
    return (packet, number, random) -> predicate.test(packet);
  }

  /** The packets that look like this. */
  static Selector matching(PacketSpec spec) {
    return (packet, number, random) -> spec.matches(packet);
  }

  private static void checkPositive(long n) {
    if (n < 1) {
      throw new IllegalArgumentException("packet number " + n + " must be at least 1");
    }
  }
}
