// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.packet.PacketMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A monitor on one card: its ring there, and its rule while it is installed. */
final class Tap {

  final MonitoredCard card;
  final MonitorRing ring;
  private MonitoredCard.@Nullable Rule rule;
  private @Nullable Sampler sampler;

  Tap(MonitoredCard card, MonitorRing ring) {
    this.card = card;
    this.ring = ring;
  }

  boolean isInstalled() {
    return rule != null;
  }

  void install(PacketMatcher match) {
    rule = card.install(match, ring);
  }

  void replace(PacketMatcher match) {
    if (rule != null) {
      rule.replace(match);
    }
  }

  /** False if it was not installed. */
  boolean remove() {
    MonitoredCard.Rule former = rule;
    rule = null;
    removeSampler();
    if (former != null) {
      former.remove();
    }
    return former != null;
  }

  /** Takes copies of so many of the packets that are contained on the card, in each tick. */
  void sample(Monitor monitor, int most, long tickNanos) {
    removeSampler();
    if (most > 0) {
      sampler = new Sampler(monitor, ring, most, tickNanos);
      card.addSampler(sampler);
    }
  }

  private void removeSampler() {
    if (sampler != null) {
      card.removeSampler(sampler);
      sampler = null;
    }
  }

  /** The one whose ring holds the oldest packet, null if all are empty. */
  static @Nullable Tap withOldest(List<Tap> taps) {
    Tap oldest = null;
    for (int i = 0; i < taps.size(); i++) {
      Tap tap = taps.get(i);
      if (!tap.ring.isEmpty()
          && (oldest == null || tap.ring.oldestTime() < oldest.ring.oldestTime())) {
        oldest = tap;
      }
    }
    return oldest;
  }
}
