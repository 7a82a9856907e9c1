// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Packet;
import dev.ringside.ring.Ring;
import org.jspecify.annotations.Nullable;

/** Packets that wait for the next NIC: what the failed one had not sent goes first. */
final class HoldQueue {

  private final String name;
  private final int capacity;
  private @Nullable Ring held;
  private @Nullable Ring unsent;

  HoldQueue(String name, int capacity) {
    this.name = name;
    this.capacity = capacity;
  }

  int size() {
    return (unsent == null ? 0 : unsent.size()) + (held == null ? 0 : held.size());
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /** False: the queue is full. */
  boolean hold(Packet packet) {
    return ring().offer(packet);
  }

  private Ring ring() {
    if (held == null) {
      held = new Ring(name + "/hold", capacity);
    }
    return held;
  }

  /** Keeps a packet of the failed NIC; there are never more than its rings have held. */
  void holdUnsent(Packet packet) {
    if (unsent == null) {
      unsent = new Ring("unsent", Integer.MAX_VALUE);
    }
    unsent.offer(packet);
  }

  /** Sets aside what failed NICs had not sent, before what is older comes back. */
  @Nullable Ring takeUnsent() {
    Ring taken = unsent;
    unsent = null;
    return taken;
  }

  @Nullable Packet poll() {
    if (unsent != null && !unsent.isEmpty()) {
      return unsent.poll();
    }
    return held == null ? null : held.poll();
  }

  /** As a message needs it: {@code ring aggr0/hold has 256 of 256 slots in use}. */
  @Override
  public String toString() {
    return ring().toString();
  }
}
