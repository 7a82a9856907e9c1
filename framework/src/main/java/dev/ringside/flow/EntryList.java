// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** All entries of a table, in no order until one is asked for. */
final class EntryList {

  private static final @Nullable FlowEntry[] NONE = {};
  private static final int FEWEST = 4;

  private @Nullable FlowEntry[] entries = NONE;
  private int size;

  int size() {
    return size;
  }

  void add(FlowEntry entry) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, Math.max(FEWEST, size + (size >> 1)));
    }
    entry.index = size;
    entries[size++] = entry;
  }

  /** The last one takes its place. */
  void remove(FlowEntry entry) {
    FlowEntry last = entries[--size];
    if (last != null) {
      entries[entry.index] = last;
      last.index = entry.index;
    }
    entries[size] = null;
    entry.index = -1;
  }

  /** In the order in which they are asked. */
  @SuppressWarnings("NullAway") // slots below the size hold entries
  FlowEntry[] sorted() {
    FlowEntry[] sorted = Arrays.copyOf(entries, size);
    Arrays.sort(sorted, Comparator.comparingLong(FlowEntry::place));
    return sorted;
  }

  /** An entry that leads to a table, for messages. */
  FlowEntry entryTo(FlowTable target) {
    for (FlowEntry entry : sorted()) {
      if (entry.destination() instanceof Destination.ToTable to && to.table() == target) {
        return entry;
      }
    }
    throw new AssertionError("no entry leads to " + target.name());
  }
}
