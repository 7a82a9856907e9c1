// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import dev.ringside.world.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The first packet of a ring waits for memory of a quota. */
final class PacketWait implements WaitQueue.Request, Runnable {

  private final Quota quota;
  private final PacketQueue ring;
  private final long amount;
  private @Nullable WaitQueue queue;
  private @Nullable Waiter waiter;
  private @Nullable Timer timer;

  PacketWait(Quota quota, PacketQueue ring, long amount) {
    this.quota = quota;
    this.ring = ring;
    this.amount = amount;
  }

  void begin(WaitQueue newQueue) {
    queue = newQueue;
    waiter = newQueue.add(ring.name(), amount, quota.wokenBy(), this);
    ring.waitsAs(waiter);
    Duration patience = quota.config().patience();
    if (patience != null) {
      timer = quota.world().schedule(patience.toNanos(), this);
    }
  }

  @Override
  public boolean tryGrant() {
    return quota.tryCharge(amount);
  }

  @Override
  public void granted(Waiter granted) {
    stopTimer();
    quota.recordGranted(granted);
    quota.serve(ring, amount);
  }

  @Override
  public void cancelled(Waiter cancelled, DropReason reason, String why) {
    stopTimer();
    quota.recordCancelled(cancelled, reason);
    ring.discardFirst(reason, why);
    quota.world().afterwards(ring::receiverReady);
  }

  /** Ends the wait without a word, and serves the ring anew. */
  void askAgain() {
    if (queue != null && waiter != null && queue.withdraw(waiter)) {
      stopTimer();
      quota.world().afterwards(ring::receiverReady);
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
    }
  }

  /** The packet has waited for as long as it may. */
  @Override
  public void run() {
    if (queue != null && waiter != null) {
      String why = MemorySize.text(amount) + " did not fit within " + quota.config().patience();
      queue.cancel(waiter, DropReason.OVER_QUOTA, why + ": " + quota.usage());
    }
  }
}
