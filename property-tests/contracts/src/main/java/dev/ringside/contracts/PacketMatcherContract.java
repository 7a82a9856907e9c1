// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.contracts;

import dev.ringside.jqwik.PacketArbitraries;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What must hold for a {@link PacketMatcher}: it looks at the bytes of a packet and at nothing
 * else.
 *
 * <pre>{@code
 * class LargeTransfersTest implements PacketMatcherContract {
 *   @Override
 *   public PacketMatcher matcher() {
 *     return packet -> packet.length() > 1_000;
 *   }
 * }
 * }</pre>
 */
public interface PacketMatcherContract {

  /** A new matcher each time. */
  PacketMatcher matcher();

  /** It has an answer for every packet, also for one whose headers contradict its bytes. */
  @Property(tries = 1_000)
  default void answers_whatever_comes(@ForAll("matchedPackets") Packet packet) {
    boolean unused = ask(matcher(), packet);
  }

  /** Its answer does not change when it is asked again, nor by what it was asked before. */
  @Property(tries = 300)
  default void gives_the_same_answer_again(
      @ForAll("matchedPackets") Packet packet, @ForAll("matchedPackets") Packet other) {
    PacketMatcher matcher = matcher();
    boolean before = ask(matcher, packet);
    boolean unused = ask(matcher, other);
    boolean after = ask(matcher, packet);
    if (after != before || ask(matcher, packet) != before) {
      throw Broken.contract(
          "packet matcher",
          matcher,
          "said " + before + " to " + packet + " and " + !before + " when asked again",
          "look at the packet alone, and keep nothing in mind");
    }
  }

  /** A packet with the same bytes gets the same answer, from another matcher of its kind too. */
  @Property(tries = 300)
  default void looks_at_bytes_alone(@ForAll("matchedPackets") Packet packet) {
    PacketMatcher matcher = matcher();
    boolean before = ask(matcher, packet);
    Packet twin = Packet.of(packet.toByteArray()).withId(packet.id() + 1);
    if (ask(matcher, twin) != before || ask(matcher(), twin) != before) {
      throw Broken.contract(
          "packet matcher",
          matcher,
          "said " + before + " to " + packet + " and " + !before + " to one with the same bytes",
          "look at the bytes, not at id, identity, chance or time");
    }
  }

  private static boolean ask(PacketMatcher matcher, Packet packet) {
    return Broken.ask("packet matcher", matcher, packet, () -> matcher.matches(packet));
  }

  /** Well-formed packets, packets at the edges, and malformed ones. Override to add your own. */
  @Provide
  default Arbitrary<Packet> matchedPackets() {
    return PacketArbitraries.anything();
  }
}
