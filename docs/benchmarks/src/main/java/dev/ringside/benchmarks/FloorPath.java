// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

/**
 * A receive path by hand: the five-tuple out of the bytes of a frame, one probe of a hash table of
 * 1,000 flows, a ring, another ring, and an array in which the frames' numbers end. No counters, no
 * names, no virtual time, one destination for everything.
 */
final class FloorPath {

  private static final int SLOTS = 4_096;
  private static final int RING = 512;

  private final byte[][] frames;
  private final long[] firstKeys = new long[SLOTS];
  private final long[] secondKeys = new long[SLOTS];
  private final int[] destinations = new int[SLOTS];
  private final int[] hardwareRing = new int[RING];
  private final int[] softwareRing = new int[RING];
  private final int[] inbox = new int[1 << 16];
  private int hardwareHead;
  private int hardwareTail;
  private int softwareHead;
  private int softwareTail;
  private int arrived;
  private int next;

  FloorPath(byte[][] frames) {
    this.frames = frames;
    for (byte[] frame : frames) {
      long first = firstKey(frame);
      long second = secondKey(frame);
      int slot = slot(first, second);
      while (destinations[slot] != 0) {
        slot = (slot + 1) & (SLOTS - 1);
      }
      firstKeys[slot] = first;
      secondKeys[slot] = second;
      destinations[slot] = 1;
    }
  }

  void receiveBurst(int packets) {
    int at = next;
    for (int i = 0; i < packets; i++) {
      if (find(frames[at]) == 1 && hardwareTail - hardwareHead < RING) {
        hardwareRing[hardwareTail++ & (RING - 1)] = at;
      }
      at = at + 1 == frames.length ? 0 : at + 1;
    }
    next = at;
    while (hardwareHead != hardwareTail && softwareTail - softwareHead < RING) {
      softwareRing[softwareTail++ & (RING - 1)] = hardwareRing[hardwareHead++ & (RING - 1)];
    }
    while (softwareHead != softwareTail) {
      inbox[arrived++ & (inbox.length - 1)] = softwareRing[softwareHead++ & (RING - 1)];
    }
  }

  int takeAll() {
    int taken = arrived;
    arrived = 0;
    return taken;
  }

  private int find(byte[] frame) {
    long first = firstKey(frame);
    long second = secondKey(frame);
    int slot = slot(first, second);
    while (destinations[slot] != 0) {
      if (firstKeys[slot] == first && secondKeys[slot] == second) {
        return destinations[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return 0;
  }

  /** Both IPv4 addresses. */
  private static long firstKey(byte[] frame) {
    return frame[12] == 8 && frame[13] == 0 ? word(frame, 26) << 32 | word(frame, 30) : 0;
  }

  /** Protocol and both ports, of a header without options. */
  private static long secondKey(byte[] frame) {
    return frame[14] == 0x45 ? (frame[23] & 0xffL) << 32 | word(frame, 34) : 0;
  }

  private static long word(byte[] frame, int at) {
    return (frame[at] & 0xffL) << 24
        | (frame[at + 1] & 0xffL) << 16
        | (frame[at + 2] & 0xffL) << 8
        | frame[at + 3] & 0xffL;
  }

  private static int slot(long first, long second) {
    long hash = (first ^ second * 0x9e37_79b9_7f4a_7c15L) * 0xbf58_476d_1ce4_e5b9L;
    return (int) (hash >>> 52);
  }
}
