// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import org.jspecify.annotations.Nullable;

/**
 * The memory of packets that somebody holds, the oldest first; some packets take up none.
 *
 * <pre>{@code
 * held.add(memory, packet.length());
 * held.freeOldest(); // the consumer is done with the first
 * }</pre>
 *
 * <p>Guarded by the lock of the lab. Allocates nothing once it has grown.
 */
public final class HeldMemory {

  private static final int INITIAL_CAPACITY = 8;

  private @Nullable PacketMemory[] memories = new @Nullable PacketMemory[INITIAL_CAPACITY];
  private long[] bytes = new long[INITIAL_CAPACITY];
  private int head;
  private int size;

  /** Creates one in which nothing is held. */
  public HeldMemory() {}

  /** How many packets are held. */
  public int size() {
    return size;
  }

  /** Another packet is held; with null it takes up no memory. */
  public void add(@Nullable PacketMemory memory, long newBytes) {
    if (size == memories.length) {
      grow();
    }
    int at = head + size;
    at = at < memories.length ? at : at - memories.length;
    if (memories[at] != memory) { // most often one target pays for all of them
      memories[at] = memory;
    }
    bytes[at] = newBytes;
    size++;
  }

  private void grow() {
    int capacity = memories.length;
    @Nullable PacketMemory[] moreMemories = new @Nullable PacketMemory[2 * capacity];
    long[] moreBytes = new long[2 * capacity];
    int first = capacity - head;
    System.arraycopy(memories, head, moreMemories, 0, first);
    System.arraycopy(memories, 0, moreMemories, first, head);
    System.arraycopy(bytes, head, moreBytes, 0, first);
    System.arraycopy(bytes, 0, moreBytes, first, head);
    memories = moreMemories;
    bytes = moreBytes;
    head = 0;
  }

  /**
   * Frees the memory of the oldest packet, which is held no longer.
   *
   * @return false if there is none
   */
  public boolean freeOldest() {
    if (size == 0) {
      return false;
    }
    PacketMemory memory = memories[head];
    long amount = bytes[head];
    head = head + 1 == memories.length ? 0 : head + 1;
    size--;
    if (memory != null) {
      memory.free(amount);
    }
    return true;
  }

  /**
   * Frees the memory of so many of the oldest packets.
   *
   * @return how many there were
   */
  public int freeOldest(int most) {
    int freed = 0;
    while (freed < most && freeOldest()) {
      freed++;
    }
    return freed;
  }
}
