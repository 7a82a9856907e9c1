// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import java.util.Arrays;

/**
 * Which slots of a pool are free, as bits: a bit of a higher level says whether a word of the level
 * below has one. The lowest free slot of 16 million is found in four steps.
 *
 * <pre>
 *   level 2                 1
 *   level 1     0 ... 0 1        1 ... 1
 *   level 0   word 0: none   word 1: slot 64 is free ...
 * </pre>
 */
final class FreeSlots {

  private static final int WORD = 6;

  private long[][] levels = {new long[1]};
  private int size;
  private int free;

  FreeSlots(int size) {
    add(size);
  }

  /** How many slots there are. */
  int size() {
    return size;
  }

  /** How many of them are free. */
  int free() {
    return free;
  }

  /** So many more slots, which are free. */
  void add(int more) {
    int first = size;
    size += more;
    int words = Math.max(1, (size + 63) >>> WORD);
    long[][] larger = new long[depth(words)][];
    for (int level = 0; level < larger.length; level++) {
      long[] former = level < levels.length ? levels[level] : new long[0];
      larger[level] = Arrays.copyOf(former, words);
      words = (words + 63) >>> WORD;
    }
    raise(larger);
    levels = larger;
    for (int slot = first; slot < size; slot++) {
      give(slot);
    }
  }

  private static int depth(int words) {
    int depth = 1;
    for (int left = words; left > 1; left = (left + 63) >>> WORD) {
      depth++;
    }
    return depth;
  }

  /** New levels say what the former highest one, a single word, has said so far. */
  private void raise(long[][] larger) {
    for (int level = levels.length; level < larger.length; level++) {
      larger[level][0] = larger[level - 1][0] == 0 ? 0 : 1;
    }
  }

  /** Takes the lowest free slot; there must be one. */
  int takeLowest() {
    int index = 0;
    for (int level = levels.length - 1; level >= 0; level--) {
      index = (index << WORD) + Long.numberOfTrailingZeros(levels[level][index]);
    }
    take(index);
    return index;
  }

  private void take(int slot) {
    free--;
    int index = slot;
    for (long[] level : levels) {
      int word = index >>> WORD;
      level[word] &= ~(1L << index);
      if (level[word] != 0) {
        return;
      }
      index = word;
    }
  }

  /** Gives a slot back that was taken. */
  void give(int slot) {
    int word = slot >>> WORD;
    if ((levels[0][word] & 1L << slot) != 0) {
      throw new AssertionError("slot " + slot + " is free already; please report this bug");
    }
    free++;
    int index = slot;
    for (long[] level : levels) {
      word = index >>> WORD;
      boolean hadOne = level[word] != 0;
      level[word] |= 1L << index;
      if (hadOne) {
        return;
      }
      index = word;
    }
  }
}
