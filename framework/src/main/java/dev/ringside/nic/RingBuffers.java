// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.memory.Application;
import dev.ringside.memory.TransmitBufferPolicy;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The transmit buffers of the packets in a transmit ring. The oldest packets have one; the first
 * that has none waits for one, and those behind it wait for it.
 *
 * <pre>
 *   ring      5 4 | 3 2 1 --&gt; wire
 *   buffers       | c b a --&gt; pool, when the packet has left
 *               `-- 4 is in the pool's queue
 * </pre>
 */
final class RingBuffers implements WaitQueue.Request {

  private static final int INITIAL = 8;

  private final TransmitBuffers pool;
  private final TransmitRing ring;
  private final TransmitPath card;
  private final int nic;
  private Application sender;
  private long[] tokens = new long[INITIAL];
  private int head;
  private int size;
  private long leaving = TransmitBuffers.NONE;
  private @Nullable Waiter waiter;
  private TransmitBufferPolicy policy;

  RingBuffers(TransmitBuffers pool, int nic, TransmitRing ring, TransmitPath card, String sender) {
    this.pool = pool;
    this.nic = nic;
    this.ring = ring;
    this.card = card;
    this.sender = pool.sender(sender);
    this.policy = pool.policy();
  }

  /** From now on the packets are those of another application. */
  void setSender(String name) {
    sender = pool.sender(name);
  }

  /** How many packets of the ring have a buffer, and may leave. */
  int ready() {
    return size;
  }

  /** A packet has come into the ring. */
  void entered() {
    if (waiter == null) {
      long token = pool.take(sender, nic);
      if (token == TransmitBuffers.NONE) {
        await();
      } else {
        append(token);
      }
    }
  }

  private void await() {
    policy = pool.policy();
    waiter = pool.await(sender, this);
  }

  /** The oldest packet leaves the ring; its buffer is free once it has. */
  void leaves() {
    leaving = takeFirst();
  }

  /** The packet has left. */
  void hasLeft() {
    long token = leaving;
    leaving = TransmitBuffers.NONE;
    pool.give(token);
  }

  /** No packet of the ring waits any more. */
  void stopWaiting() {
    if (waiter != null) {
      pool.withdraw(waiter);
      waiter = null;
    }
  }

  /** The ring was emptied. */
  void giveAll() {
    while (size > 0) {
      pool.give(takeFirst());
    }
  }

  // ---- the turn of the first packet that waits ----

  @Override
  public boolean tryGrant() {
    long token = pool.takeInTurn(sender, nic, policy);
    if (token == TransmitBuffers.NONE) {
      return false;
    }
    append(token);
    return true;
  }

  /** The next one waits behind those of others. */
  @Override
  public void granted(Waiter granted) {
    waitOn();
    card.buffersCame(ring);
  }

  /** Somebody does not want it to wait any longer. */
  @Override
  public void cancelled(Waiter cancelled, DropReason reason, String why) {
    card.dropWaiting(ring, size, reason, why);
    waitOn();
  }

  private void waitOn() {
    waiter = null;
    if (ring.waiting() > size) {
      await();
    }
  }

  // ---- buffers, oldest first ----

  private void append(long token) {
    if (size == tokens.length) {
      grow();
    }
    tokens[(head + size) & (tokens.length - 1)] = token;
    size++;
  }

  private long takeFirst() {
    long token = tokens[head];
    head = (head + 1) & (tokens.length - 1);
    size--;
    return token;
  }

  private void grow() {
    long[] larger = Arrays.copyOfRange(tokens, head, head + 2 * size);
    System.arraycopy(tokens, 0, larger, size - head, head);
    tokens = larger;
    head = 0;
  }
}
