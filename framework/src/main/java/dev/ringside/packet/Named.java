// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.List;

/** A matcher that messages call by a name. */
record Named(String name, PacketMatcher matcher) implements PacketMatcher {

  @Override
  public boolean matches(Packet packet) {
    return matcher.matches(packet);
  }

  @Override
  public List<FieldMismatch> mismatches(Packet packet) {
    return matcher instanceof PacketSpec
        ? matcher.mismatches(packet)
        : MatcherText.mismatches(this, packet);
  }

  @Override
  public String toString() {
    return name;
  }
}
