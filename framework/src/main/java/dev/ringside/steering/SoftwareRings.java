// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.RingTarget;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.trace.DropReason;
import dev.ringside.virt.SoftwareRing;
import dev.ringside.virt.VirtParts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The software rings of one card, one for each receive ring of the host. They pull from the rings
 * only while they have entries.
 */
final class SoftwareRings {

  private final SteeringSite site;
  private final PhysicalNic nic;
  private SoftwareRing @Nullable [] rings;
  private boolean connected;

  SoftwareRings(SteeringSite site, PhysicalNic nic) {
    this.site = site;
    this.nic = nic;
  }

  /** A ring by its number; null while none is in use. */
  @Nullable SoftwareRing get(int index) {
    return rings == null || !connected ? null : rings[index];
  }

  void contain(PacketMatcher signature, List<FlowEntry> entries) {
    for (SoftwareRing ring : connect()) {
      entries.add(ring.table().prepend(signature, Destination.drop(DropReason.CONTAINED_SW)));
    }
  }

  void steer(PacketMatcher destination, RingTarget target, List<FlowEntry> entries) {
    for (SoftwareRing ring : connect()) {
      entries.add(ring.table().append(destination, Destination.ring(target)));
    }
  }

  private SoftwareRing[] connect() {
    SoftwareRing[] all = rings;
    if (all == null) {
      all = new SoftwareRing[nic.config().receiveRings()];
      for (int i = 0; i < all.length; i++) {
        ReceiveRing source = nic.receiveRing(i);
        all[i] =
            VirtParts.of(site.world())
                .softwareRing(
                    site.world(), nic.label() + "/sr" + i, source::consumerReady, source.owner());
      }
      rings = all;
    }
    if (!connected) {
      connected = true;
      for (int i = 0; i < all.length; i++) {
        nic.receiveRing(i).connect(all[i]);
      }
    }
    return all;
  }

  /** Without entries the host takes its packets itself, as if there had never been such rings. */
  void releaseIfUnused() {
    if (rings == null || !connected) {
      return;
    }
    for (SoftwareRing ring : rings) {
      if (!ring.table().isEmpty()) {
        return;
      }
    }
    connected = false;
    for (int i = 0; i < rings.length; i++) {
      nic.receiveRing(i).connect(null);
    }
  }
}
