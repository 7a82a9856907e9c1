// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.ring.Waiter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One that copies what it sends into transmit buffers: a virtual machine, the host itself, or a
 * test's own. It runs on a processor of a node, and may move to another one at any time.
 *
 * <pre>{@code
 * Application web = host.transmitBuffers().application("web");
 * web.moveTo(1); // what it has stays where it is; its next buffer is chosen for the new place
 * }</pre>
 */
public class Application {

  private final TransmitBuffers pool;
  private final String name;
  private final Map<Long, TransmitBuffer> held = new LinkedHashMap<>();
  private List<Waiter> waiting = List.of();
  private int node;
  private boolean alive = true;

  Application(TransmitBuffers pool, String name, int node) {
    this.pool = pool;
    this.name = name;
    this.node = node;
  }

  /** The name, unique in its host. */
  public String name() {
    return name;
  }

  /** Where its buffers come from. */
  public TransmitBuffers transmitBuffers() {
    return pool;
  }

  /** The node that it runs on. */
  public int node() {
    synchronized (pool.world()) {
      return node;
    }
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    synchronized (pool.world()) {
      return alive;
    }
  }

  /** The buffers that it has, in the order in which it got them; not those of its packets. */
  public List<TransmitBuffer> buffers() {
    synchronized (pool.world()) {
      return new ArrayList<>(held.values());
    }
  }

  /**
   * It runs on another node from now on.
   *
   * @throws IllegalArgumentException if there is no such node
   */
  public void moveTo(int newNode) {
    pool.topology().checkNode(newNode);
    pool.world()
        .run(
            () -> {
              node = newNode;
              pool.locationChanged();
            });
  }

  /**
   * It runs on another processor from now on.
   *
   * @throws IllegalArgumentException if there is no such processor
   */
  public void moveToProcessor(int processor) {
    moveTo(pool.topology().nodeOfProcessor(processor));
  }

  /**
   * Gives a buffer back.
   *
   * @throws IllegalArgumentException if it is not this one's; nothing changes
   * @throws IllegalStateException if it is not allocated; nothing changes
   */
  public void release(TransmitBuffer buffer) {
    if (buffer.application() != this) {
      throw new IllegalArgumentException(
          "transmit buffer "
              + buffer.name()
              + " belongs to "
              + buffer.application()
              + ", so "
              + this
              + " cannot release it");
    }
    buffer.release();
  }

  /**
   * It is no more: what it waits for is cancelled, and its buffers go back, those that a NIC reads
   * from when the NIC has done so. A second call does nothing.
   */
  public void end() {
    pool.world().run(() -> pool.end(this));
  }

  @Override
  public String toString() {
    return pool.host().equals(name) ? name : name + " of host " + pool.host();
  }

  // ---- for the pool ----

  int location() {
    return node;
  }

  Map<Long, TransmitBuffer> held() {
    return held;
  }

  /** Those that were granted or cancelled meanwhile are forgotten. */
  void addWaiting(Waiter waiter) {
    List<Waiter> still = new ArrayList<>(waiting.size() + 1);
    for (Waiter other : waiting) {
      if (other.isWaiting()) {
        still.add(other);
      }
    }
    still.add(waiter);
    waiting = still;
  }

  List<Waiter> takeWaiting() {
    List<Waiter> taken = waiting;
    waiting = List.of();
    return taken;
  }

  void markEnded() {
    alive = false;
  }

  void checkAlive() {
    if (!alive) {
      throw new IllegalStateException(
          "application " + this + " has ended; start another one with start(name, node)");
    }
  }
}
