// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which port a station was last heard on, by VLAN and MAC address: open addressing over parallel
 * arrays, so that a look-up allocates nothing. Entries are never removed one by one: forgetting
 * builds the table anew from those that stay, and is asked for only where there is something to
 * forget.
 */
final class ForwardingTable {

  private static final int INITIAL_SLOTS = 16;
  private static final long EMPTY = -1;

  /** When a station was heard that was not heard but told, and is not forgotten with time. */
  private static final long PINNED = Long.MAX_VALUE;

  private static final long[] NO_NUMBERS = {};
  private static final @Nullable SwitchPort[] NO_PORTS = {};

  private final int limit;
  private long[] keys = NO_NUMBERS;
  private long[] heardAt = NO_NUMBERS;
  private @Nullable SwitchPort[] ports = NO_PORTS;
  private int size;

  /** No station was heard before this time, so nothing older can be forgotten. */
  private long earliest = Long.MAX_VALUE;

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

  /**
   * Notes that a station was heard on a port. A full table forgets stations not heard since a time;
   * if there are none, it learns nothing.
   */
  void learn(long key, SwitchPort port, long now, long notHeardSince) {
    int slot = slotOf(key);
    if (slot >= 0) {
      if (heardAt[slot] != PINNED) {
        put(slot, port);
        heardAt[slot] = now;
      }
      return;
    }
    add(key, port, now, notHeardSince);
  }

  /**
   * Notes where a station is, and believes nothing else until the port's stations are forgotten.
   */
  void pin(long key, SwitchPort port) {
    int slot = slotOf(key);
    if (slot >= 0) {
      put(slot, port);
      heardAt[slot] = PINNED;
    } else {
      add(key, port, PINNED, Long.MIN_VALUE);
    }
  }

  /** Forgets where a station is that was pinned; whatever is heard next counts. */
  void unpin(long key) {
    int slot = slotOf(key);
    if (slot >= 0 && heardAt[slot] == PINNED) {
      forget(slot);
    }
  }

  /** Forgets where a station is, however that is known. */
  void forget(long key) {
    int slot = slotOf(key);
    if (slot >= 0) {
      forget(slot);
    }
  }

  private void forget(int slot) {
    heardAt[slot] = Long.MIN_VALUE;
    earliest = Long.MIN_VALUE;
  }

  private void add(long key, SwitchPort port, long now, long notHeardSince) {
    if (size == limit) {
      forgetSilent(notHeardSince);
    }
    if (size < limit) {
      if (2 * (size + 1) > keys.length) {
        rebuild(Math.max(INITIAL_SLOTS, keys.length * 2), null, Long.MIN_VALUE);
      }
      insert(key, port, now);
    }
  }

  private void insert(long key, SwitchPort port, long now) {
    int slot = home(key);
    while (keys[slot] != EMPTY) {
      slot = (slot + 1) & (keys.length - 1);
    }
    keys[slot] = key;
    put(slot, port);
    heardAt[slot] = now;
    earliest = Math.min(earliest, now);
    size++;
  }

  private void put(int slot, SwitchPort port) {
    ports[slot] = port;
    port.setHasStations(true);
  }

  /** Forgets the stations of a port. */
  void forget(SwitchPort port) {
    if (port.hasStations()) {
      rebuild(keys.length, port, Long.MIN_VALUE);
      port.setHasStations(false);
    }
  }

  private void forgetSilent(long notHeardSince) {
    if (earliest < notHeardSince) {
      rebuild(keys.length, null, notHeardSince);
    }
  }

  private void rebuild(int length, @Nullable SwitchPort except, long notHeardSince) {
    long[] oldKeys = keys;
    long[] oldHeardAt = heardAt;
    @Nullable SwitchPort[] oldPorts = ports;
    keys = new long[length];
    Arrays.fill(keys, EMPTY);
    heardAt = new long[length];
    ports = new @Nullable SwitchPort[length];
    size = 0;
    earliest = Long.MAX_VALUE;
    for (int i = 0; i < oldKeys.length; i++) {
      SwitchPort port = oldPorts[i];
      if (port != null && port != except && oldHeardAt[i] >= notHeardSince) {
        insert(oldKeys[i], port, oldHeardAt[i]);
      }
    }
  }

  /** The stations by VLAN and MAC address. */
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
