// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.Packet;
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
public final class Inbox {

  /** How many packets an inbox holds unless told otherwise. */
  public static final int DEFAULT_CAPACITY = 65_536;

  private final World world;
  private final String owner;
  private final int capacity;
  private @Nullable Ring ring;
  private long received;

  /** Creates an empty inbox. */
  public Inbox(World world, String owner, int capacity) {
    this.world = world;
    this.owner = owner;
    this.capacity = capacity;
  }

  boolean offer(Packet packet) {
    if (!ring().offer(packet)) {
      return false;
    }
    received++;
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
      int size = size();
      List<Packet> packets = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        packets.add(ring().get(i));
      }
      return packets;
    }
  }

  /** Takes the oldest packet out; null if there is none. */
  public @Nullable Packet poll() {
    synchronized (world) {
      return ring == null ? null : ring.poll();
    }
  }

  /** Takes all packets out and forgets them. */
  public void clear() {
    synchronized (world) {
      if (ring != null) {
        ring.clear();
      }
    }
  }

  @Override
  public String toString() {
    return ring().toString();
  }
}
