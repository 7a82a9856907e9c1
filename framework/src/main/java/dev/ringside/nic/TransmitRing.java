// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Priority;
import dev.ringside.ring.Ring;
import dev.ringside.time.Pacer;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The transmit ring of one owner of the card, the host or a virtual function, with the rates that
 * the owner is held to. What it cannot hold is dropped, the newest first.
 *
 * <pre>{@code
 * host.pnic("p0").transmitRing().size();                  // what the host waits to send
 * host.pnic("p0").virtualFunction(0).transmitRing().droppedFull();
 * }</pre>
 */
public class TransmitRing {

  private final World world;
  private final String place;
  private final int capacity;
  private final RingGroup owner;
  private Pacer most = Pacer.UNLIMITED;
  private Pacer least = Pacer.UNLIMITED;
  private @Nullable Ring ring;
  private @Nullable RingBuffers buffers;
  private Priority priority = Priority.NORMAL;
  private boolean needsLink = true;
  private int number;

  /**
   * Creates an empty ring.
   *
   * @param place the card or function that it is in, such as p0
   */
  TransmitRing(World world, String place, int capacity, RingGroup owner) {
    this.world = world;
    this.place = place;
    this.capacity = capacity;
    this.owner = owner;
  }

  // ---- to look at ----

  /** The name, such as p0/tx. */
  public String name() {
    return place + "/tx";
  }

  /** How many packets it can hold. */
  public int capacity() {
    return capacity;
  }

  /** How many packets wait in it. */
  public int size() {
    synchronized (world) {
      return waiting();
    }
  }

  /** How many of them wait for a transmit buffer; 0 where the host has none to wait for. */
  public int waitingForBuffers() {
    synchronized (world) {
      return buffers == null ? 0 : waiting() - buffers.ready();
    }
  }

  /** Who goes first while the card is busy. */
  public Priority priority() {
    synchronized (world) {
      return priority;
    }
  }

  /** How many packets it has taken, whatever became of them. */
  public long taken() {
    synchronized (world) {
      return ring == null ? 0 : ring.enqueued();
    }
  }

  /** How many packets it has refused because it was full. */
  public long droppedFull() {
    synchronized (world) {
      return ring == null ? 0 : ring.refused();
    }
  }

  /** As a message needs it: {@code ring p0/tx has 512 of 512 slots in use}. */
  @Override
  public String toString() {
    synchronized (world) {
      return ring().toString();
    }
  }

  // ---- for the card ----

  /** Frames that come from here are not sent back to here. */
  RingGroup owner() {
    return owner;
  }

  /** Whether it waits for the link of the card; one that does not reaches the card's others. */
  boolean needsLink() {
    return needsLink;
  }

  void setNeedsLink(boolean needs) {
    needsLink = needs;
  }

  /** Its place among the rings of the card. */
  int number() {
    return number;
  }

  void setNumber(int newNumber) {
    number = newNumber;
  }

  void setPriority(Priority newPriority) {
    priority = newPriority;
  }

  /** The number of the next packet among all that it takes, from 1 on. */
  long nextNumber() {
    return ring == null ? 1 : ring.enqueued() + 1;
  }

  /** Whether the packet of this number has left it. */
  boolean hasLeft(long packet) {
    return ring == null || ring.isEmpty() || ring.dequeued() >= packet;
  }

  boolean hasRoom() {
    return waiting() < capacity;
  }

  boolean goesBefore(TransmitRing other) {
    return priority.compareTo(other.priority) > 0;
  }

  static void checkRates(String owner, long least, long most) {
    if (least < 0 || most < 0 || (most != 0 && least > most)) {
      throw new IllegalArgumentException(
          "rates of "
              + owner
              + ": least "
              + least
              + " and most "
              + most
              + " bit/s must satisfy 0 <= least <= most (most 0: no limit)");
    }
  }

  void setRates(long leastBitsPerSecond, long mostBitsPerSecond) {
    least = Pacer.of(leastBitsPerSecond);
    most = Pacer.of(mostBitsPerSecond);
  }

  boolean offer(Packet packet, long now) {
    if (waiting() == 0) {
      makeUpForNothing(now);
    }
    boolean taken = ring().offer(packet);
    if (buffers != null && taken) {
      buffers.entered();
    }
    return taken;
  }

  /** The guaranteed rate counts from now on: there was nothing to send, or no way to. */
  void makeUpForNothing(long now) {
    least.forgive(now);
  }

  Ring ring() {
    if (ring == null) {
      ring = new Ring(name(), capacity);
    }
    return ring;
  }

  int waiting() {
    return ring == null ? 0 : ring.size();
  }

  /** From now on packets take a buffer with their slot; the ring is empty. */
  void setBuffers(RingBuffers newBuffers) {
    buffers = newBuffers;
  }

  void setSender(String name) {
    if (buffers != null) {
      buffers.setSender(name);
    }
  }

  /** Takes the packet out that is sent now; {@link #completed} follows. */
  @Nullable Packet poll() {
    if (buffers != null) {
      buffers.leaves();
    }
    return ring == null ? null : ring.poll();
  }

  /** The packet has left the card. */
  void completed() {
    if (buffers != null) {
      buffers.hasLeft();
    }
  }

  /** Takes a packet out that has no buffer yet. */
  @Nullable Packet removeAt(int index) {
    return ring().remove(index);
  }

  boolean isLimited() {
    return most.isLimited();
  }

  /** Whether its next packet may start. */
  boolean maySend(long now) {
    return hasReady() && most.isFree(now);
  }

  /** Whether its next packet has what it needs. */
  boolean hasReady() {
    return buffers == null ? waiting() > 0 : buffers.ready() > 0;
  }

  /** Whether it has had less than the rate that it is guaranteed. */
  boolean isOwed(long now) {
    return least.isLimited() && least.isFree(now);
  }

  /** When its next packet may start. */
  long nextAt() {
    return most.freeAt();
  }

  void sent(long now, Packet packet) {
    most.take(now, 8L * packet.length());
    least.takeLate(8L * packet.length());
  }

  void clear(PacketSink sink) {
    RingBuffers its = buffers;
    if (its != null) {
      its.stopWaiting();
    }
    for (Packet packet = take(); packet != null; packet = take()) {
      sink.accept(packet);
    }
    if (its != null) {
      its.giveAll(); // not before: others who get them may send at once
    }
  }

  private @Nullable Packet take() {
    return ring == null ? null : ring.poll();
  }
}
