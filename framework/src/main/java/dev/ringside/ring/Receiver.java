// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import org.jspecify.annotations.Nullable;

/**
 * A sink that may be busy: while it is not ready, packets wait in front of it. It may also have no
 * room for one packet, though it would have for another.
 *
 * <pre>{@code
 * if (receiver.takes(packet, null)) {
 *   receiver.accept(packet);
 * }
 * }</pre>
 *
 * <p>Whoever stands in front of a receiver and has a queue asks {@link #takes} before each packet,
 * and passes the question on if it only stands in between.
 */
public interface Receiver extends PacketSink {

  /** Whether it takes packets now. */
  boolean isReady();

  /**
   * Whether it takes this packet now; then the next thing that it sees is the packet. If there is
   * no room for it, the packet's queue is told that it waits, and is served when there is.
   *
   * @param packet the first packet of a queue
   * @param queue that queue; null if nobody would come back for the packet, so that none waits
   */
  default boolean takes(Packet packet, @Nullable PacketQueue queue) {
    return isReady();
  }

  /**
   * Whether there is room for this packet, be the receiver busy or not: one that polls by itself
   * takes packets for a receiver that is busy, but not without room. Whoever only stands in between
   * passes the question on.
   */
  default boolean hasRoomFor(Packet packet) {
    return true;
  }

  /** The order in which it takes packets out of several rings; null: each ring goes by itself. */
  default @Nullable ArrivalOrder order() {
    return null;
  }
}
