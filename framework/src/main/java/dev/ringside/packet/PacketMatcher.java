// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.List;

/**
 * Says of a packet whether it is one of those that are meant. Every {@link PacketSpec} is one, and
 * so is any function of the user's own; they can be combined.
 *
 * <pre>{@code
 * PacketMatcher handshakes = tcp().syn().and(tcp().ack().negate());
 * PacketMatcher odd = PacketMatcher.named("odd length", packet -> packet.length() % 2 == 1);
 * handshakes.or(odd).toString(); // (tcp syn and not tcp ack) or odd length
 * }</pre>
 *
 * <p>A combination of sentences stays one that can be looked into: a flow table finds it without
 * trying it. A function is tried, packet by packet. It must not change anything that it sees.
 */
@FunctionalInterface
public interface PacketMatcher {

  /** Whether the packet is one of those that are meant. */
  boolean matches(Packet packet);

  /** What is not as it should be, field by field; empty if the packet matches. */
  default List<FieldMismatch> mismatches(Packet packet) {
    return MatcherText.mismatches(this, packet);
  }

  /** Packets that match this and also the other, which is asked only if this matches. */
  default PacketMatcher and(PacketMatcher other) {
    return new AllOf(this, other);
  }

  /** Packets that match this or the other, which is asked only if this does not match. */
  default PacketMatcher or(PacketMatcher other) {
    return new AnyOf(this, other);
  }

  /** Packets that do not match this. */
  default PacketMatcher negate() {
    return new Not(this);
  }

  /** The matcher under a name that messages use; made for functions, which have none. */
  static PacketMatcher named(String name, PacketMatcher matcher) {
    return new Named(name, matcher);
  }

  /** The matcher in words: its sentence or name, or {@code a function}. */
  static String describe(PacketMatcher matcher) {
    return MatcherText.of(matcher);
  }
}
