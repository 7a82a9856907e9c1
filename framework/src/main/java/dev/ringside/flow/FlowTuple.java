// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.packet.HeaderKey;
import dev.ringside.packet.HeaderMatch;
import dev.ringside.packet.Packet;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All rows that look at the same bits of a key: a hash table from the value of these bits to the
 * rows that want it.
 *
 * <pre>
 *   key &amp; mask --hash--&gt; filter: may it be there? --yes--&gt; slot --&gt; entry, row, or several in order
 * </pre>
 *
 * <p>Open addressing with linear probing; the values lie side by side in one array. The filter has
 * eight bits a slot, and answers for most packets that are not there from memory that is near. What
 * is removed leaves its bit behind; the filter is made anew when too many of them are stale.
 */
final class FlowTuple {

  private static final Object[] NO_ROWS = {};
  private static final int FIRST_SLOTS = 8;

  /** From here on, memory that stands empty counts for more than the time to move. */
  private static final int MANY_SLOTS = 1 << 17;

  private static final int FILTER_BITS_PER_SLOT = 8;

  /** Odd numbers without a pattern, one for each number of a key. */
  private static final long[] SPREAD = {
    0x9e37_79b9_7f4a_7c15L,
    0xbf58_476d_1ce4_e5b9L,
    0x94d0_49bb_1331_11ebL,
    0xd6e8_feb8_6659_fd93L,
    0xc2b2_ae3d_27d4_eb4fL,
    0xff51_afd7_ed55_8ccdL,
    0x1656_67b1_9e37_79f9L
  };

  private final int[] words;
  private final long[] mask;
  private final int width;

  /** The first two by themselves: a loop over so few takes longer than they do. */
  private final int word0;

  private final int word1;
  private final long mask0;
  private final long mask1;

  private long[] values;
  private @Nullable Object[] rows;
  private long[] filter;
  private int used;
  private int stale;

  /** The slot in use, where there is just one. */
  private int only;

  /** No row comes before this place; it may be too low once rows were removed. */
  private long lowestPlace = Long.MAX_VALUE;

  /** Creates an empty one for rows like this. */
  FlowTuple(HeaderMatch match, int row) {
    int[] found = new int[HeaderKey.WORDS];
    int count = 0;
    for (int i = 0; i < HeaderKey.WORDS; i++) {
      if (match.mask(row, i) != 0) {
        found[count++] = i;
      }
    }
    width = count;
    words = Arrays.copyOf(found, count);
    mask = new long[count];
    for (int i = 0; i < count; i++) {
      mask[i] = match.mask(row, words[i]);
    }
    word0 = found[0];
    word1 = found[1];
    mask0 = width > 0 ? mask[0] : 0;
    mask1 = width > 1 ? mask[1] : 0;
    values = new long[Math.max(1, FIRST_SLOTS * width)];
    rows = new @Nullable Object[FIRST_SLOTS];
    filter = new long[FIRST_SLOTS * FILTER_BITS_PER_SLOT / Long.SIZE];
  }

  private FlowTuple(FlowTuple from) {
    words = from.words;
    mask = from.mask;
    width = from.width;
    word0 = from.word0;
    word1 = from.word1;
    mask0 = from.mask0;
    mask1 = from.mask1;
    values = from.values.clone();
    rows = from.rows.clone();
    filter = from.filter.clone();
    used = from.used;
    stale = from.stale;
    only = from.only;
    lowestPlace = from.lowestPlace;
  }

  FlowTuple copy() {
    return new FlowTuple(this);
  }

  /** Whether a row looks at these bits and no others. */
  boolean isFor(HeaderMatch match, int row) {
    int at = 0;
    for (int i = 0; i < HeaderKey.WORDS; i++) {
      long wanted = match.mask(row, i);
      long there = at < width && words[at] == i ? mask[at] : 0;
      if (wanted != there) {
        return false;
      }
      at += there == 0 ? 0 : 1;
    }
    return true;
  }

  boolean isEmpty() {
    return used == 0;
  }

  long lowestPlace() {
    return lowestPlace;
  }

  /** The numbers of the key that it looks at, a bit each. */
  int wordBits() {
    int bits = 0;
    for (int word : words) {
      bits |= 1 << word;
    }
    return bits;
  }

