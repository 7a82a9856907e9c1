// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.HeldMemory;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Receiver;
import org.jspecify.annotations.Nullable;

/**
 * A consumer whose packets take up memory of a quota until it says that it is done with them, the
 * oldest first. What there is no room for waits in front of it.
 *
 * <pre>{@code
 * ChargedConsumer quarantine = quota.inFrontOf(seen::add);
 * quarantine.release(1);
 * }</pre>
 */
public final class ChargedConsumer implements Receiver {

  private final Quota quota;
  private final PacketSink consumer;
  private final HeldMemory held = new HeldMemory();

  ChargedConsumer(Quota quota, PacketSink consumer) {
    this.quota = quota;
    this.consumer = consumer;
  }

  /** Whose memory the packets take up. */
  public Quota quota() {
    return quota;
  }

  /** How many packets it was given and has not let go. */
  public int held() {
    synchronized (quota.world()) {
      return held.size();
    }
  }

  /** The consumer is done with so many of the oldest packets; how many there were. */
  public int release(int most) {
    return quota.world().call(() -> held.freeOldest(most));
  }

  @Override
  public boolean isReady() {
    return !(consumer instanceof Receiver receiver) || receiver.isReady();
  }

  @Override
  public boolean takes(Packet packet, @Nullable PacketQueue queue) {
    boolean free = !(consumer instanceof Receiver receiver) || receiver.takes(packet, queue);
    return free && quota.hasRoomFor(packet.length(), queue);
  }

  @Override
  public boolean hasRoomFor(Packet packet) {
    return quota.hasRoomFor(packet.length(), null);
  }

  /**
   * Takes a packet.
   *
   * @throws IllegalStateException if there is no room for it, which {@link #takes} would have said
   */
  @Override
  public void accept(Packet packet) {
    if (!quota.take(packet.length())) {
      throw new IllegalStateException(
          "no room for " + MemorySize.text(packet.length()) + ": " + quota.usage());
    }
    held.add(quota.memory(), packet.length());
    consumer.accept(packet);
  }
}
