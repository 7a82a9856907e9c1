// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.ArrayList;
import java.util.List;

/** Both of two. */
record AllOf(PacketMatcher first, PacketMatcher second) implements PacketMatcher {

  @Override
  public boolean matches(Packet packet) {
    return first.matches(packet) && second.matches(packet);
  }

  @Override
  public List<FieldMismatch> mismatches(Packet packet) {
    List<FieldMismatch> found = new ArrayList<>(first.mismatches(packet));
    if (found.isEmpty() || second instanceof PacketSpec) {
      found.addAll(second.mismatches(packet));
    }
    return found;
  }

  @Override
  public String toString() {
    return side(first) + " and " + side(second);
  }

  private static String side(PacketMatcher matcher) {
    return matcher instanceof AllOf ? matcher.toString() : MatcherText.part(matcher);
  }
}
