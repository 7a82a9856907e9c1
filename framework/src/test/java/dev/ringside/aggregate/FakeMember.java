// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;

/** A NIC that is as well as the test says, and sends nothing. */
final class FakeMember implements Member {
  private final String name;
  private boolean healthy = true;

  FakeMember(String name) {
    this.name = name;
  }

  void setHealthy(boolean nowHealthy) {
    healthy = nowHealthy;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public MacAddress mac() {
    return new MacAddress(1);
  }

  @Override
  public boolean looksHealthy() {
    return healthy;
  }

  @Override
  public long speed() {
    return 0;
  }

  @Override
  public void activate() {}

  @Override
  public void deactivate() {}

  @Override
  public void transmit(Packet packet) {}

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public void whenSent(Runnable action) {
    action.run();
  }

  @Override
  public void takeUnsent(PacketSink ofHost, PacketSink ofGuests) {}

  @Override
  public void dropUnsent() {}
}
