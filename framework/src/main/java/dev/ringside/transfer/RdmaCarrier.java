// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import dev.ringside.ring.Waiter;
import dev.ringside.world.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Copies chunks over the interconnect into buffers that the receiver has posted. The interconnect
 * loses nothing while it works; a chunk that finds it failed has not left.
 */
final class RdmaCarrier implements Carrier, Runnable {

  private final Hop hop;
  private final ReceiveQueue buffers;
  private int begun;
  private int inFlight;
  private boolean hasCredit;
  private @Nullable Waiter waiter;
  private @Nullable Timer timeout;
  private boolean leaving;
  private boolean over;

  RdmaCarrier(Hop hop, ReceiveQueue buffers) {
    this.hop = hop;
    this.buffers = buffers;
    this.begun = hop.acknowledgedBytes();
    hop.stretch().limit(buffers.bufferBytes());
  }

  @Override
  public void pump() {
    while (waiter == null && !leaving && !over && begun < hop.size()) {
      int count = nextChunk();
      if (begun + count > hop.source().filled() || !hop.mayBegin() || !takeCredit()) {
        return;
      }
      hasCredit = false;
      begun += count;
      inFlight++;
      hop.began(count, false);
      hop.world().afterwards(this);
    }
    finishIfDone();
  }

  private int nextChunk() {
    return Math.min(hop.stretch().unitBytes(), hop.size() - begun);
  }

  private boolean takeCredit() {
    if (hasCredit || buffers.tryTake()) {
      hasCredit = true;
      return true;
    }
    waiter = buffers.await(hop.name(), this::granted);
    timeout = hop.world().schedule(hop.config().creditTimeout().toNanos(), this::timedOut);
    return false;
  }

  private void granted() {
    hasCredit = true;
    waiter = null;
    cancelTimeout();
    pump();
  }

  private void timedOut() {
    endWait();
    hop.bar(
        Protocol.RDMA, "no buffer of " + buffers.owner() + " for " + hop.config().creditTimeout());
  }

  private void cancelTimeout() {
    Timer pending = timeout;
    if (pending != null) {
      pending.cancel();
      timeout = null;
    }
  }

  private void endWait() {
    cancelTimeout();
    Waiter waiting = waiter;
    if (waiting != null) {
      waiter = null;
      waiting.withdraw();
    }
    if (hasCredit) {
      hasCredit = false;
      buffers.giveBack();
    }
  }

  /** The first chunk in flight comes to its buffer. */
  @Override
  public void run() {
    if (inFlight == 0) {
      return; // it was taken back
    }
    int at = hop.acknowledgedBytes();
    if (hop.isRefused()) {
      return;
    }
    int count = Math.min(hop.stretch().unitBytes(), begun - at);
    inFlight--;
    hop.target().copy(hop.source(), at, count);
    buffers.filled();
    hop.arrived();
    hop.acknowledged(at + count);
    pump();
  }

  private void finishIfDone() {
    boolean all = hop.acknowledgedBytes() == hop.size();
    if (!over && inFlight == 0 && (leaving || all)) {
      over = true;
      endWait();
      hop.carried();
    }
  }

  @Override
  public void leave() {
    leaving = true;
    endWait();
    finishIfDone();
  }

  @Override
  public void abort() {
    over = true;
    endWait();
    for (; inFlight > 0; inFlight--) {
      buffers.giveBack();
    }
  }
}
