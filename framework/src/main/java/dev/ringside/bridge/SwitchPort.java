// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;

/**
 * A port of a {@link LearningSwitch}: frames that somebody sends into the switch go through {@link
 * #accept}, those that leave it go to the sink it was made with.
 *
 * <pre>{@code
 * SwitchPort port = externalSwitch.addPort("h1/p0", cable::sendToHost, VlanMode.trunk(1, 100));
 * }</pre>
 */
public class SwitchPort implements PacketSink {

  private final LearningSwitch owner;
  private final String name;
  private final PacketSink out;
  private VlanMode vlanMode;
  private boolean up = true;

  /** Whether a station may be known behind it, so that there is something to forget. */
  private boolean hasStations;

  SwitchPort(LearningSwitch owner, String name, PacketSink out, VlanMode vlanMode) {
    this.owner = owner;
    this.name = name;
    this.out = out;
    this.vlanMode = vlanMode;
  }

  /** The name, unique in its switch. */
  public String name() {
    return name;
  }

  /** Which VLANs it carries. */
  public VlanMode vlanMode() {
    return vlanMode;
  }

  /** Changes which VLANs it carries; what was learned on it is forgotten. */
  public void setVlanMode(VlanMode newMode) {
    owner
        .world()
        .run(
            () -> {
              vlanMode = newMode;
              owner.vlanModeChanged(this);
            });
  }

  /** Whether frames pass. */
  public boolean isUp() {
    return up;
  }

  /** The link behind the port came up or went down. Down forgets what was learned on it. */
  public void carrierChanged(boolean nowUp) {
    up = nowUp;
    if (!nowUp) {
      owner.forgetStationsOf(this);
    }
  }

  /** Notes that a station is behind this port, as a hypervisor knows of its guests. */
  public void learn(MacAddress station) {
    owner.learnStation(station, this);
  }

  /**
   * As {@link #learn}, and whatever is heard elsewhere does not change it, until the port goes down
   * (a static entry, IEEE 802.1Q-2018, section 8.8.1).
   */
  public void pin(MacAddress station) {
    owner.pinStation(station, this);
  }

  /** Forgets a station that was pinned: the switch floods to it until it is heard. */
  public void unpin(MacAddress station) {
    owner.unpinStation(station, this);
  }

  /** A frame comes into the switch. */
  @Override
  public void accept(Packet packet) {
    owner.forward(packet, this);
  }

  boolean hasStations() {
    return hasStations;
  }

  void setHasStations(boolean has) {
    hasStations = has;
  }

  PacketSink out() {
    return out;
  }

  void send(Packet packet) {
    out.accept(packet);
  }

  @Override
  public String toString() {
    return "port " + name + " (" + vlanMode + (up ? ")" : ", down)");
  }
}
