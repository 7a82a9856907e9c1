// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.model;

import dev.ringside.jqwik.Attack;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where packets for one guest end, on a card with some standby rings: lists, and a walk from the
 * newest signature to the oldest.
 */
public final class SteeringTwin {

  private static final int SOFTWARE = -1;

  private final Endpoint victim;
  private final boolean direct;
  private final int capacity;
  private final List<List<Packet>> rings = new ArrayList<>();
  private final List<Attack> oldestFirst = new ArrayList<>();
  private final Map<Attack, Integer> ringOf = new EnumMap<>(Attack.class);
  private final List<Packet> delivered = new ArrayList<>();
  private long full;
  private long inSoftware;

  /** With empty rings and no signatures. */
  public SteeringTwin(Endpoint victim, boolean direct, int rings, int capacity) {
    this.victim = victim;
    this.direct = direct;
    this.capacity = capacity;
    for (int i = 0; i < rings; i++) {
      this.rings.add(new ArrayList<>());
    }
  }

  /** An attack is contained from now on. */
  public void contain(Attack attack) {
    if (!oldestFirst.contains(attack)) {
      oldestFirst.add(attack);
      ringOf.put(attack, freeRing());
    }
  }

  private int freeRing() {
    for (int ring = 0; ring < rings.size(); ring++) {
      if (!ringOf.containsValue(ring)) {
        return ring;
      }
    }
    return SOFTWARE;
  }

  /** It is over. */
  public void remove(Attack attack) {
    if (!oldestFirst.remove(attack)) {
      return;
    }
    int ring = ringOf.remove(attack);
    if (ring == SOFTWARE) {
      return;
    }
    rings.get(ring).clear();
    for (Attack other : oldestFirst) {
      if (ringOf.get(other) == SOFTWARE) {
        ringOf.put(other, ring);
        return;
      }
    }
  }

  /** Another card takes over: what the former contains is gone, the rings are given out anew. */
  public void failOver() {
    rings.forEach(List::clear);
    ringOf.clear();
    for (Attack attack : oldestFirst) {
      ringOf.put(attack, freeRing());
    }
  }

  /** A packet comes from the wire. */
  public void receive(Packet packet) {
    Integer ring = firstMatch(packet, true);
    if (ring != null) {
      if (rings.get(ring).size() < capacity) {
        rings.get(ring).add(packet);
      } else {
        full++;
      }
    } else if (!direct && firstMatch(packet, false) != null) {
      inSoftware++;
    } else {
      delivered.add(packet);
    }
  }

  private @Nullable Integer firstMatch(Packet packet, boolean onCard) {
    for (int i = oldestFirst.size() - 1; i >= 0; i--) {
      int ring = ringOf.get(oldestFirst.get(i));
      boolean isOnCard = ring != SOFTWARE;
      if (isOnCard == onCard && oldestFirst.get(i).signature(victim).matches(packet)) {
        return ring;
      }
    }
    return null;
  }

  /** What is in a standby ring, oldest first. */
  public List<Packet> ring(int number) {
    return rings.get(number);
  }

  /** What has reached the guest. */
  public List<Packet> delivered() {
    return delivered;
  }

  /** How many found their standby ring full. */
  public long full() {
    return full;
  }

  /** How many were dropped in software. */
  public long inSoftware() {
    return inSoftware;
  }
}
