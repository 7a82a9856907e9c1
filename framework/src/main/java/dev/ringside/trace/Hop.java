// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import dev.ringside.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * One step of a packet's way.
 *
 * <pre>{@code
 * Hop last = lab.trace(packet).last();
 * last.fate();   // DROPPED
 * last.reason(); // RING_FULL
 * }</pre>
 *
 * @param packet the packet as it was at this step
 * @param stage what kind of place it was at
 * @param place the name of the place
 * @param fate what happened there
 * @param reason why it was dropped, null unless it was
 * @param detail the numbers, or where a copy came from; empty where there is nothing to say
 */
public record Hop(
    Packet packet,
    Stage stage,
    String place,
    Fate fate,
    @Nullable DropReason reason,
    String detail) {

  /**
   * What happened to a packet at a place.
   *
   * <pre>{@code
   * hop.fate() == Hop.Fate.DELIVERED
   * }</pre>
   */
  public enum Fate {
    /** It came into the lab here. */
    INJECTED,
    /** It is a copy that was made here. */
    CLONED,
    /** It went through. */
    PASSED,
    /** It reached its end, as intended. */
    DELIVERED,
    /** It goes no further. */
    DROPPED
  }

  /** The text before the number of the packet that a copy was made of. */
  private static final String COPY_OF = "copy of #";

  /** A hop at which a packet came into being as a copy of this one. */
  public static Hop cloned(Packet copy, Stage stage, String place, Packet original) {
    return new Hop(copy, stage, place, Fate.CLONED, null, COPY_OF + original.id());
  }

  /** The id of the packet that this one was copied from here, 0 where it was not. */
  public long copiedFrom() {
    return fate == Fate.CLONED && detail.startsWith(COPY_OF)
        ? Long.parseLong(detail.substring(COPY_OF.length()))
        : 0;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(96);
    pad(text.append('#').append(packet.id()), 6);
    pad(text.append(stage), 24);
    pad(text.append(place), 40);
    text.append(fate);
    if (reason != null) {
      text.append(' ').append(reason);
    }
    return detail.isEmpty() ? text.toString() : text.append(": ").append(detail).toString();
  }

  private static void pad(StringBuilder text, int column) {
    do {
      text.append(' ');
    } while (text.length() < column);
  }
}
