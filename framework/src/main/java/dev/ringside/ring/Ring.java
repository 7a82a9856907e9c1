// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bounded first-in, first-out queue of packets: descriptors of a card, a software queue, guest
 * memory. Full is an answer, not an error: the newest packet is refused and counted (tail drop).
 *
 * <pre>{@code
 * Ring ring = new Ring("p0/rx3", 256);
 * if (!ring.offer(packet)) {
 *   account.addDropped(DropReason.RING_FULL);
 * }
 * }</pre>
 *
 * <p>Slots are allocated as they are needed. Not safe for use by several threads; the lab's lock
 * guards it.
 */
public final class Ring {

  private static final int INITIAL_SLOTS = 8;
  private static final @Nullable Packet[] NO_SLOTS = {};

  private final String name;
  private final int capacity;
  private @Nullable Packet[] slots = NO_SLOTS;
  private long @Nullable [] numbers;
  private int head;
  private int size;
  private int highest;
  private long enqueued;
  private long dequeued;
  private long refused;

  /**
   * Creates an empty ring.
   *
   * @param capacity the most packets it holds, 0 or more
   */
  public Ring(String name, int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException(
          "ring " + name + ": capacity " + capacity + " must not be negative");
    }
    this.name = name;
    this.capacity = capacity;
  }

  /** The name, such as p0/rx3. */
  public String name() {
    return name;
  }

  /** The most packets it holds. */
  public int capacity() {
    return capacity;
  }

  /** How many packets are in it. */
  public int size() {
    return size;
  }

  /** Whether nothing is in it. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Whether the next packet will be refused. */
  public boolean isFull() {
    return size == capacity;
  }

  /** The most packets that were in it at any time. */
  public int highestSize() {
    return highest;
  }

  /** Packets that it has taken. */
  public long enqueued() {
    return enqueued;
  }

  /** Packets that were taken out of it, by its consumer or because it was cleared. */
  public long dequeued() {
    return dequeued;
  }

  /** Packets that it has refused because it was full. */
  public long refused() {
    return refused;
  }

  /** Appends a packet, unless the ring is full. */
  public boolean offer(Packet packet) {
    return offer(packet, 0);
  }

  /** Appends a packet with a number, unless the ring is full. */
  boolean offer(Packet packet, long number) {
    if (size == slots.length && !grow()) {
      refused++;
      return false;
    }
    int last = slot(size);
    slots[last] = packet;
    if (number != 0 && numbers == null) {
      numbers = new long[slots.length];
    }
    if (numbers != null) {
      numbers[last] = number;
    }
    size++;
    if (size > highest) {
      highest = size;
    }
    enqueued++;
    return true;
  }

  /** Counts a packet that is refused although there may be slots. */
  void refuse() {
    refused++;
  }

  private boolean grow() {
    if (slots.length == capacity) {
      return false;
    }
    int length = (int) Math.min(capacity, Math.max(INITIAL_SLOTS, slots.length * 2L));
    @Nullable Packet[] larger = new @Nullable Packet[length];
    int first = slots.length - head;
    System.arraycopy(slots, head, larger, 0, first);
    System.arraycopy(slots, 0, larger, first, head);
    if (numbers != null) {
      long[] more = new long[length];
      System.arraycopy(numbers, head, more, 0, first);
      System.arraycopy(numbers, 0, more, first, head);
      numbers = more;
    }
    slots = larger;
    head = 0;
    return true;
  }

  /** Takes the oldest packet out; null if there is none. */
  public @Nullable Packet poll() {
    if (size == 0) {
      return null;
    }
    Packet packet = slots[head];
    slots[head] = null;
    head = head + 1 == slots.length ? 0 : head + 1;
    size--;
    dequeued++;
    return packet;
  }

  /**
   * Takes the packets out that match, wherever they are; the others keep their order.
   *
   * @param fate answers for what is taken out
   */
  void remove(PacketMatcher unwanted, PacketSink fate) {
    boolean[] goes = new boolean[size];
    for (int i = 0; i < goes.length; i++) {
      goes[i] = unwanted.matches(get(i));
    }
    for (boolean gone : goes) {
      long number = number();
      Packet packet = poll();
      if (gone && packet != null) {
        fate.accept(packet);
      } else if (packet != null) {
        offer(packet, number); // where it was: neither taken out nor put in
        dequeued--;
        enqueued--;
      }
    }
  }

  /**
   * Takes a packet out by its place, 0 being the oldest; the others keep their order.
   *
   * @throws IndexOutOfBoundsException if the place is not below {@link #size}
   */
  public Packet remove(int index) {
    Packet removed = get(index);
    size--;
    for (int i = index; i < size; i++) {
      slots[slot(i)] = slots[slot(i + 1)];
      if (numbers != null) {
        numbers[slot(i)] = numbers[slot(i + 1)];
      }
    }
    slots[slot(size)] = null;
    dequeued++;
    return removed;
  }

  /** Takes all packets out and forgets them. */
  public void clear() {
    Arrays.fill(slots, null);
    dequeued += size;
    head = 0;
    size = 0;
  }

  /** The oldest packet, left where it is; null if there is none. */
  public @Nullable Packet peek() {
    return size == 0 ? null : slots[head];
  }

  /** The number of the oldest packet; 0 if it has none, or there is no packet. */
  long number() {
    return numbers == null || size == 0 ? 0 : numbers[head];
  }

  /**
   * A packet by its place, 0 being the oldest; left where it is.
   *
   * @throws IndexOutOfBoundsException if the place is not below {@link #size}
   */
  public Packet get(int index) {
    Objects.checkIndex(index, size);
    Packet packet = slots[slot(index)];
    if (packet == null) {
      throw new AssertionError("ring " + name + " has an empty slot; please report this bug");
    }
    return packet;
  }

  /** The slot of a packet by its place, or of the one that would come next. */
  private int slot(int index) {
    int at = head + index;
    return at < slots.length ? at : at - slots.length;
  }

  /** The packets in it, oldest first; left where they are. */
  public List<Packet> packets() {
    List<Packet> packets = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      packets.add(get(i));
    }
    return packets;
  }

  /** As a message needs it: {@code ring p0/rx3 has 256 of 256 slots in use}. */
  @Override
  public String toString() {
    return "ring " + name + " has " + size + " of " + capacity + " slots in use";
  }
}
