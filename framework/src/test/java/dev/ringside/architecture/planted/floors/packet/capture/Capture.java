// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture.planted.floors.packet.capture;

import dev.ringside.architecture.planted.floors.packet.Packet;

/** Part of packet: allowed. */
public interface Capture {
  Packet packet();
}