  // ---- looking up ----

  /**
   * The first row that matches and comes before a place, null if there is none.
   *
   * @param filtered whether the filter is asked, which pays where most packets are not there
   */
  @Nullable FlowEntry find(Packet packet, long[] key, long before, boolean filtered) {
    if (used == 1) { // as the signature of an attack often is: nothing to hash
      return isAt(only, key)
          ? first(Objects.requireNonNull(rows[only]), packet, key, before)
          : null;
    }
    long hash = hashOf(key);
    if (filtered && !mayHave(hash)) {
      return null;
    }
    int slot = slotOf(hash);
    Object row = rows[slot];
    while (row != null) {
      if (isAt(slot, key)) {
        return first(row, packet, key, before);
      }
      slot = next(slot);
      row = rows[slot];
    }
    return null;
  }

  long hashOf(long[] key) {
    long hash = spread(key[word0] & mask0, 0) + spread(key[word1] & mask1, 1);
    return width > 2 ? hash + hashOfRest(key) : hash;
  }

  private long hashOfRest(long[] key) {
    long hash = 0;
    for (int i = 2; i < width; i++) {
      hash += spread(key[words[i]] & mask[i], i);
    }
    return hash;
  }

  /** The numbers are spread side by side, not one after the other: a processor does it at once. */
  private static long spread(long bits, int at) {
    return (bits ^ bits >>> 32) * SPREAD[at];
  }

  /** The multiplications have brought all bits to the upper half. */
  private int slotOf(long hash) {
    return (int) (((hash >>> 32) * rows.length) >>> 32);
  }

  private int next(int slot) {
    return slot + 1 == rows.length ? 0 : slot + 1;
  }

  /** How many steps it is from one slot to another. */
  private int distance(int from, int to) {
    return to >= from ? to - from : to - from + rows.length;
  }

  /** Bits of the filter are in the order of the slots, several for each. */
  private int bitOf(long hash) {
    return (int) (((hash >>> 32) * (filter.length * (long) Long.SIZE)) >>> 32);
  }

  /** What the filter says; only a no is sure. */
  boolean mayHave(long hash) {
    int bit = bitOf(hash);
    return (filter[bit >>> 6] & 1L << bit) != 0;
  }

  private boolean isAt(int slot, long[] key) {
    int at = slot * width;
    if (values[at] != (key[word0] & mask0)) {
      return false;
    }
    return width < 2
        || (values[at + 1] == (key[word1] & mask1) && (width == 2 || isRestAt(at, key)));
  }

