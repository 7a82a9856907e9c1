// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import dev.ringside.packet.Packet;
import dev.ringside.time.SeededRandom;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Ledger;
import dev.ringside.world.World;

/**
 * A fault on one direction of a cable: what it does, to which packets, and how often it has struck.
 *
 * <pre>{@code
 * WireFault loss = cable.toHost().lose(Selector.ratio(1, 10));
 * ...
 * loss.strikes(); // how many packets it has cost
 * loss.remove();
 * }</pre>
 */
public final class WireFault {

  /** What a fault does to a packet. */
  enum Effect {
    LOSE,
    CORRUPT,
    DUPLICATE,
    DELAY;

    /** Lets the ledger expect what whoever wants this effect must expect. */
    void expectLosses(Ledger ledger) {
      if (this == LOSE) {
        ledger.expectDrops(DropReason.LOST_ON_WIRE);
      } else if (this == CORRUPT) {
        ledger.expectDrops(DropReason.MALFORMED);
      }
    }
  }

  private final World world;
  private final CableDirection direction;
  private final Effect effect;
  private final Selector selector;
  private final long delayNanos;
  private final SeededRandom random;
  private long seen;
  private long strikes;

  WireFault(
      World world,
      CableDirection direction,
      Effect effect,
      Selector selector,
      long delayNanos,
      SeededRandom random) {
    this.world = world;
    this.direction = direction;
    this.effect = effect;
    this.selector = selector;
    this.delayNanos = delayNanos;
    this.random = random;
  }

  Effect effect() {
    return effect;
  }

  long delayNanos() {
    return delayNanos;
  }

  SeededRandom random() {
    return random;
  }

  /** A selector that fails spares the packet, and fails the operation that sent it. */
  boolean strikes(Packet packet) {
    seen++;
    try {
      if (!selector.selects(packet, seen, random)) {
        return false;
      }
    } catch (RuntimeException | AssertionError e) {
      world.remember(e);
      return false;
    }
    strikes++;
    return true;
  }

  /** How many packets it has struck, those included that another fault has lost. */
  public long strikes() {
    synchronized (world) {
      return strikes;
    }
  }

  /** Takes the fault off the cable; packets that it has delayed still arrive late. */
  public void remove() {
    direction.remove(this);
  }
}
