// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import dev.ringside.packet.Packet;

/**
 * A receiver that may keep packets, and says when it is done with them.
 *
 * <pre>{@code
 * stack.accept(packet, memory); // memory is freed at once, or when the inbox lets go of the packet
 * }</pre>
 */
public interface HoldingReceiver extends Receiver {

  /**
   * Takes a packet, and frees its memory, once and as many bytes as it is long, when it is done.
   */
  void accept(Packet packet, PacketMemory memory);
}
