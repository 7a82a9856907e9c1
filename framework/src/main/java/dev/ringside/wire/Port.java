// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import dev.ringside.packet.PacketSink;

/**
 * What a cable is plugged into: takes packets, and sees the link come up and go down.
 *
 * <pre>{@code
 * cable.connect(hostPort, switchPort);
 * }</pre>
 */
public interface Port extends PacketSink {

  /** The cable carries a signal from now on, or no longer. */
  void carrierChanged(boolean up);

  /** The cable can take the next packet. Ports that never queue need not care. */
  default void readyToSend() {}
}
