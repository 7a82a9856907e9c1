// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import dev.ringside.flow.FlowEntry;
import dev.ringside.nic.StandbyRing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One containment on one card: in a standby ring, or in software as long as none is free. */
final class Placement {

  private final Containment containment;
  private final Card card;
  private @Nullable StandbyRing ring;
  private final List<FlowEntry> entries = new ArrayList<>(1);
  private long formerPackets;

  Placement(Containment containment, Card card, @Nullable StandbyRing ring) {
    this.containment = containment;
    this.card = card;
    this.ring = ring;
  }

  Containment containment() {
    return containment;
  }

  /** Null while it is in software. */
  @Nullable StandbyRing ring() {
    return ring;
  }

  void setRing(@Nullable StandbyRing newRing) {
    ring = newRing;
  }

  /** Puts the signature in front of all others. */
  void install() {
    StandbyRing to = ring;
    try {
      if (to == null) {
        card.software().contain(containment.signature(), entries);
      } else {
        entries.add(card.steerInto(to, containment.signature()));
      }
    } catch (RuntimeException e) {
      withdraw();
      card.software().releaseIfUnused();
      throw e;
    }
  }

  void withdraw() {
    for (FlowEntry entry : entries) {
      formerPackets += entry.hits();
      entry.table().remove(entry);
    }
    entries.clear();
  }

  long packets() {
    long packets = formerPackets;
    for (FlowEntry entry : entries) {
      packets += entry.hits();
    }
    return packets;
  }

  String place() {
    return ring == null ? card.name() + " in software" : ring.name();
  }
}
