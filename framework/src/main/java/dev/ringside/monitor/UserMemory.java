// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.packet.Packet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a monitoring application that a card writes into: so many slots, each for the bytes
 * of one packet. A slot that is in use is never overwritten; it is free again when the application
 * releases it.
 *
 * <pre>{@code
 * Monitor monitor = host.monitor(tcp().port(80), userMemory(slots(64).of(256)));
 * monitor.memory().used() + monitor.memory().free() == 64
 * }</pre>
 */
public final class UserMemory {

  /** The most slots that a memory can have. */
  public static final int MAX_SLOTS = 1 << 20;

  /** How long a slot is unless it is told: an Ethernet frame and room to spare. */
  public static final int DEFAULT_SLOT_BYTES = 2_048;

  private static final int NONE = -1;

  private final int slots;
  private final int slotBytes;
  private final byte[] @Nullable [] bytes;
  private final int[] lengths;
  private final int[] realLengths;
  private final int[] cards;
  private final long[] times;
  private final long[] packetIds;

  /** How often each slot was filled, so that a handle knows whether it is still the same packet. */
  private final int[] fillings;

  /** The slots in use in the order of capture, and behind {@code firstFree} those that are free. */
  private final int[] next;

  private final int[] previous;
  private int oldest = NONE;
  private int newest = NONE;
  private int firstFree;
  private int used;
  private int highestUsed;
  private long copies;
  private @Nullable String owner;

  /** The lab's lock once it belongs to a monitor. */
  private Object labLock = this;

  private UserMemory(Slots shape) {
    this.slots = shape.count();
    this.slotBytes = shape.bytes();
    this.bytes = new byte @Nullable [slots][];
    this.lengths = new int[slots];
    this.realLengths = new int[slots];
    this.cards = new int[slots];
    this.times = new long[slots];
    this.packetIds = new long[slots];
    this.fillings = new int[slots];
    this.next = new int[slots];
    this.previous = new int[slots];
    for (int i = 0; i < slots; i++) {
      next[i] = i + 1 == slots ? NONE : i + 1;
    }
    this.firstFree = slots == 0 ? NONE : 0;
  }

  /**
   * How many slots a memory has, and how long each is.
   *
   * <pre>{@code
   * slots(64).of(256)
   * }</pre>
   *
   * @param count 0 to {@link #MAX_SLOTS}
   * @param bytes the length of each, 1 to {@link Packet#MAX_BYTES}
   */
  public record Slots(int count, int bytes) {

    /** Checks the ranges. */
    public Slots {
      if (count < 0 || count > MAX_SLOTS) {
        throw new IllegalArgumentException(
            "user memory of " + count + " slots: it must have 0 to " + MAX_SLOTS);
      }
      if (bytes < 1 || bytes > Packet.MAX_BYTES) {
        throw new IllegalArgumentException(
            "user memory with slots of " + bytes + " bytes: say 1 to " + Packet.MAX_BYTES);
      }
    }

    /** As many slots, of so many bytes. */
    public Slots of(int bytesEach) {
      return new Slots(count, bytesEach);
    }
  }

  /** So many slots of {@link #DEFAULT_SLOT_BYTES}. */
  public static Slots slots(int count) {
    return new Slots(count, DEFAULT_SLOT_BYTES);
  }

  /** New memory, for one monitor. */
  public static UserMemory userMemory(Slots shape) {
    return new UserMemory(shape);
  }

  // ---- what it is ----

  /** How many slots it has. */
  public int slots() {
    return slots;
  }

  /** How many bytes of a packet fit into a slot. */
  public int slotBytes() {
    return slotBytes;
  }

  /** Slots that hold a packet. */
  public int used() {
    synchronized (lock()) {
      return used;
    }
  }

  /** Slots that the card may write into. */
  public int free() {
    synchronized (lock()) {
      return slots - used;
    }
  }

  /** The most slots that were in use at any time. */
  public int highestUsed() {
    synchronized (lock()) {
      return highestUsed;
    }
  }

  /** How often a packet was copied into it. */
  public long copies() {
    synchronized (lock()) {
      return copies;
    }
  }

  /** Such as {@code user memory has 64 of 64 slots in use}. */
  @Override
  public String toString() {
    return "user memory has " + used() + " of " + slots + " slots in use";
  }

  // ---- for its monitor ----

  /** Nobody else may have it: two writers would not know which slots are free. */
  void claim(String newOwner, Object newLock) {
    if (owner != null) {
      throw new IllegalArgumentException(
          "this user memory belongs to monitor " + owner + "; make another for " + newOwner);
    }
    owner = newOwner;
    labLock = newLock;
  }

  private Object lock() {
    return labLock;
  }

  /** Whether no slot is free. */
  boolean isFull() {
    return used == slots;
  }

  /** Copies the packet into a free slot, as far as it fits. */
  int store(Packet packet, long time, int card) {
    int slot = firstFree;
    if (slot == NONE) {
      throw new AssertionError(this + ", but one was to be filled; please report this bug");
    }
    firstFree = next[slot];
    copy(packet, slot);
    realLengths[slot] = packet.length();
    times[slot] = time;
    cards[slot] = card;
    packetIds[slot] = packet.id();
    fillings[slot]++;
    append(slot);
    return slot;
  }

  private void copy(Packet packet, int slot) {
    byte[] target = bytes[slot];
    if (target == null) {
      target = new byte[slotBytes];
      bytes[slot] = target;
    }
    int length = Math.min(packet.length(), slotBytes);
    packet.copyTo(target, 0, length);
    lengths[slot] = length;
    copies++;
  }

  private void append(int slot) {
    next[slot] = NONE;
    previous[slot] = newest;
    if (newest == NONE) {
      oldest = slot;
    } else {
      next[newest] = slot;
    }
    newest = slot;
    used++;
    highestUsed = Math.max(highestUsed, used);
  }

  void release(int slot) {
    int before = previous[slot];
    int behind = next[slot];
    if (before == NONE) {
      oldest = behind;
    } else {
      next[before] = behind;
    }
    if (behind == NONE) {
      newest = before;
    } else {
      previous[behind] = before;
    }
    fillings[slot]++;
    next[slot] = firstFree;
    firstFree = slot;
    used--;
  }

  /** The slot of the oldest packet, -1 if there is none. */
  int oldest() {
    return oldest;
  }

  /** The slot of the packet that was captured next, -1 if there is none. */
  int after(int slot) {
    return next[slot];
  }

  int filling(int slot) {
    return fillings[slot];
  }

  int length(int slot) {
    return lengths[slot];
  }

  int realLength(int slot) {
    return realLengths[slot];
  }

  int card(int slot) {
    return cards[slot];
  }

  long time(int slot) {
    return times[slot];
  }

  /** What the slot holds, as a packet under the number that it had in the lab. */
  Packet packet(int slot) {
    byte[] content = bytes[slot];
    if (content == null) {
      throw new AssertionError("slot " + slot + " was never filled; please report this bug");
    }
    return Packet.of(Arrays.copyOf(content, lengths[slot])).withId(packetIds[slot]);
  }
}
