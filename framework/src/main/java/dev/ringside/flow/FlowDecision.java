// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.flow.Destination.End;
import dev.ringside.packet.HeaderKey;
import dev.ringside.packet.Packet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a table says about one packet. An object may be used for many packets, one after the other:
 * a classification then allocates nothing.
 *
 * <pre>{@code
 * FlowDecision decision = new FlowDecision();
 * table.classify(packet, decision);
 * decision.end(); // ring 2
 * }</pre>
 */
public final class FlowDecision {

  /** How a walk can end. */
  public enum Outcome {
    /** At a ring or at a drop, by an entry or a default. */
    DECIDED,
    /** Without an entry that matches and without a default. */
    MISSED,
    /** Before it began: a header cannot be read. */
    UNREADABLE,
    /** In a matcher that threw an exception. */
    FAILED
  }

  private static final FlowEntry[] NONE = {};

  private final long[] key = new long[HeaderKey.WORDS];
  private int wordsRead;

  private Outcome outcome = Outcome.MISSED;
  private @Nullable FlowEntry entry;
  private @Nullable End end;
  private @Nullable RuntimeException failure;
  private FlowEntry[] mirrors = NONE;
  private int mirrorCount;

  /** Creates one that says nothing yet. */
  public FlowDecision() {}

  /** How the walk ended. */
  public Outcome outcome() {
    return outcome;
  }

  /**
   * The last entry that matched, or whose matcher failed; where a default decides, the entry that
   * led to its table, null for that of the first table.
   */
  public @Nullable FlowEntry entry() {
    return entry;
  }

  /** Where the packet goes, null unless that is decided. */
  public @Nullable End end() {
    return end;
  }

  /** What the matcher threw, null unless it failed. */
  public @Nullable RuntimeException failure() {
    return failure;
  }

  /** How many copies are to be made; none unless the walk was carried through. */
  public int mirrorCount() {
    return mirrorCount;
  }

  /** The entry that asks for this copy, in the order of the walk. */
  public FlowEntry mirror(int index) {
    return mirrors[index];
  }

  void start() {
    outcome = Outcome.MISSED;
    entry = null;
    end = null;
    failure = null;
    mirrorCount = 0;
    wordsRead = 0;
  }

  /** The key of the packet that is being classified, with these of its numbers at least. */
  long[] key(Packet packet, int words) {
    int missing = words & ~wordsRead;
    if (missing != 0) {
      wordsRead |= missing;
      HeaderKey.read(packet, key, missing);
    }
    return key;
  }

  /**
   * One table's part of a walk.
   *
   * @param led the entry that led to it, null for the first table
   * @return the entry that leads on; null if the walk is over
   */
  @Nullable FlowEntry step(FlowIndex seen, @Nullable FlowEntry led, Packet packet) {
    FlowEntry found = seen.find(packet, this);
    if (hasFailed()) {
      return null;
    }
    if (found == null) {
      End last = seen.otherwise == null && led != null ? to(led).otherwise() : seen.otherwise;
      if (last == null) {
        missed(led);
      } else {
        decided(led, last);
      }
      return null;
    }
    found.hit();
    End end = found.end();
    if (end == null) {
      return found;
    }
    decided(found, end);
    return null;
  }

  static Destination.ToTable to(FlowEntry leads) {
    return (Destination.ToTable) leads.destination();
  }

  void unreadable() {
    outcome = Outcome.UNREADABLE;
  }

  private void decided(@Nullable FlowEntry by, End where) {
    outcome = Outcome.DECIDED;
    entry = by;
    end = where;
  }

  private void missed(@Nullable FlowEntry led) {
    outcome = Outcome.MISSED;
    entry = led;
  }

  void failed(FlowEntry by, RuntimeException thrown) {
    outcome = Outcome.FAILED;
    entry = by;
    failure = thrown;
    mirrorCount = 0;
  }

  boolean hasFailed() {
    return outcome == Outcome.FAILED;
  }

  void addMirror(FlowEntry mirror) {
    if (mirrorCount == mirrors.length) {
      mirrors = Arrays.copyOf(mirrors, Math.max(4, 2 * mirrorCount));
    }
    mirrors[mirrorCount++] = mirror;
  }

  /** Asks an entry; a failure is noted, and no match. */
  boolean asks(FlowEntry candidate, Packet packet) {
    boolean matches = false;
    try {
      matches = candidate.match().matches(packet);
    } catch (RuntimeException e) {
      failed(candidate, e);
    }
    return matches;
  }

  /** Such as {@code ring 2 by tcp port 80 -> ring 2}. */
  @Override
  public String toString() {
    return switch (outcome) {
      case DECIDED -> end + (entry == null ? " by default" : " by " + entry);
      case MISSED -> "no entry matches";
      case UNREADABLE -> "a header cannot be read";
      case FAILED -> failure + " by " + entry;
    };
  }
}
