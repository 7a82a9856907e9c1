// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture.planted.floors.nic;

import dev.ringside.architecture.planted.floors.packet.Packet;
import dev.ringside.architecture.planted.floors.virt.Switch;

/** Imports a lower floor, which is allowed, and its own, which is not. */
public interface Nic {
  Packet packet();

  Switch uplink();
}
