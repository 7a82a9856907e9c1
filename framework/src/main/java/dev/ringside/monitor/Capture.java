// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.packet.Packet;
import java.time.Duration;

/**
 * A packet in user memory, until its slot is released.
 *
 * <pre>{@code
 * Capture capture = monitor.poll(1).get(0);
 * capture.packet().destinationPort(); // 80
 * capture.isTruncated();              // the slot was too short for it
 * capture.release(Verdict.BLOCK);
 * }</pre>
 */
public final class Capture {

  private final Monitor monitor;
  private final int slot;
  private final int filling;

  Capture(Monitor monitor, int slot, int filling) {
    this.monitor = monitor;
    this.slot = slot;
    this.filling = filling;
  }

  /** The number of its slot, from 0. */
  public int slot() {
    return slot;
  }

  /**
   * The bytes that were captured, as a packet under the number that it had in the lab.
   *
   * @throws IllegalStateException if the slot was released, or the memory is gone
   */
  public Packet packet() {
    synchronized (monitor.world()) {
      return readable().packet(slot);
    }
  }

  /**
   * How many bytes the packet had on the wire.
   *
   * @throws IllegalStateException if the slot was released, or the memory is gone
   */
  public int realLength() {
    synchronized (monitor.world()) {
      return readable().realLength(slot);
    }
  }

  /**
   * Whether only the beginning of the packet was captured.
   *
   * @throws IllegalStateException if the slot was released, or the memory is gone
   */
  public boolean isTruncated() {
    synchronized (monitor.world()) {
      UserMemory memory = readable();
      return memory.length(slot) < memory.realLength(slot);
    }
  }

  /**
   * When the card has received the packet, in virtual time since the lab was opened.
   *
   * @throws IllegalStateException if the slot was released, or the memory is gone
   */
  public Duration time() {
    synchronized (monitor.world()) {
      return Duration.ofNanos(readable().time(slot));
    }
  }

  /**
   * The name of the card that has received it.
   *
   * @throws IllegalStateException if the slot was released, or the memory is gone
   */
  public String card() {
    synchronized (monitor.world()) {
      return monitor.cardName(readable().card(slot));
    }
  }

  /** Whether its slot is still this packet's. */
  public boolean isHeld() {
    synchronized (monitor.world()) {
      return monitor.hasMemory() && monitor.memory().filling(slot) == filling;
    }
  }

  /**
   * Frees the slot, with the verdict of the monitor's configuration.
   *
   * @throws IllegalStateException if the slot was released, or the memory is gone
   */
  public void release() {
    release(monitor.config().verdict());
  }

  /**
   * Frees the slot, with this verdict on the packet.
   *
   * @throws IllegalStateException if the slot was released, or the memory is gone
   */
  public void release(Verdict verdict) {
    monitor
        .world()
        .run(
            () -> {
              readable();
              monitor.release(slot, verdict);
            });
  }

  private UserMemory readable() {
    monitor.checkMemory();
    UserMemory memory = monitor.memory();
    if (memory.filling(slot) != filling) {
      throw new IllegalStateException(
          "slot "
              + slot
              + " of monitor "
              + monitor.name()
              + " was released; take what you need of a capture before you release it");
    }
    return memory;
  }

  /** Such as {@code slot 3: udp 198.18.0.1:53 > ...}. */
  @Override
  public String toString() {
    synchronized (monitor.world()) {
      if (!isHeld()) {
        return "slot " + slot + ": released";
      }
      return "slot "
          + slot
          + ": "
          + packet()
          + (isTruncated() ? ", the first of " + realLength() + " bytes" : "");
    }
  }
}
