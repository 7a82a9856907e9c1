// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which NIC each connection takes: open addressing over parallel arrays, so that a look-up
 * allocates nothing. Entries are removed by building the table anew from those that stay.
 */
final class ConnectionTable {

  private static final int INITIAL_SLOTS = 16;
  private static final long[] NO_KEYS = {};
  private static final @Nullable Entry[] NO_ENTRIES = {};

  private final int limit;
  private long[] keys = NO_KEYS;
  private @Nullable Entry[] entries = NO_ENTRIES;
  private int size;

  /** One connection. */
  static final class Entry {
    final Connection connection;
    final List<String> ports = new ArrayList<>(1);
    PortList.Port port;
    long lastUsed;

    Entry(Connection connection, PortList.Port port) {
      this.connection = connection;
      this.port = port;
      ports.add(port.name());
    }

    void moveTo(PortList.Port next) {
      port = next;
      ports.add(next.name());
    }

    Placement placement() {
      return new Placement(connection, ports, port.listed);
    }
  }

  /** A table of at most so many connections. */
  ConnectionTable(int limit) {
    this.limit = limit;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == limit;
  }

  @Nullable Entry find(long key) {
    if (size == 0) {
      return null;
    }
    int mask = keys.length - 1;
    for (int slot = home(key); keys[slot] != 0; slot = (slot + 1) & mask) {
      if (keys[slot] == key) {
        return entries[slot];
      }
    }
    return null;
  }

  /** Adds a connection that is not in it; it must not be full. */
  void add(Entry entry) {
    if (2 * (size + 1) > keys.length) {
      rebuild(Math.max(INITIAL_SLOTS, 2 * keys.length), null, Long.MIN_VALUE);
    }
    insert(entry);
  }

  private void insert(Entry entry) {
    long key = entry.connection.key();
    int slot = home(key);
    while (keys[slot] != 0) {
      slot = (slot + 1) & (keys.length - 1);
    }
    keys[slot] = key;
    entries[slot] = entry;
    size++;
  }

  void remove(Entry entry) {
    rebuild(keys.length, entry, Long.MIN_VALUE);
  }

  /** Removes the connections that have been silent since before a time. */
  void removeSilent(long notUsedSince) {
    rebuild(keys.length, null, notUsedSince);
  }

  private void rebuild(int length, @Nullable Entry except, long notUsedSince) {
    @Nullable Entry[] old = entries;
    keys = new long[length];
    entries = new @Nullable Entry[length];
    size = 0;
    for (Entry entry : old) {
      if (entry == null) {
        continue;
      }
      if (entry == except || entry.lastUsed < notUsedSince) {
        entry.port.connections--;
      } else {
        insert(entry);
      }
    }
  }

  /** The entries, in no order that means anything. */
  List<Entry> entries() {
    List<Entry> all = new ArrayList<>(size);
    for (Entry entry : entries) {
      if (entry != null) {
        all.add(entry);
      }
    }
    return all;
  }

  private int home(long key) {
    return (int) (key >>> 32) & (keys.length - 1);
  }
}
