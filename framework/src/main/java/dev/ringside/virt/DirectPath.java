// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Priority;

/**
 * A virtual function as the virtual NIC that sends through it sees it.
 *
 * <pre>{@code
 * vnic.useDirect("p0/vf0", directPath);
 * }</pre>
 */
public interface DirectPath extends PacketSink {

  /** Who goes first while the card is busy. */
  void setPriority(Priority priority);
}
