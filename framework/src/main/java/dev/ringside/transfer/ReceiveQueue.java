// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import dev.ringside.world.World;
import java.util.List;

/**
 * The buffers that a node has posted for chunks from the interconnect. Each is a credit for one
 * chunk; senders that find none wait, first come, first served.
 *
 * <pre>
 *   posted --&gt; | credits | --a sender begins a chunk--&gt; | in flight | --it is there--&gt; posted again
 * </pre>
 *
 * <pre>{@code
 * ReceiveQueue buffers = lab.transfers().receiveQueue(db);
 * buffers.setReposting(false); // from now on the test posts
 * buffers.post(2);
 * }</pre>
 */
public final class ReceiveQueue {

  /** How many buffers are posted at first. */
  public static final int DEFAULT_BUFFERS = 16;

  /** How many bytes a buffer has unless told otherwise. */
  public static final int DEFAULT_BUFFER_BYTES = 65_536;

  private final World world;
  private final String owner;
  private final WaitQueue senders;
  private final Runnable closing;
  private long posted = DEFAULT_BUFFERS;
  private int credits = DEFAULT_BUFFERS;
  private int outstanding;
  private int bufferBytes = DEFAULT_BUFFER_BYTES;
  private boolean reposting = true;
  private boolean closed;

  ReceiveQueue(World world, String owner, Runnable closing) {
    this.world = world;
    this.owner = owner;
    this.closing = closing;
    this.senders = new WaitQueue(world.waits(), "receive queue of " + owner, "buffer");
  }

  // ---- what it is ----

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** Whose buffers they are. */
  public String owner() {
    return owner;
  }

  /** How many buffers are free for chunks that have not been begun. */
  public int credits() {
    synchronized (world) {
      return credits;
    }
  }

  /** How many buffers chunks are on their way to. */
  public int outstanding() {
    synchronized (world) {
      return outstanding;
    }
  }

  /** How many buffers were posted since the lab was opened. */
  public long posted() {
    synchronized (world) {
      return posted;
    }
  }

  /** How many bytes a buffer has, which is the most that a chunk has. */
  public int bufferBytes() {
    synchronized (world) {
      return bufferBytes;
    }
  }

  /** Who waits for a buffer. */
  public List<Waiter> waiters() {
    synchronized (world) {
      return senders.waiters();
    }
  }

  /** Whether the node takes no transfers. */
  public boolean isClosed() {
    synchronized (world) {
      return closed;
    }
  }

  // ---- the receiver's end ----

  /**
   * Posts so many more buffers.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public void post(int buffers) {
    if (buffers < 0) {
      throw new IllegalArgumentException("cannot post " + buffers + " buffers: say 0 or more");
    }
    world.run(
        () -> {
          add(buffers);
          senders.wake();
        });
  }

  private void add(int buffers) {
    credits = Math.addExact(credits, buffers);
    posted += buffers;
  }

  /** Takes back all buffers that no chunk is on its way to. */
  public void withdrawBuffers() {
    world.run(
        () -> {
          posted -= credits;
          credits = 0;
        });
  }

  /** Whether a buffer is posted again as soon as its chunk is there; at first it is. */
  public void setReposting(boolean on) {
    synchronized (world.whileOpen()) {
      reposting = on;
    }
  }

  /**
   * Changes how many bytes the buffers have.
   *
   * @throws IllegalArgumentException if it is less than one
   */
  public void setBufferBytes(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a buffer of " + bytes + " bytes takes nothing");
    }
    synchronized (world.whileOpen()) {
      bufferBytes = bytes;
    }
  }

  /** Takes no more: transfers to and through the node fail, and new ones are refused. */
  public void close() {
    world.run(
        () -> {
          closed = true;
          closing.run();
        });
  }

  /** Takes transfers again. */
  public void open() {
    synchronized (world.whileOpen()) {
      closed = false;
    }
  }

  // ---- the sender's end ----

  /** Takes a buffer for a chunk, unless there is none or others wait. */
  boolean tryTake() {
    return senders.isEmpty() && tryGrant();
  }

  private boolean tryGrant() {
    if (credits == 0) {
      return false;
    }
    credits--;
    outstanding++;
    return true;
  }

  /** Lets a sender wait for a buffer, which it has when it is granted. */
  Waiter await(String sender, Runnable granted) {
    return senders.add(
        sender,
        1,
        owner + " posting a buffer",
        new WaitQueue.Request() {
          @Override
          public boolean tryGrant() {
            return ReceiveQueue.this.tryGrant();
          }

          @Override
          public void granted(Waiter waiter) {
            granted.run();
          }
        });
  }

  /** A buffer was filled. */
  void filled() {
    outstanding--;
    if (reposting) {
      add(1);
      senders.wakeLater();
    }
  }

  /** A buffer was not needed. */
  void giveBack() {
    outstanding--;
    credits++;
    senders.wakeLater();
  }

  @Override
  public String toString() {
    synchronized (world) {
      return "receive queue of "
          + owner
          + " has "
          + credits
          + " of "
          + (credits + outstanding)
          + " buffers free"
          + (closed ? ", closed" : "");
    }
  }
}
