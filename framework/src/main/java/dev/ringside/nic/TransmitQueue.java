// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Ring;
import org.jspecify.annotations.Nullable;

/** The transmit ring of one owner of the card, with the rates that the owner is held to. */
final class TransmitQueue {

  private final String name;
  private final int capacity;
  private final RingGroup owner;
  private final RateLimiter most = new RateLimiter();
  private final RateLimiter least = new RateLimiter();
  private @Nullable Ring ring;

  TransmitQueue(String name, int capacity, RingGroup owner) {
    this.name = name;
    this.capacity = capacity;
    this.owner = owner;
  }

  /** Frames that come from here are not sent back to here. */
  RingGroup owner() {
    return owner;
  }

  void setRates(long leastBitsPerSecond, long mostBitsPerSecond) {
    least.setRate(leastBitsPerSecond);
    most.setRate(mostBitsPerSecond);
  }

  boolean offer(Packet packet) {
    return ring().offer(packet);
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
    return most.rate() != 0;
  }

  /** Whether its next packet may start. */
  boolean maySend(long now) {
    return size() > 0 && most.allows(now);
  }

  /** Whether it has had less than the rate that it is guaranteed. */
  boolean isOwed(long now) {
    return least.rate() != 0 && least.allows(now);
  }

  long nextAt() {
    return most.nextAt();
  }

  void taken(long now, Packet packet) {
    most.take(now, packet.length());
    least.take(now, packet.length());
  }

  void clear(PacketSink sink) {
    for (Packet packet = poll(); packet != null; packet = poll()) {
      sink.accept(packet);
    }
  }
}
