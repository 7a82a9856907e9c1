// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The guests of a host, in order. Few are found by their names one after the other; from the first
 * look-up among many on there is an index.
 */
final class Guests implements Iterable<Guest> {

  private static final int FEW = 16;

  private Guest[] guests;
  private int size;
  private @Nullable Map<String, Guest> byName;

  Guests(int expected) {
    guests = new Guest[expected];
  }

  int size() {
    return size;
  }

  void add(Guest guest) {
    if (size == guests.length) {
      guests = Arrays.copyOf(guests, Math.max(4, 2 * size));
    }
    guests[size++] = guest;
    if (byName != null) {
      byName.put(guest.name(), guest);
    }
  }

  void remove(Guest guest) {
    int at = 0;
    while (guests[at] != guest) {
      at++;
    }
    System.arraycopy(guests, at + 1, guests, at, --size - at);
    Arrays.fill(guests, size, size + 1, null);
    if (byName != null) {
      byName.remove(guest.name());
    }
  }

  @Nullable Guest find(String name) {
    if (size > FEW) {
      return index().get(name);
    }
    for (int i = 0; i < size; i++) {
      if (guests[i].name().equals(name)) {
        return guests[i];
      }
    }
    return null;
  }

  private Map<String, Guest> index() {
    if (byName == null) {
      byName = new LinkedHashMap<>(2 * size);
      for (Guest guest : this) {
        byName.put(guest.name(), guest);
      }
    }
    return byName;
  }

  List<String> names() {
    List<String> names = new ArrayList<>(size);
    for (Guest guest : this) {
      names.add(guest.name());
    }
    return names;
  }

  List<VirtualMachine> vms() {
    List<VirtualMachine> vms = new ArrayList<>(size);
    for (Guest guest : this) {
      vms.add(guest.vm());
    }
    return vms;
  }

  @Override
  public Iterator<Guest> iterator() {
    return Arrays.asList(guests).subList(0, size).iterator();
  }
}
