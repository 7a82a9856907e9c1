// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowDialect;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.StandbyRing;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.trace.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is contained on one card, and in which standby ring. */
final class Card {

  private static final int HIGHEST_PRIORITY = 65_535;

  private final SteeringSite site;
  private final PhysicalNic nic;
  private final SoftwareRings software;

  /** The oldest first; in the classifier the newest comes first. */
  private final List<Placement> placements = new ArrayList<>(2);

  Card(SteeringSite site, PhysicalNic nic) {
    this.site = site;
    this.nic = nic;
    this.software = new SoftwareRings(site, nic);
  }

  PhysicalNic nic() {
    return nic;
  }

  String name() {
    return nic.name();
  }

  SoftwareRings software() {
    return software;
  }

  FlowEntry steerInto(StandbyRing ring, PacketMatcher signature) {
    FlowTable table = nic.classifier().steering();
    Destination to = Destination.ring(ring);
    return table.dialect() == FlowDialect.PRIORITIES
        ? table.insert(HIGHEST_PRIORITY, signature, to)
        : table.prepend(signature, to);
  }

  // ---- installing ----

  /**
   * Contains an attack in a standby ring or, if none is free, in software.
   *
   * @throws IllegalStateException if the classifier has no room; then nothing has changed
   */
  void install(Containment containment) {
    place(new Placement(containment, this, ringFor(containment.policy())));
  }

  /** As on a card that takes over: one without room for the signature contains it in software. */
  void installAnyhow(Containment containment) {
    try {
      install(containment);
    } catch (IllegalStateException | IllegalArgumentException e) {
      place(new Placement(containment, this, null));
    }
  }

  private void place(Placement placement) {
    placement.install();
    placements.add(placement);
    placement.containment().placed(placement);
    record(placement);
    if (placement.containment().policy().purge()) {
      nic.purge(placement.containment()::covers);
    }
  }

  private void record(Placement placement) {
    String signature = PacketMatcher.describe(placement.containment().signature());
    StandbyRing ring = placement.ring();
    Event event =
        ring == null
            ? Event.containmentDegraded(signature, nic.name())
            : Event.containmentInstalled(signature, nic.name());
    site.world().record(site.name(), event, placement.place());
  }

  /** A ring of its own or, if the policy says so, one with others; null if none is free. */
  private @Nullable StandbyRing ringFor(ContainmentPolicy policy) {
    if (policy.shared()) {
      for (Placement placement : placements) {
        if (placement.ring() != null && placement.containment().policy().equals(policy)) {
          return placement.ring();
        }
      }
    }
    for (int i = 0; i < nic.config().standbyRings(); i++) {
      StandbyRing ring = nic.standbyRing(i);
      if (!isUsed(ring)) {
        return ring;
      }
    }
    return null;
  }

  private boolean isUsed(StandbyRing ring) {
    for (Placement placement : placements) {
      if (placement.ring() == ring) {
        return true;
      }
    }
    return false;
  }

  // ---- removing ----

  void remove(Containment containment) {
    Placement placement = find(containment);
    if (placement == null) {
      return;
    }
    placement.withdraw();
    placements.remove(placement);
    containment.displaced(placement);
    site.world()
        .record(
            site.name(),
            Event.containmentRemoved(PacketMatcher.describe(containment.signature()), nic.name()),
            placement.place());
    StandbyRing ring = placement.ring();
    if (ring == null) {
      software.releaseIfUnused();
    } else if (isUsed(ring)) {
      ring.discard(containment.signature());
    } else {
      ring.discard();
      promote();
    }
  }

  private @Nullable Placement find(Containment containment) {
    for (Placement placement : placements) {
      if (placement.containment() == containment) {
        return placement;
      }
    }
    return null;
  }

  /** A standby ring is free: the oldest containment without gets it, and those that share it. */
  private void promote() {
    for (Placement placement : placements) {
      StandbyRing free =
          placement.ring() == null ? ringFor(placement.containment().policy()) : null;
      if (free != null) {
        placement.setRing(free);
        installAllAnew();
        software.releaseIfUnused();
        record(placement);
      }
    }
  }

  /** The newest must come first, also after one of the older ones has moved. */
  private void installAllAnew() {
    for (Placement placement : placements) {
      placement.withdraw();
    }
    for (Placement placement : placements) {
      placement.install();
    }
  }
}
