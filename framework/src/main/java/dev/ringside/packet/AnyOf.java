// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.List;

/** One of two, or both. */
record AnyOf(PacketMatcher first, PacketMatcher second) implements PacketMatcher {

  @Override
  public boolean matches(Packet packet) {
    return first.matches(packet) || second.matches(packet);
  }

  /** Those of the side that comes nearer. */
  @Override
  public List<FieldMismatch> mismatches(Packet packet) {
    List<FieldMismatch> one = first.mismatches(packet);
    if (one.isEmpty()) {
      return one;
    }
    List<FieldMismatch> other = second.mismatches(packet);
    return other.size() < one.size() ? other : one;
  }

  @Override
  public String toString() {
    return side(first) + " or " + side(second);
  }

  private static String side(PacketMatcher matcher) {
    return matcher instanceof AnyOf ? matcher.toString() : MatcherText.part(matcher);
  }
}
