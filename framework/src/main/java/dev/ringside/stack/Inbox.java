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
  private final Ring ring;
  private long received;

  /** Creates an empty inbox. */
  public Inbox(World world, String owner, int capacity) {
    this.world = world;
    this.ring = new Ring(owner + "/inbox", capacity);
  }

  boolean offer(Packet packet) {
    if (!ring.offer(packet)) {
      return false;
    }
    received++;
    return true;
  }

  Ring ring() {
    return ring;
  }

  /** The name, such as web/inbox. */
  public String name() {
    return ring.name();
  }

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** How many packets are in it. */
  public int size() {
    synchronized (world) {
      return ring.size();
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
    return ring.capacity();
  }

  /** The packets in it, oldest first. */
  public List<Packet> packets() {
    synchronized (world) {
      List<Packet> packets = new ArrayList<>(ring.size());
      for (int i = 0; i < ring.size(); i++) {
        packets.add(ring.get(i));
      }
      return packets;
    }
  }

  /** Takes the oldest packet out; null if there is none. */
  public @Nullable Packet poll() {
    synchronized (world) {
      return ring.poll();
    }
  }

  /** Takes all packets out and forgets them. */
  public void clear() {
    synchronized (world) {
      while (ring.poll() != null) {}
    }
  }

  @Override
  public String toString() {
    return ring.toString();
  }
}
