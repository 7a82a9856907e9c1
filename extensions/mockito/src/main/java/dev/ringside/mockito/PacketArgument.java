// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import dev.ringside.packet.FieldMismatch;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mockito.ArgumentMatcher;

/** A packet that is like a sentence. It remembers some that are not, to say how near they came. */
final class PacketArgument implements ArgumentMatcher<Packet> {

  /** How many are remembered, the last ones: a stubbed method may see many. */
  static final int REMEMBERED = 64;

  private final PacketMatcher wanted;
  private final Deque<Packet> others = new ArrayDeque<>();

  PacketArgument(PacketMatcher wanted) {
    this.wanted = wanted;
  }

  /** Mockito asks also about calls with null, and one after the other. */
  @Override
  public boolean matches(@Nullable Packet packet) {
    if (packet == null) {
      return false;
    }
    boolean matches = wanted.matches(packet);
    if (!matches) {
      remember(packet);
    }
    return matches;
  }

  private synchronized void remember(Packet packet) {
    if (others.size() == REMEMBERED) {
      others.removeFirst();
    }
    others.addLast(packet);
  }

  /** Mockito would try calls with other arguments, too. */
  @Override
  public Class<?> type() {
    return Packet.class;
  }

  @Override
  public synchronized String toString() {
    String text = PacketMatcher.describe(wanted);
    if (others.isEmpty()) {
      return text;
    }
    Packet nearest = nearest();
    StringBuilder line = new StringBuilder(text).append(" [nearest: ").append(nearest);
    for (FieldMismatch mismatch : wanted.mismatches(nearest)) {
      line.append(", ").append(mismatch);
    }
    return line.append(']').toString();
  }

  /** The first of those with the fewest fields that differ. */
  private Packet nearest() {
    Packet nearest = others.getFirst();
    int fewest = Integer.MAX_VALUE;
    for (Packet packet : List.copyOf(others)) {
      int fields = wanted.mismatches(packet).size();
      if (fields < fewest) {
        fewest = fields;
        nearest = packet;
      }
    }
    return nearest;
  }
}
