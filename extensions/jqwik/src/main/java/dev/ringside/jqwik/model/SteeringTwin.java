// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.jqwik.Attack;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where packets for one guest end that is attacked, on a card with some standby rings: lists, and a
 * walk from the newest signature to the oldest.
 *
 * <pre>{@code
 * SteeringTwin twin = new SteeringTwin(web, true, 2, 512);
 * twin.contain(Attack.SYN_FLOOD);
 * twin.receive(Attack.SYN_FLOOD.packet(web, 17).toPacket());
 * twin.ring(0); // that packet
 * }</pre>
 *
 * <p>Not final, so that a test can plant defects in it.
 */
public class SteeringTwin {

  private static final int SOFTWARE = -1;

  /** An attack, and where its packets go. */
  private static final class Contained {
    final Attack attack;
    int ring = SOFTWARE;

    Contained(Attack attack) {
      this.attack = attack;
    }
  }

  private final Endpoint victim;
  private final boolean direct;
  private final int capacity;
  private final List<List<Packet>> rings = new ArrayList<>();
  private final List<Contained> oldestFirst = new ArrayList<>();
  private final List<Packet> delivered = new ArrayList<>();
  private long dropped;
  private long lost;
  private long inSoftware;

  /**
   * With empty rings and no signatures.
   *
   * @param victim whom the attacks are for
   * @param direct whether its packets pass the host by, so that software sees none of them
   * @param rings how many standby rings a card has
   * @param capacity how many packets each of them holds
   */
  public SteeringTwin(Endpoint victim, boolean direct, int rings, int capacity) {
    this.victim = victim;
    this.direct = direct;
    this.capacity = capacity;
    for (int i = 0; i < rings; i++) {
      this.rings.add(new ArrayList<>());
    }
  }

  // ---- rules; a test may plant another ----

  /** Whether the newest signature is asked first. */
  protected boolean asksNewestFirst() {
    return true;
  }

  /** Whether a ring that becomes free goes to the oldest attack that has none. */
  protected boolean handsRingsOn() {
    return true;
  }

  /** Whether what is in standby rings is lost with their card. */
  protected boolean losesRingsAtFailover() {
    return true;
  }

  /** Whether a full ring drops what comes, and not what is in it. */
  protected boolean dropsNewest() {
    return true;
  }

  // ---- what happens ----

  /** An attack is contained from now on. */
  public final void contain(Attack attack) {
    if (find(attack) == null) {
      Contained added = new Contained(attack);
      added.ring = freeRing();
      oldestFirst.add(added);
    }
  }

  private @Nullable Contained find(Attack attack) {
    for (Contained each : oldestFirst) {
      if (each.attack == attack) {
        return each;
      }
    }
    return null;
  }

  private int freeRing() {
    for (int ring = 0; ring < rings.size(); ring++) {
      int wanted = ring;
      if (oldestFirst.stream().noneMatch(each -> each.ring == wanted)) {
        return ring;
      }
    }
    return SOFTWARE;
  }

  /** It is over. */
  public final void remove(Attack attack) {
    Contained removed = find(attack);
    if (removed != null) {
      oldestFirst.remove(removed);
      empty(removed.ring);
      if (handsRingsOn()) {
        handOn(removed.ring);
      }
    }
  }

  private void empty(int ring) {
    if (ring != SOFTWARE) {
      dropped += rings.get(ring).size();
      rings.get(ring).clear();
    }
  }

  private void handOn(int ring) {
    for (Contained each : oldestFirst) {
      if (each.ring == SOFTWARE) {
        each.ring = ring;
        return;
      }
    }
  }

  /** What is in the ring of an attack is thrown away. */
  public final void discard(Attack attack) {
    Contained contained = find(attack);
    if (contained != null) {
      empty(contained.ring);
    }
  }

  /** Another card takes over: what the former contains is gone, the rings are given out anew. */
  public final void failOver() {
    for (List<Packet> ring : rings) {
      if (losesRingsAtFailover()) {
        lost += ring.size();
        ring.clear();
      }
    }
    oldestFirst.forEach(each -> each.ring = SOFTWARE);
    oldestFirst.forEach(each -> each.ring = freeRing());
  }

  /** A packet comes from the wire. */
  public final void receive(Packet packet) {
    Contained onCard = firstMatch(packet, true);
    if (onCard != null) {
      keep(packet, rings.get(onCard.ring));
    } else if (!direct && firstMatch(packet, false) != null) {
      inSoftware++;
    } else {
      delivered.add(packet);
    }
  }

  private void keep(Packet packet, List<Packet> ring) {
    if (ring.size() == capacity) {
      dropped++;
      if (dropsNewest() || ring.isEmpty()) {
        return;
      }
      ring.remove(0);
    }
    ring.add(packet);
  }

  private @Nullable Contained firstMatch(Packet packet, boolean onCard) {
    for (int i = 0; i < oldestFirst.size(); i++) {
      Contained each = oldestFirst.get(asksNewestFirst() ? oldestFirst.size() - 1 - i : i);
      boolean isOnCard = each.ring != SOFTWARE;
      if (isOnCard == onCard && each.attack.signature(victim).matches(packet)) {
        return each;
      }
    }
    return null;
  }

  // ---- what there is ----

  /** How many standby rings a card has. */
  public final int rings() {
    return rings.size();
  }

  /** What is in a standby ring, oldest first. */
  public final List<Packet> ring(int number) {
    return List.copyOf(rings.get(number));
  }

  /** What has reached the guest. */
  public final List<Packet> delivered() {
    return List.copyOf(delivered);
  }

  /** How many were dropped on a card: their ring was full, or was emptied. */
  public final long dropped() {
    return dropped;
  }

  /** How many were in the rings of a card that failed. */
  public final long lost() {
    return lost;
  }

  /** How many were dropped in software. */
  public final long inSoftware() {
    return inSoftware;
  }
}
