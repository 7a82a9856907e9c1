// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.Packet;
import dev.ringside.ring.HeldMemory;
import dev.ringside.ring.PacketMemory;
import dev.ringside.ring.Ring;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived at a virtual machine or station and was not taken out yet: everything but ARP
 * and neighbour discovery, which the stack settles by itself. Fragments arrive put together.
 *
 * <pre>{@code
 * web.inbox().packets(); // oldest first
 * web.inbox().clear();
 * }</pre>
 */
public class Inbox {

  /** How many packets an inbox holds unless told otherwise. */
  public static final int DEFAULT_CAPACITY = 65_536;

  private final World world;
  private final String owner;
  private final int capacity;
  private @Nullable Ring ring;
  private long received;

  /** The memory of the newest packets; those before them were let go. Null: none takes up any. */
  private @Nullable HeldMemory held;

  /** Creates an empty inbox. */
  public Inbox(World world, String owner, int capacity) {
    this.world = world;
    this.owner = owner;
    this.capacity = capacity;
  }

  /** Keeps a packet, and its memory if it takes up some, unless it is full. */
  boolean offer(Packet packet, @Nullable PacketMemory memory, long bytes) {
    if (!ring().offer(packet)) {
      return false;
    }
    received++;
    if (held != null) {
      held.add(memory, bytes);
    } else if (memory != null) {
      held = new HeldMemory();
      held.add(memory, bytes);
    }
    return true;
  }

  Ring ring() {
    if (ring == null) {
      ring = new Ring(name(), capacity);
    }
    return ring;
  }

  /** The name, such as web/inbox. */
  public String name() {
    return owner + "/inbox";
  }

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** How many packets are in it. */
  public int size() {
    synchronized (world) {
      return ring == null ? 0 : ring.size();
    }
  }

  /** How many packets have ever arrived in it. */
  public long received() {
    synchronized (world) {
      return received;
    }
  }

  /** How many packets it can hold. */
  public int capacity() {
    return capacity;
  }

  /** The packets in it, oldest first. */
  public List<Packet> packets() {
    synchronized (world) {
      return ring == null ? new ArrayList<>(0) : ring.packets();
    }
  }

  /** How many packets in it take up memory of a quota. */
  public int held() {
    synchronized (world) {
      return held == null ? 0 : held.size();
    }
  }

  /**
   * Gives the memory of so many of the oldest packets back that still have it, as a consumer does
   * that is done with them; what waits for it arrives before this returns. The packets themselves
   * stay for the test to look at. Where nothing is charged to a quota there is nothing to do.
   *
   * @return how many there were
   */
  public int release(int most) {
    synchronized (world.whileOpen()) {
      return free(most);
    }
  }

  /** Takes the oldest packet out, and gives its memory back; null if there is none. */
  public @Nullable Packet poll() {
    synchronized (world) {
      if (ring == null) {
        return null;
      }
      boolean holds = held != null && held.size() == ring.size();
      Packet packet = ring.poll();
      if (holds && !world.isClosed()) {
        free(1);
      }
      return packet;
    }
  }

  /** Runs an operation only if somebody was woken: most often nobody waits. */
  private int free(int most) {
    int before = world.scheduled();
    int freed = held == null ? 0 : held.freeOldest(most);
    if (world.scheduled() != before) {
      world.run(Due.NOW);
    }
    return freed;
  }

  /** Takes all packets out, gives their memory back, and forgets them. */
  public void clear() {
    synchronized (world) {
      if (ring != null) {
        ring.clear();
      }
      if (held != null && !world.isClosed()) {
        release(Integer.MAX_VALUE);
      }
    }
  }

  @Override
  public String toString() {
    return ring().toString();
  }

  /** Lets happen what is due; loaded only where somebody waits. */
  private enum Due implements Runnable {
    NOW;

    @Override
    public void run() {}
  }
}
