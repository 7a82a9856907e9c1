// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which port a station was last heard on, by VLAN and MAC address: open addressing over parallel
 * arrays, so that a look-up allocates nothing. Removal leaves no gaps (backward shift).
 */
final class ForwardingTable {

  private static final int INITIAL_SLOTS = 16;
  private static final long EMPTY = -1;

  private final int limit;
  private long[] keys = {};
  private long[] heardAt = {};
  private @Nullable SwitchPort[] ports = {};
  private int size;

  /** A table of at most so many stations. */
  ForwardingTable(int limit) {
    this.limit = limit;
  }

  int size() {
    return size;
  }

  static long key(int vlan, long mac) {
    return ((long) vlan << 48) | mac;
  }

  @Nullable SwitchPort find(long key, long notHeardSince) {
    int slot = slotOf(key);
    return slot < 0 || heardAt[slot] < notHeardSince ? null : ports[slot];
  }

  /** Notes that a station was heard on a port; forgets nothing to make room. */
  boolean learn(long key, SwitchPort port, long now) {
    int slot = slotOf(key);
    if (slot >= 0) {
      ports[slot] = port;
      heardAt[slot] = now;
      return true;
    }
    if (size == limit) {
      return false;
    }
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    insert(key, port, now);
    return true;
  }

  private void insert(long key, @Nullable SwitchPort port, long now) {
    int slot = home(key);
    while (keys[slot] != EMPTY) {
      slot = (slot + 1) & (keys.length - 1);
    }
    keys[slot] = key;
    ports[slot] = port;
    heardAt[slot] = now;
    size++;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldHeardAt = heardAt;
    @Nullable SwitchPort[] oldPorts = ports;
    int length = Math.max(INITIAL_SLOTS, oldKeys.length * 2);
    keys = new long[length];
    Arrays.fill(keys, EMPTY);
    heardAt = new long[length];
    ports = new @Nullable SwitchPort[length];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != EMPTY) {
        insert(oldKeys[i], oldPorts[i], oldHeardAt[i]);
      }
    }
  }

  /** Forgets the stations of a port, or with null those not heard since a time. */
  void forget(@Nullable SwitchPort port, long notHeardSince) {
    for (int slot = keys.length - 1; slot >= 0; slot--) {
      // A shift moves a later entry into this slot, so look again until it is one that stays.
      while (keys[slot] != EMPTY
          && (port == null ? heardAt[slot] < notHeardSince : ports[slot] == port)) {
        remove(slot);
      }
    }
  }

  private void remove(int gapSlot) {
    int gap = gapSlot;
    int mask = keys.length - 1;
    for (int slot = (gap + 1) & mask; keys[slot] != EMPTY; slot = (slot + 1) & mask) {
      int home = home(keys[slot]);
      if (((slot - home) & mask) >= ((slot - gap) & mask)) {
        keys[gap] = keys[slot];
        ports[gap] = ports[slot];
        heardAt[gap] = heardAt[slot];
        gap = slot;
      }
    }
    keys[gap] = EMPTY;
    ports[gap] = null;
    size--;
  }

  /** The stations in no order that means anything: callers sort. */
  long[] keys() {
    long[] found = new long[size];
    int count = 0;
    for (long key : keys) {
      if (key != EMPTY) {
        found[count++] = key;
      }
    }
    Arrays.sort(found);
    return found;
  }

  private int slotOf(long key) {
    if (size == 0) {
      return -1;
    }
    int mask = keys.length - 1;
    for (int slot = home(key); keys[slot] != EMPTY; slot = (slot + 1) & mask) {
      if (keys[slot] == key) {
        return slot;
      }
    }
    return -1;
  }

  private int home(long key) {
    long mixed = key * 0x9e37_79b9_7f4a_7c15L;
    return (int) (mixed >>> 40) & (keys.length - 1);
  }
}
