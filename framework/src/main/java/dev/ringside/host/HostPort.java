// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.Member;
import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.SwitchPort;
import dev.ringside.memory.TransmitNic;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.wire.Cable;
import dev.ringside.wire.Port;
import org.jspecify.annotations.Nullable;

/** A NIC of the host with its cable: the two ends of the cable, and the aggregator's member. */
class HostPort implements Port, Member, TransmitNic {

  private final PhysicalNic nic;
  private final Cable cable;
  private @Nullable SwitchPort networkPort;

  HostPort(PhysicalNic nic, Cable cable) {
    this.nic = nic;
    this.cable = cable;
    nic.connectWire(cable.toNetwork());
  }

  void plugInto(SwitchPort newPort) {
    networkPort = newPort;
    newPort.carrierChanged(cable.isUp());
    cable.connect(this, new NetworkEnd(newPort));
  }

  /** Takes the far end of the cable out of a switch. */
  void unplugFrom(LearningSwitch network) {
    if (networkPort != null) {
      network.removePort(networkPort);
    }
  }

  PhysicalNic nic() {
    return nic;
  }

  Cable cable() {
    return cable;
  }

  /** The card has failed or was repaired, or its link has changed. */
  void cardChanged() {}

  // ---- the host's end of the cable ----

  @Override
  public void accept(Packet packet) {
    nic.accept(packet);
  }

  @Override
  public void carrierChanged(boolean up) {
    nic.carrierChanged(up);
  }

  @Override
  public void readyToSend() {
    nic.transmitReady();
  }

  // ---- a NIC that reads from transmit buffers ----

  @Override
  public boolean isAvailable() {
    return nic.isUsable() && nic.isActive();
  }

  // ---- the member of an aggregation ----

  @Override
  public String name() {
    return nic.name();
  }

  @Override
  public MacAddress mac() {
    return nic.mac();
  }

  @Override
  public boolean looksHealthy() {
    return nic.looksHealthy();
  }

  @Override
  public long speed() {
    return cable.toNetwork().bandwidth();
  }

  @Override
  public void activate() {
    nic.activate();
  }

  @Override
  public void deactivate() {
    nic.deactivate();
  }

  @Override
  public void transmit(Packet packet) {
    nic.transmit(packet);
  }

  @Override
  public void transmitToWire(Packet packet) {
    nic.transmitToWire(packet);
  }

  @Override
  public boolean hasRoom() {
    return nic.hasRoomForHost();
  }

  @Override
  public void whenSent(Runnable action) {
    nic.whenSent(nic.transmitRing(), action);
  }

  @Override
  public void takeUnsent(PacketSink ofHost, PacketSink ofGuests) {
    nic.takeUnsent(ofHost, ofGuests);
  }

  @Override
  public void dropUnsent() {
    nic.dropUnsent();
  }

  /** The far end of the cable, in the external switch. */
  private record NetworkEnd(SwitchPort port) implements Port {
    @Override
    public void accept(Packet packet) {
      port.accept(packet);
    }

    @Override
    public void carrierChanged(boolean up) {
      port.carrierChanged(up);
    }
  }
}
