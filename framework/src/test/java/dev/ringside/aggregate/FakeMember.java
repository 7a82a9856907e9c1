// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import java.util.ArrayList;
import java.util.List;

/** A NIC that is as well and as busy as the test says. */
final class FakeMember implements Member {
  private final String name;
  private final List<Runnable> whenSent = new ArrayList<>();
  private final List<Packet> sent = new ArrayList<>();
  private boolean healthy = true;
  private boolean busy;
  private boolean active = true;

  FakeMember(String name) {
    this.name = name;
  }

  void setHealthy(boolean nowHealthy) {
    healthy = nowHealthy;
  }

  /** What it has to send takes until {@link #sendAll}. */
  void setBusy() {
    busy = true;
  }

  void sendAll() {
    busy = false;
    List<Runnable> due = List.copyOf(whenSent);
    whenSent.clear();
    due.forEach(Runnable::run);
  }

  boolean isActive() {
    return active;
  }

  List<Packet> sent() {
    return sent;
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
  public void activate() {
    active = true;
  }

  @Override
  public void deactivate() {
    active = false;
  }

  @Override
  public void transmit(Packet packet) {
    sent.add(packet);
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public void whenSent(Runnable action) {
    if (busy) {
      whenSent.add(action);
    } else {
      action.run();
    }
  }

  @Override
  public void takeUnsent(PacketSink ofHost, PacketSink ofGuests) {}

  @Override
  public void dropUnsent() {}
}
