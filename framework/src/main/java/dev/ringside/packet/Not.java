// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.List;

/** All that another does not match. */
record Not(PacketMatcher refused) implements PacketMatcher {

  @Override
  public boolean matches(Packet packet) {
    return !refused.matches(packet);
  }

  @Override
  public List<FieldMismatch> mismatches(Packet packet) {
    return matches(packet)
        ? List.of()
        : List.of(new FieldMismatch(MatcherText.of(refused), "false", "true"));
  }

  @Override
  public PacketMatcher negate() {
    return refused;
  }

  @Override
  public String toString() {
    return "not " + MatcherText.part(refused);
  }
}
