// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

/**
 * A piece of a quota that endpoint code of your own has got, until it gives it back.
 *
 * <pre>{@code
 * Block block = host.memory().quota("web").request(bytes(500)).block();
 * block.release();
 * }</pre>
 *
 * <p>Packets take up memory in the same way and from the same quota, without an object of their
 * own.
 */
public final class Block {

  private final Quota quota;
  private final long id;
  private final long size;
  private boolean live = true;

  Block(Quota quota, long id, long size) {
    this.quota = quota;
    this.id = id;
    this.size = size;
  }

  /** The number, unique in its quota, from 1. */
  public long id() {
    return id;
  }

  /** How many bytes it has. */
  public long size() {
    return size;
  }

  /** Whose it is. */
  public Quota quota() {
    return quota;
  }

  /** Whether it was not given back yet. */
  public boolean isLive() {
    synchronized (quota.world()) {
      return live;
    }
  }

  /**
   * Gives it back; whoever waits for the memory gets it before this returns.
   *
   * @throws IllegalStateException if that was done before; nothing changes then
   */
  public void release() {
    quota.release(this);
  }

  /** It is given back, if it was not before. */
  boolean end() {
    boolean was = live;
    live = false;
    return was;
  }

  /** Such as {@code block 3 of web (500 bytes)}. */
  @Override
  public String toString() {
    return "block " + id + " of " + quota.name() + " (" + MemorySize.text(size) + ")";
  }
}
