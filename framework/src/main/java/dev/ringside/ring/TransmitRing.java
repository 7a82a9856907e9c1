// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import org.jspecify.annotations.Nullable;

/**
 * A ring in front of a receiver that may be busy: sends on at once while the receiver is ready, and
 * keeps packets in order while it is not.
 *
 * <pre>{@code
 * TransmitRing ring = new TransmitRing("p0/tx0", 256, cableDirection);
 * boolean taken = ring.offer(packet); // false: tail drop
 * }</pre>
 */
public final class TransmitRing {

  private final Ring ring;
  private final Receiver receiver;
  private boolean draining;

  /** Creates an empty ring in front of a receiver, which calls {@link #drain} when it is ready. */
  public TransmitRing(String name, int capacity, Receiver receiver) {
    this.ring = new Ring(name, capacity);
    this.receiver = receiver;
  }

  /** The ring, to look at. */
  public Ring ring() {
    return ring;
  }

  /** How many packets wait. */
  public int size() {
    return ring.size();
  }

  /** Appends a packet and sends what can be sent. False: the ring is full. */
  public boolean offer(Packet packet) {
    if (!ring.offer(packet)) {
      return false;
    }
    drain();
    return true;
  }

  /** Sends on what the receiver takes now. */
  public void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      while (!ring.isEmpty() && receiver.isReady()) {
        Packet packet = ring.poll();
        if (packet != null) {
          receiver.accept(packet);
        }
      }
    } finally {
      draining = false;
    }
  }

  /** Takes the oldest packet back; null if there is none. */
  public @Nullable Packet poll() {
    return ring.poll();
  }

  /** Empties the ring into a sink that answers for the packets' fate. */
  public void clear(PacketSink sink) {
    for (Packet packet = ring.poll(); packet != null; packet = ring.poll()) {
      sink.accept(packet);
    }
  }
}
