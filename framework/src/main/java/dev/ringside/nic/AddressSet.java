// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import java.util.Arrays;

/**
 * A set of addresses in an array of numbers. Few stand one after the other and fill the array; many
 * are a hash table with open addressing behind a first number that says how many they are.
 *
 * <pre>
 *   few    a b c
 *   many   count | - b - - a c - ...   two places or more for each
 * </pre>
 */
final class AddressSet {

  static final long[] NONE = {};

  private static final int FEW = 16;
  private static final long FREE = -1;

  private AddressSet() {}

  static boolean contains(long[] set, long wanted) {
    return set.length > FEW ? set[place(set, wanted)] == wanted : isInList(set, wanted);
  }

  static int size(long[] set) {
    return set.length > FEW ? (int) set[0] : set.length;
  }

  /** Tells an index that a group has these addresses. */
  static void addTo(AddressIndex index, long[] set, int group) {
    for (int i = set.length > FEW ? 1 : 0; i < set.length; i++) {
      if (set[i] != FREE) {
        index.add(set[i], group);
      }
    }
  }

  /** The set with one more, which may be the same array. */
  static long[] with(long[] set, long more) {
    if (set.length < FEW) {
      return listWith(set, more);
    }
    if (contains(set, more)) {
      return set;
    }
    long[] table = set;
    if (set.length == FEW) {
      table = table(4 * FEW);
      for (long each : set) {
        insert(table, each);
      }
    } else if (2 * (set[0] + 1) >= set.length) {
      table = larger(set);
    }
    insert(table, more);
    return table;
  }

  /** The set without one, which may be the same array. */
  static long[] without(long[] set, long less) {
    if (set.length <= FEW) {
      return listWithout(set, less);
    }
    if (contains(set, less)) {
      remove(set, less);
    }
    return set[0] == 0 ? NONE : set;
  }

  // ---- few, or those whose order counts ----

  static boolean isInList(long[] list, long wanted) {
    for (long each : list) {
      if (each == wanted) {
        return true;
      }
    }
    return false;
  }

  static long[] listWith(long[] list, long more) {
    if (isInList(list, more)) {
      return list;
    }
    long[] longer = Arrays.copyOf(list, list.length + 1);
    longer[list.length] = more;
    return longer;
  }

  static long[] listWithout(long[] list, long less) {
    if (!isInList(list, less)) {
      return list;
    }
    int kept = 0;
    long[] shorter = new long[list.length - 1]; // each is in there once
    for (long each : list) {
      if (each != less) {
        shorter[kept++] = each;
      }
    }
    return shorter;
  }

  // ---- many ----

  private static long[] table(int places) {
    long[] table = new long[1 + places];
    Arrays.fill(table, 1, table.length, FREE);
    return table;
  }

  private static long[] larger(long[] set) {
    long[] table = table(2 * (set.length - 1));
    for (int i = 1; i < set.length; i++) {
      if (set[i] != FREE) {
        insert(table, set[i]);
      }
    }
    return table;
  }

  private static void insert(long[] table, long more) {
    table[place(table, more)] = more;
    table[0]++;
  }

  /** Where it is or, if it is not there, the free place for it. */
  private static int place(long[] table, long wanted) {
    int place = home(table, wanted);
    while (table[place] != wanted && table[place] != FREE) {
      place = next(table, place);
    }
    return place;
  }

  /** Those behind it move up, so that no look-up ends at its place too soon. */
  private static void remove(long[] table, long less) {
    int place = place(table, less);
    table[place] = FREE;
    table[0]--;
    for (int at = next(table, place); table[at] != FREE; at = next(table, at)) {
      long moved = table[at];
      table[at] = FREE;
      table[place(table, moved)] = moved;
    }
  }

  private static int home(long[] table, long wanted) {
    long mixed = wanted * 0x9e37_79b9_7f4a_7c15L;
    return 1 + ((int) (mixed >>> 40) & (table.length - 2));
  }

  private static int next(long[] table, int place) {
    return place == table.length - 1 ? 1 : place + 1;
  }
}
