// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.packet.PacketMatcher;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a {@link FlowTable}: which packets, and where they go.
 *
 * <pre>{@code
 * FlowEntry web = table.insert(tcp().port(80), ring(2));
 * web.hits();        // how many packets it has decided about
 * table.remove(web);
 * }</pre>
 */
public final class FlowEntry {

  private final FlowTable table;
  private final PacketMatcher match;
  private final Destination destination;
  private final long place;

  /** Where it stands in the list of all entries, below 0 once it is removed. */
  int index = -1;

  private long hits;
  private boolean lenient;

  FlowEntry(FlowTable table, PacketMatcher match, Destination destination, long place) {
    this.table = table;
    this.match = match;
    this.destination = destination;
    this.place = place;
  }

  /** The table that it was made for. */
  public FlowTable table() {
    return table;
  }

  /** Which packets it is for. */
  public PacketMatcher match() {
    return match;
  }

  /** Where they go. */
  public Destination destination() {
    return destination;
  }

  /** Where they go, null if that is up to another table. */
  Destination.@Nullable End end() {
    return destination instanceof Destination.End end ? end : null;
  }

  /** How many packets it has matched, before any later entry was asked. */
  public long hits() {
    synchronized (table.lock()) {
      return hits;
    }
  }

  /**
   * Lets it match nothing without a word from a check that asks for that.
   *
   * @return this
   */
  public FlowEntry lenient() {
    synchronized (table.lock()) {
      lenient = true;
      return this;
    }
  }

  /** Whether it may match nothing. */
  public boolean isLenient() {
    synchronized (table.lock()) {
      return lenient;
    }
  }

  /** Whether it is still in its table. */
  public boolean isInstalled() {
    synchronized (table.lock()) {
      return index >= 0;
    }
  }

  /** Entries of lower place come first. */
  long place() {
    return place;
  }

  void hit() {
    hits++;
  }

  boolean isMirror() {
    return destination instanceof Destination.Mirrored;
  }

  /** Such as {@code tcp port 80 -> ring 2}. */
  @Override
  public String toString() {
    return PacketMatcher.describe(match) + " -> " + destination;
  }
}
