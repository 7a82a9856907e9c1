// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import dev.ringside.packet.PacketSink;

/**
 * A sink that may be busy: while it is not ready, packets wait in front of it.
 *
 * <pre>{@code
 * if (receiver.isReady()) {
 *   receiver.accept(packet);
 * }
 * }</pre>
 */
public interface Receiver extends PacketSink {

  /** Whether it takes a packet now. */
  boolean isReady();
}
