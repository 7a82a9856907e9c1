// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.world.World;

/**
 * A node of a host with non-uniform memory access, and what its transmit buffers are used for.
 *
 * <pre>{@code
 * NumaNode node = host.transmitBuffers().node(1);
 * node.free() + node.allocated() + node.inDma() == node.buffers();
 * }</pre>
 */
public final class NumaNode {

  private final World world;
  private final NumaTopology topology;
  private final int id;
  private final FreeSlots slots;
  private int allocated;

  NumaNode(World world, NumaTopology topology, int id) {
    this.world = world;
    this.topology = topology;
    this.id = id;
    this.slots = new FreeSlots(topology.buffersOf(id));
  }

  /** Its number, from 0. */
  public int id() {
    return id;
  }

  /** How many processors it has. */
  public int processors() {
    return topology.processorsOf(id);
  }

  /** How far another node is from here. */
  public int distanceTo(NumaNode other) {
    return topology.distance(id, other.id);
  }

  /** How many transmit buffers it has. */
  public int buffers() {
    synchronized (world) {
      return slots.size();
    }
  }

  /** How many of them nobody has. */
  public int free() {
    synchronized (world) {
      return slots.free();
    }
  }

  /** How many of them an application has. */
  public int allocated() {
    synchronized (world) {
      return allocated;
    }
  }

  /** How many of them a card reads from. */
  public int inDma() {
    synchronized (world) {
      return slots.size() - slots.free() - allocated;
    }
  }

  /** As a message needs it: {@code node 1 has 3 of 512 transmit buffers free}. */
  @Override
  public String toString() {
    return "node " + id + " has " + free() + " of " + buffers() + " transmit buffers free";
  }

  // ---- for the pool ----

  int freeSlots() {
    return slots.free();
  }

  int size() {
    return slots.size();
  }

  void add(int buffers) {
    slots.add(buffers);
  }

  int takeLowest() {
    return slots.takeLowest();
  }

  void give(int slot) {
    slots.give(slot);
  }

  void addAllocated(int more) {
    allocated += more;
  }
}
