// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import java.util.Arrays;

/**
 * The addresses of the virtual functions of a card that has many of them: which is the last group
 * with an address, and whether any group is promiscuous. The filters say when it is out of date; it
 * is then made anew with the next packet.
 */
final class AddressIndex {

  /** Fewer groups are looked through one by one. */
  static final int FEW = 16;

  private static final long FREE = -1;

  private final PhysicalNic nic;
  private long[] macs = {};
  private int[] numbers = {};
  private boolean promiscuous;
  private int groups;
  private boolean stale;

  AddressIndex(PhysicalNic nic) {
    this.nic = nic;
  }

  /** A filter has changed. */
  void filterChanged() {
    stale = true;
  }

  /** The number of the last group with an address; 0, that of the host, if no function has it. */
  int last(long mac) {
    refresh();
    int place = placeOf(mac);
    return macs[place] == mac ? numbers[place] : 0;
  }

  /** Whether a group takes frames for addresses of others. */
  boolean isAnyPromiscuous() {
    refresh();
    return promiscuous;
  }

  private void refresh() {
    if (stale || groups != nic.groupCount()) {
      groups = nic.groupCount();
      stale = false;
      rebuild();
    }
  }

  private void rebuild() {
    promiscuous = false;
    int count = 0;
    for (int i = 0; i < groups; i++) {
      FrameFilter filter = nic.group(i).filter();
      filter.setIndex(this);
      promiscuous |= filter.isPromiscuous();
      count += i == 0 ? 0 : filter.macCount();
    }
    macs = new long[Integer.highestOneBit(Math.max(1, count)) * 4];
    Arrays.fill(macs, FREE);
    numbers = new int[macs.length];
    for (int i = 1; i < groups; i++) {
      nic.group(i).filter().eachMac(this, i);
    }
  }

  /** A group has an address; later ones replace earlier ones. */
  void add(long mac, int group) {
    int place = placeOf(mac);
    macs[place] = mac;
    numbers[place] = group;
  }

  private int placeOf(long mac) {
    long mixed = mac * 0x9e37_79b9_7f4a_7c15L;
    int mask = macs.length - 1;
    int place = (int) (mixed >>> 40) & mask;
    while (macs[place] != mac && macs[place] != FREE) {
      place = (place + 1) & mask;
    }
    return place;
  }
}
