// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import dev.ringside.packet.Packet;
import dev.ringside.time.SeededRandom;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Ledger;
import dev.ringside.world.PlannedFault;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * A fault on one direction of a cable: what it does, to which packets, and how often it has struck.
 *
 * <pre>{@code
 * WireFault loss = cable.toHost().lose(Selector.ratio(1, 10));
 * ...
 * loss.strikes(); // how many packets it has cost
 * loss.remove();
 * }</pre>
 *
 * <p>One that strikes nothing is found by the check after the test, unless it is {@link #lenient}.
 * One by chance has to see a packet only.
 */
public final class WireFault implements PlannedFault {

  /** What a fault does to a packet. */
  enum Effect {
    LOSE("loss"),
    CORRUPT("corruption"),
    DUPLICATE("duplication"),
    DELAY("reordering");

    private final String text;

    Effect(String text) {
      this.text = text;
    }

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
  private final int number;
  private long seen;
  private long strikes;
  private boolean lenient;

  WireFault(
      World world,
      CableDirection direction,
      int number,
      Effect effect,
      Selector selector,
      long delayNanos,
      SeededRandom random) {
    this.world = world;
    this.direction = direction;
    this.number = number;
    this.effect = effect;
    this.selector = selector;
    this.delayNanos = delayNanos;
    this.random = random;
  }

  /** Lets the check after the test know of it. */
  void plan() {
    world.plan(this);
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

  /**
   * Lets the fault strike nothing without a word from the check after the test.
   *
   * @return this
   */
  public WireFault lenient() {
    synchronized (world) {
      lenient = true;
      return this;
    }
  }

  /** The name of the cable. */
  @Override
  public String place() {
    return direction.cable();
  }

  @Override
  public @Nullable String whyUnused() {
    synchronized (world) {
      if (strikes > 0 || lenient || (seen > 0 && selector.isByChance())) {
        return null;
      }
      String fault = effect.text + " of fault " + number + " on cable " + direction.name();
      return fault + " never struck: it saw " + seen + (seen == 1 ? " packet" : " packets");
    }
  }

  /** Takes the fault off the cable; packets that it has delayed still arrive late. */
  public void remove() {
    direction.remove(this);
  }
}