  private boolean isRestAt(int at, long[] key) {
    for (int i = 2; i < width; i++) {
      if (values[at + i] != (key[words[i]] & mask[i])) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable FlowEntry first(Object row, Packet packet, long[] key, long before) {
    if (row instanceof FlowEntry entry) {
      return entry.place() < before ? entry : null;
    }
    if (row instanceof FlowRow checked) {
      return accepted(checked, packet, key, before);
    }
    for (Object each : (Object[]) row) {
      FlowEntry entry = entryOf(each);
      if (entry.place() >= before) {
        return null;
      }
      if (!(each instanceof FlowRow checked) || accepted(checked, packet, key, before) != null) {
        return entry;
      }
    }
    return null;
  }

  private static @Nullable FlowEntry accepted(FlowRow row, Packet packet, long[] key, long before) {
    boolean accepted = row.entry().place() < before && row.match().accepts(row.row(), packet, key);
    return accepted ? row.entry() : null;
  }

  static FlowEntry entryOf(Object row) {
    return row instanceof FlowEntry entry ? entry : ((FlowRow) row).entry();
  }

  // ---- changing it ----

  /** The rows that want the same value, in order. */
  Object[] rowsLike(HeaderMatch match, int row) {
    Object there = rows[slotFor(match, row)];
    if (there == null) {
      return NO_ROWS;
    }
    return there instanceof Object[] several ? several : new Object[] {there};
  }

  void add(FlowEntry entry, HeaderMatch match, int row) {
    int slot = slotFor(match, row);
    Object added = match.hasChecks(row) ? new FlowRow(entry, match, row) : entry;
    Object there = rows[slot];
    lowestPlace = Math.min(lowestPlace, entry.place());
    if (there != null) {
      rows[slot] = with(there, added);
      return;
    }
    for (int i = 0; i < width; i++) {
      values[slot * width + i] = match.value(row, words[i]);
    }
    rows[slot] = added;
    setFilter(hashAt(slot));
    only = slot;
    if (++used * 4 > rows.length * 3) {
      resize(rows.length < MANY_SLOTS ? 2 * rows.length : rows.length + (rows.length >> 1));
    }
  }

  private static Object[] with(Object there, Object added) {
    Object[] old = there instanceof Object[] several ? several : new Object[] {there};
    int at = old.length;
    while (at > 0 && entryOf(old[at - 1]).place() > entryOf(added).place()) {
      at--;
    }
    Object[] more = new Object[old.length + 1];
    System.arraycopy(old, 0, more, 0, at);
    more[at] = added;
    System.arraycopy(old, at, more, at + 1, old.length - at);
    return more;
  }

  void remove(FlowEntry entry, HeaderMatch match, int row) {
    int slot = slotFor(match, row);
    Object there = rows[slot];
    if (there instanceof Object[] several) {
      Object[] fewer = without(several, entry);
      rows[slot] = fewer.length == 1 ? fewer[0] : fewer;
      return;
    }
    free(slot);
    used--;
    if (++stale > rows.length / 2) {
      resize(rows.length);
    }
    if (used == 1) {
      only = 0;
      while (rows[only] == null) {
        only++;
      }
    }
  }

  /** Without one row of this entry. */
  private static Object[] without(Object[] several, FlowEntry entry) {
    int at = 0;
    while (entryOf(several[at]) != entry) {
      at++;
    }
    Object[] fewer = Arrays.copyOf(several, several.length - 1);
    System.arraycopy(several, at + 1, fewer, at, fewer.length - at);
    return fewer;
  }

  /** Empties a slot, and moves those up that were only put behind it because it was taken. */
  private void free(int freed) {
    int hole = freed;
    for (int slot = next(hole); rows[slot] != null; slot = next(slot)) {
      int wanted = slotOf(hashAt(slot));
      if (distance(wanted, slot) >= distance(hole, slot)) {
        rows[hole] = rows[slot];
        System.arraycopy(values, slot * width, values, hole * width, width);
        hole = slot;
      }
    }
    rows[hole] = null;
  }

  /** The slot that has a row's value, or the free one where it belongs. */
  private int slotFor(HeaderMatch match, int row) {
    long hash = 0;
    for (int i = 0; i < width; i++) {
      hash += spread(match.value(row, words[i]), i);
    }
    int slot = slotOf(hash);
    while (rows[slot] != null && !hasValue(slot, match, row)) {
      slot = next(slot);
    }
    return slot;
  }

  private boolean hasValue(int slot, HeaderMatch match, int row) {
    for (int i = 0; i < width; i++) {
      if (values[slot * width + i] != match.value(row, words[i])) {
        return false;
      }
    }
    return true;
  }

  private long hashAt(int slot) {
    long hash = 0;
    for (int i = 0; i < width; i++) {
      hash += spread(values[slot * width + i], i);
    }
    return hash;
  }

  private void setFilter(long hash) {
    int bit = bitOf(hash);
    filter[bit >>> 6] |= 1L << bit;
  }

  private void resize(int slots) {
    long[] oldValues = values;
    @Nullable Object[] oldRows = rows;
    values = new long[Math.max(1, slots * width)];
    rows = new @Nullable Object[slots];
    filter = new long[Integer.highestOneBit(slots * FILTER_BITS_PER_SLOT) / Long.SIZE];
    stale = 0;
    for (int i = 0; i < oldRows.length; i++) {
      if (oldRows[i] != null) {
        move(oldValues, i, oldRows[i]);
      }
    }
  }

  private void move(long[] from, int old, Object row) {
    long hash = 0;
    for (int i = 0; i < width; i++) {
      hash += spread(from[old * width + i], i);
    }
    int slot = slotOf(hash);
    while (rows[slot] != null) {
      slot = next(slot);
    }
    rows[slot] = row;
    System.arraycopy(from, old * width, values, slot * width, width);
    setFilter(hash);
  }
}
