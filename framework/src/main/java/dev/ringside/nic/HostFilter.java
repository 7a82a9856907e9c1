// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;

/**
 * Which frames the host gets from a card, of those that are for none of its virtual functions. A
 * new card gives it frames for the card's own address and broadcasts, of all VLANs.
 *
 * <pre>{@code
 * HostFilter filter = host.pnic("p0").filter();
 * filter.setVlans(0, 100);      // untagged frames, and those of VLAN 100
 * filter.setPromiscuous(true);  // whatever address they are for
 * }</pre>
 */
public final class HostFilter {

  private final World world;
  private final PhysicalNic nic;
  private final FrameFilter filter;

  HostFilter(PhysicalNic nic, FrameFilter filter) {
    this.world = nic.world();
    this.nic = nic;
    this.filter = filter;
  }

  /** Whether the host gets every frame on the card that is for no virtual function. */
  public boolean isPromiscuous() {
    synchronized (world) {
      return filter.isPromiscuous();
    }
  }

  /** Sets whether the host gets every frame on the card that is for no virtual function. */
  public void setPromiscuous(boolean on) {
    world.run(
        () -> {
          filter.setPromiscuous(on);
          world.record(
              nic.host(), EventKind.CONFIGURED, nic.name(), "promiscuous " + (on ? "on" : "off"));
        });
  }

  /**
   * Lets the host get frames for this address too.
   *
   * @throws IllegalArgumentException if it is a group address; use {@link #joinGroup}
   */
  public void addMac(MacAddress more) {
    if (more.isMulticast()) {
      throw new IllegalArgumentException(
          "MAC address " + more + " for " + nic.name() + " is a multicast address; use joinGroup");
    }
    synchronized (world.whileOpen()) {
      filter.addMac(more.bits());
    }
  }

  /** No longer lets the host get frames for this address. */
  public void removeMac(MacAddress less) {
    synchronized (world.whileOpen()) {
      filter.removeMac(less.bits());
    }
  }

  /**
   * Lets the host get frames for this group.
   *
   * @throws IllegalArgumentException if it is no group address; use {@link #addMac}
   */
  public void joinGroup(MacAddress group) {
    if (!group.isMulticast()) {
      throw new IllegalArgumentException(
          "MAC address " + group + " for " + nic.name() + " is no multicast address; use addMac");
    }
    synchronized (world.whileOpen()) {
      filter.addGroup(group.bits());
    }
  }

  /** No longer lets the host get frames for this group. */
  public void leaveGroup(MacAddress group) {
    synchronized (world.whileOpen()) {
      filter.removeGroup(group.bits());
    }
  }

  /** Lets the host get all multicast frames. */
  public void setAllMulticast(boolean on) {
    synchronized (world.whileOpen()) {
      filter.setAllMulticast(on);
    }
  }

  /**
   * Lets only these VLANs through to the host; 0 stands for untagged frames.
   *
   * @throws IllegalArgumentException if one is not 0 to 4095
   */
  public void setVlans(int... vlans) {
    synchronized (world.whileOpen()) {
      filter.setVlans(vlans);
    }
  }

  /** Lets all VLANs through to the host, as is the default. */
  public void takeAllVlans() {
    synchronized (world.whileOpen()) {
      filter.takeAllVlans();
    }
  }
}
