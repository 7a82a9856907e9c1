// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import dev.ringside.packet.Packet;
import dev.ringside.time.SeededRandom;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Ledger;

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

  private final CableDirection direction;
  private final Effect effect;
  private final Selector selector;
  private final long delayNanos;
  private final SeededRandom random;
  private long seen;
  private long strikes;

  WireFault(
      CableDirection direction,
      Effect effect,
      Selector selector,
      long delayNanos,
      SeededRandom random) {
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

  boolean strikes(Packet packet) {
    boolean struck = selector.selects(packet, ++seen, random);
    if (struck) {
      strikes++;
    }
    return struck;
  }

  /** How many packets it has struck. */
  public long strikes() {
    return direction.guarded(() -> strikes);
  }

  /** Takes the fault off the cable; packets that it has delayed still arrive late. */
  public void remove() {
    direction.remove(this);
  }
}
