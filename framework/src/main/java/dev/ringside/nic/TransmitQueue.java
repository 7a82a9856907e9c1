// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Ring;
import dev.ringside.time.Pacer;
import org.jspecify.annotations.Nullable;

/** The transmit ring of one owner of the card, with the rates that the owner is held to. */
final class TransmitQueue {

  private final String name;
  private final int capacity;
  private final RingGroup owner;
  private final Pacer most = new Pacer();
  private final Pacer least = new Pacer();
  private @Nullable Ring ring;
  private boolean needsLink = true;

  TransmitQueue(String name, int capacity, RingGroup owner) {
    this.name = name;
    this.capacity = capacity;
    this.owner = owner;
  }

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

  void setRates(long leastBitsPerSecond, long mostBitsPerSecond) {
    least.setRate(leastBitsPerSecond);
    most.setRate(mostBitsPerSecond);
  }

  boolean offer(Packet packet, long now) {
    if (size() == 0) {
      makeUpForNothing(now);
    }
    return ring().offer(packet);
  }

  /** The guaranteed rate counts from now on: there was nothing to send, or no way to. */
  void makeUpForNothing(long now) {
    least.forgive(now);
  }

  Ring ring() {
    if (ring == null) {
      ring = new Ring(name, capacity);
    }
    return ring;
  }

  int size() {
    return ring == null ? 0 : ring.size();
  }

  @Nullable Packet poll() {
    return ring == null ? null : ring.poll();
  }

  boolean isLimited() {
    return most.isLimited();
  }

  /** Whether its next packet may start. */
  boolean maySend(long now) {
    return size() > 0 && most.isFree(now);
  }

  /** Whether it has had less than the rate that it is guaranteed. */
  boolean isOwed(long now) {
    return least.isLimited() && least.isFree(now);
  }

  /** When its next packet may start. */
  long nextAt() {
    return most.freeAt();
  }

  void taken(long now, Packet packet) {
    most.take(now, 8L * packet.length());
    least.takeLate(8L * packet.length());
  }

  void clear(PacketSink sink) {
    for (Packet packet = poll(); packet != null; packet = poll()) {
      sink.accept(packet);
    }
  }
}
