// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.ring.Receiver;

/** Stands for a side of the card that nothing is connected to: packets wait in front of it. */
enum Unconnected implements Receiver {
  SIDE;

  @Override
  public boolean isReady() {
    return false;
  }

  @Override
  public void accept(Packet packet) {}
}
