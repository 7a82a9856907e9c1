// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.ring.Receiver;

/**
 * Stands for a side of the card that nothing is connected to: packets wait in front of it, and news
 * interest nobody.
 */
enum Unconnected implements Receiver, NicListener {
  SIDE;

  @Override
  public boolean isReady() {
    return false;
  }

  @Override
  public void accept(Packet packet) {}

  @Override
  public void stateChanged(PhysicalNic nic) {}

  @Override
  public void functionReleased(PhysicalNic nic) {}

  @Override
  public void signalChanged(PhysicalNic nic, boolean on) {}

  @Override
  public void activating(PhysicalNic nic) {}

  @Override
  public void deactivated(PhysicalNic nic) {}
}
