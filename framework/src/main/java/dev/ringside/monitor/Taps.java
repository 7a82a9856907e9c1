// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.packet.PacketMatcher;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;

/** A monitor on its cards, in the order in which it came to them. */
final class Taps {

  private final Monitor monitor;
  private final World world;
  private final String host;
  private final List<Tap> taps = new ArrayList<>(2);
  private int sampleMost;
  private long sampleTickNanos = 1;

  Taps(Monitor monitor, String host) {
    this.monitor = monitor;
    this.world = monitor.world();
    this.host = host;
  }

  // ---- to look at ----

  List<Tap> list() {
    return taps;
  }

  List<MonitorRing> rings() {
    List<MonitorRing> rings = new ArrayList<>(taps.size());
    for (Tap tap : taps) {
      rings.add(tap.ring);
    }
    return rings;
  }

  MonitorRing ring(String card) {
    List<String> names = new ArrayList<>(taps.size());
    for (Tap tap : taps) {
      if (tap.card.name().equals(card)) {
        return tap.ring;
      }
      names.add(tap.card.name());
    }
    throw new IllegalArgumentException(
        "monitor " + monitor.name() + " has no ring on a card '" + card + "'; it is on " + names);
  }

  /** The names of the cards that the rule is on. */
  List<String> watched() {
    List<String> names = new ArrayList<>(taps.size());
    for (Tap tap : taps) {
      if (tap.isInstalled()) {
        names.add(tap.card.name());
      }
    }
    return names;
  }

  List<MonitoredCard.Rest> rest() {
    List<MonitoredCard.Rest> rest = new ArrayList<>(taps.size());
    for (Tap tap : taps) {
      rest.add(tap.card.rest());
    }
    return rest;
  }

  long lost() {
    long lost = 0;
    for (Tap tap : taps) {
      lost += tap.ring.droppedFull();
    }
    return lost;
  }

  // ---- rules ----

  void install(MonitoredCard card, boolean closed) {
    Tap tap = tapOn(card);
    if (closed) {
      tap.ring.close();
    }
    if (!tap.isInstalled()) {
      tap.install(monitor.matcher());
      if (!closed) {
        tap.sample(monitor, sampleMost, sampleTickNanos);
      }
      world.record(
          host,
          Event.monitorInstalled(monitor.name(), card.name()),
          PacketMatcher.describe(monitor.matcher()));
    }
  }

  private Tap tapOn(MonitoredCard card) {
    for (Tap tap : taps) {
      if (tap.card == card) {
        return tap;
      }
    }
    int wanted = monitor.config().ringCapacity();
    int capacity = wanted == 0 ? card.ringCapacity() : wanted;
    monitor.checkReachable(card.name(), capacity);
    String name = card.label() + "/" + monitor.name();
    Tap tap = new Tap(card, MonitorParts.of(world).monitorRing(world, monitor, name, capacity));
    taps.add(tap);
    return tap;
  }

  /** On all cards, or on none if one of them refuses. */
  void replace(PacketMatcher match) {
    for (int i = 0; i < taps.size(); i++) {
      try {
        taps.get(i).replace(match);
      } catch (RuntimeException e) {
        for (int before = 0; before < i; before++) {
          taps.get(before).replace(monitor.matcher());
        }
        throw e;
      }
    }
  }

  void remove(MonitoredCard card) {
    for (Tap tap : taps) {
      if (tap.card == card) {
        remove(tap);
      }
    }
  }

  void removeAll() {
    for (Tap tap : taps) {
      remove(tap);
    }
  }

  private void remove(Tap tap) {
    if (tap.remove()) {
      world.record(host, Event.monitorRemoved(monitor.name(), tap.card.name()), "");
    }
  }

  /** Takes copies of so many of the packets that are contained in each tick, card by card. */
  void sample(int most, long tickNanos) {
    sampleMost = most;
    sampleTickNanos = tickNanos;
    for (Tap tap : taps) {
      if (tap.isInstalled()) {
        tap.sample(monitor, most, tickNanos);
      }
    }
  }

  // ---- what is in the rings ----

  /** The card no longer works. */
  void lose(MonitoredCard card) {
    for (Tap tap : taps) {
      if (tap.card == card) {
        tap.ring.clear(DropReason.PNIC_FAILED, card.name());
      }
    }
  }

  /** Nobody will look at them any more. */
  void close() {
    for (Tap tap : taps) {
      tap.sample(monitor, 0, 1);
      tap.ring.close();
      tap.ring.clear(DropReason.TARGET_GONE, monitor);
    }
  }
}
