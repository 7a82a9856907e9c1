// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import org.jspecify.annotations.Nullable;

/**
 * A transmit buffer that was granted to an application, until it is free again.
 *
 * <pre>{@code
 * TransmitBuffer buffer = host.transmitBuffers().request("web").granted();
 * buffer.node();        // where it is
 * buffer.beginDma();    // copied; the NIC reads
 * buffer.completeDma(); // free
 * }</pre>
 *
 * <pre>
 *   FREE --granted--&gt; ALLOCATED --beginDma--&gt; IN_DMA --completeDma--&gt; FREE
 *                        `------release--&gt; FREE
 * </pre>
 */
public final class TransmitBuffer {

  private final TransmitBuffers pool;
  private final Application application;
  private final NumaNode node;
  private final int index;
  private final int nic;
  private TransmitBufferState state = TransmitBufferState.ALLOCATED;

  TransmitBuffer(TransmitBuffers pool, Application application, NumaNode node, int index, int nic) {
    this.pool = pool;
    this.application = application;
    this.node = node;
    this.index = index;
    this.nic = nic;
  }

  /** Node and number, such as node1/tx3. */
  public String name() {
    return "node" + node.id() + "/tx" + index;
  }

  /** The node that it is on. */
  public int node() {
    return node.id();
  }

  /** Its number on its node, from 0. */
  public int index() {
    return index;
  }

  /** Who has it, or had it last. */
  public Application application() {
    return application;
  }

  /** What it is used for. */
  public TransmitBufferState state() {
    synchronized (pool.world()) {
      return state;
    }
  }

  /**
   * The NIC that it is to be sent by: the one that it was chosen for or, while that is not
   * available, the nearest one that is; null if none is.
   */
  public @Nullable String nic() {
    synchronized (pool.world()) {
      return pool.nicFor(nic, node.id());
    }
  }

  /**
   * The payload is in it, and a NIC reads from it from now on.
   *
   * @throws IllegalStateException if it is not allocated; nothing changes
   */
  public void beginDma() {
    synchronized (pool.world().whileOpen()) {
      check(TransmitBufferState.ALLOCATED, "cannot be read by a NIC");
      state = TransmitBufferState.IN_DMA;
      node.addAllocated(-1);
    }
  }

  /**
   * The NIC has read it: it is free.
   *
   * @throws IllegalStateException if no NIC reads from it; nothing changes
   */
  public void completeDma() {
    pool.world()
        .run(
            () -> {
              check(TransmitBufferState.IN_DMA, "cannot be completed");
              free();
            });
  }

  /**
   * Gives it back without having sent it.
   *
   * @throws IllegalStateException if it is not allocated; nothing changes
   */
  public void release() {
    pool.world()
        .run(
            () -> {
              check(TransmitBufferState.ALLOCATED, "cannot be released");
              reclaim();
            });
  }

  /** Without a word to its application, which has ended. */
  void reclaim() {
    node.addAllocated(-1);
    free();
  }

  private void free() {
    state = TransmitBufferState.FREE;
    application.held().remove(token());
    pool.give(token());
  }

  long token() {
    return TransmitBuffers.token(node.id(), index);
  }

  private void check(TransmitBufferState expected, String what) {
    if (state != expected) {
      throw new IllegalStateException(
          "transmit buffer "
              + name()
              + " of "
              + application
              + " "
              + what
              + ": it is "
              + state
              + (state == TransmitBufferState.IN_DMA
                  ? ", until completeDma()"
                  : state == TransmitBufferState.FREE ? " already; request another one" : ""));
    }
  }

  /** Name, owner and state, such as {@code node1/tx3 of web of host h1 (ALLOCATED)}. */
  @Override
  public String toString() {
    return name() + " of " + application + " (" + state() + ")";
  }
}
