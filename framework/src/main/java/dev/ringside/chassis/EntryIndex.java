// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import org.jspecify.annotations.Nullable;

/** Finds entries by VLAN and MAC address without allocating: open addressing, linear probing. */
final class EntryIndex {

  private static final int INITIAL_SLOTS = 16;

  private @Nullable Row[] rows = new @Nullable Row[INITIAL_SLOTS];
  private int size;

  /**
   * What is known of an address.
   *
   * @param key VLAN and MAC address
   * @param entry where its virtual machine is
   * @param forwardUntil before this time, in nanoseconds, what comes late is forwarded
   */
  record Row(long key, SwitchingEntry entry, long forwardUntil) {}

  static long key(int vlan, long mac) {
    return ((long) vlan << 48) | mac;
  }

  @Nullable Row find(long key) {
    int mask = rows.length - 1;
    for (int slot = home(key, mask); ; slot = (slot + 1) & mask) {
      Row row = rows[slot];
      if (row == null || row.key == key) {
        return row;
      }
    }
  }

  void put(Row row) {
    if (find(row.key) == null && 2 * ++size > rows.length) {
      rebuild(2 * rows.length, row.key);
    }
    insert(row);
  }

  void remove(long key) {
    if (find(key) != null) {
      size--;
      rebuild(rows.length, key);
    }
  }

  private void insert(Row row) {
    int mask = rows.length - 1;
    int slot = home(row.key, mask);
    for (Row other = rows[slot]; other != null && other.key != row.key; other = rows[slot]) {
      slot = (slot + 1) & mask;
    }
    rows[slot] = row;
  }

  private void rebuild(int slots, long except) {
    @Nullable Row[] former = rows;
    rows = new @Nullable Row[slots];
    for (Row row : former) {
      if (row != null && row.key != except) {
        insert(row);
      }
    }
  }

  private static int home(long key, int mask) {
    return (int) ((key * 0x9e37_79b9_7f4a_7c15L) >>> 40) & mask;
  }
}
