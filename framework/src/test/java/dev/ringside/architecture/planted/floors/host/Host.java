// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture.planted.floors.host;

import dev.ringside.architecture.planted.floors.nic.Nic;
import dev.ringside.architecture.planted.floors.virt.Switch;

/** Wires one floor: allowed. */
public interface Host {
  Nic nic();

  Switch uplink();
}
