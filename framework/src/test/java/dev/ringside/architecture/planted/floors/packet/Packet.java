// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture.planted.floors.packet;

import dev.ringside.architecture.planted.floors.Door;

/** The lowest floor imports the door. */
public interface Packet {
  Door door();
}
