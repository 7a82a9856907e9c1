// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import dev.ringside.nic.StandbyRing;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * An attack that is being contained: its signature stands first in the classifier of every active
 * card of the host.
 *
 * <pre>{@code
 * Containment flood = host.steering().contain(tcp().syn().to(web).port(80));
 * flood.packets();    // how many packets were contained
 * flood.isDegraded(); // true where a card has no standby ring free
 * flood.remove();     // the attack is over
 * }</pre>
 */
public class Containment {

  private final Steering steering;
  private final PacketMatcher signature;
  private final ContainmentPolicy policy;
  private final List<Placement> placements = new ArrayList<>(2);
  private boolean installed = true;
  private long formerPackets;

  Containment(Steering steering, PacketMatcher signature, ContainmentPolicy policy) {
    this.steering = steering;
    this.signature = signature;
    this.policy = policy;
  }

  /** What the devices of the lab share. */
  public World world() {
    return steering.world();
  }

  /** Which packets belong to the attack. */
  public PacketMatcher signature() {
    return signature;
  }

  /** What becomes of them. */
  public ContainmentPolicy policy() {
    return policy;
  }

  /** Whether it was not removed yet. */
  public boolean isInstalled() {
    synchronized (steering.world()) {
      return installed;
    }
  }

  /**
   * Whether an active card has no standby ring for it, so that the host has to drop the attack in
   * software. What goes through a virtual function is not contained there.
   */
  public boolean isDegraded() {
    synchronized (steering.world()) {
      for (Placement placement : placements) {
        if (placement.ring() == null) {
          return true;
        }
      }
      return false;
    }
  }

  /** The standby rings that the attack is steered into, in the order of the cards. */
  public List<StandbyRing> standbyRings() {
    synchronized (steering.world()) {
      List<StandbyRing> rings = new ArrayList<>(placements.size());
      for (Placement placement : placements) {
        StandbyRing ring = placement.ring();
        if (ring != null) {
          rings.add(ring);
        }
      }
      return rings;
    }
  }

  /** How many packets it has matched, on all cards, and also where its standby ring was full. */
  public long packets() {
    synchronized (steering.world()) {
      long packets = formerPackets;
      for (Placement placement : placements) {
        packets += placement.packets();
      }
      return packets;
    }
  }

  /**
   * Ends the containment: packets are classified as before it, and what is in the standby ring is
   * dropped, not handed on later. Idempotent.
   */
  public void remove() {
    steering.remove(this);
  }

  /** Whether a packet belongs to it that waits somewhere; as on a card, none that is unreadable. */
  boolean covers(Packet packet) {
    return !packet.hasUnreadableHeader() && signature.matches(packet);
  }

  void placed(Placement placement) {
    placements.add(placement);
  }

  void displaced(Placement placement) {
    placements.remove(placement);
    formerPackets += placement.packets();
  }

  void ended() {
    installed = false;
  }

  /** Such as {@code containment of tcp syn port 80 in [p0/standby0]}. */
  @Override
  public String toString() {
    synchronized (steering.world()) {
      List<String> places = new ArrayList<>(placements.size());
      for (Placement placement : placements) {
        places.add(placement.place());
      }
      String text = "containment of " + PacketMatcher.describe(signature);
      return installed ? text + " in " + places : text + " (removed)";
    }
  }
}
