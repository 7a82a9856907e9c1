// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Priority;

/**
 * A way out of a virtual NIC, as the virtual NIC sees it: a virtual function, or the virtual switch
 * of the host.
 *
 * <pre>{@code
 * vnic.useDirect("p0/vf0", function);
 * }</pre>
 */
public interface OutboundPath extends PacketSink {

  /** Who goes first while the card is busy. */
  void setPriority(Priority priority);
}
