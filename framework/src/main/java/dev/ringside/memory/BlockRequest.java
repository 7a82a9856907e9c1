// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asks for memory of a quota: granted at once, waiting, or refused.
 *
 * <pre>{@code
 * BlockRequest request = host.memory().quota("web").request(bytes(500));
 * request.completion().thenAccept(block -> fill(block)); // at once, or when there is room
 * }</pre>
 */
public final class BlockRequest {

  private final Quota quota;
  private final long amount;
  private @Nullable Block block;
  private @Nullable Waiter waiter;
  private @Nullable DropReason refusal;
  private @Nullable Completion<Block> completion;

  BlockRequest(Quota quota, long amount) {
    this.quota = quota;
    this.amount = amount;
  }

  /** How many bytes are asked for. */
  public long amount() {
    return amount;
  }

  /** Of which quota. */
  public Quota quota() {
    return quota;
  }

  /** Whether there is a block. */
  public boolean isGranted() {
    synchronized (quota.world()) {
      return block != null;
    }
  }

  /** Whether there will be a block when there is room. */
  public boolean isWaiting() {
    synchronized (quota.world()) {
      return waiter != null && waiter.isWaiting();
    }
  }

  /** Why there never will be a block; null as long as there is one or may be. */
  public @Nullable DropReason refusal() {
    synchronized (quota.world()) {
      return refusal;
    }
  }

  /**
   * The block.
   *
   * @throws IllegalStateException if there is none, or none yet
   */
  public Block block() {
    synchronized (quota.world()) {
      if (block == null) {
        throw new IllegalStateException(
            this + (refusal == null ? "; release memory, or ask isGranted() first" : ""));
      }
      return block;
    }
  }

  /**
   * The block as a stage: complete within the operation that grants it, exceptionally with a {@link
   * CancellationException} if there never will be one.
   */
  public CompletionStage<Block> completion() {
    synchronized (quota.world()) {
      if (completion == null) {
        completion = new Completion<>();
        complete();
      }
      return completion.stage();
    }
  }

  private void complete() {
    if (completion != null) {
      completion.end(block, refusal == null ? null : toString());
    }
  }

  /**
   * Takes a request back that waits.
   *
   * @return false if it does not wait
   */
  public boolean cancel() {
    Waiter waiting;
    synchronized (quota.world()) {
      waiting = waiter;
    }
    return waiting != null && waiting.cancel();
  }

  // ---- by the quota ----

  /** Its place in the queue of the quota. */
  void waitIn(WaitQueue queue) {
    waiter = queue.add(quota.name(), amount, quota.wokenBy(), new Wish());
  }

  void granted() {
    block = quota.newBlock(amount);
    complete();
  }

  void refuse(DropReason reason) {
    refusal = reason;
    complete();
  }

  /** What the queue knows of it. */
  private final class Wish implements WaitQueue.Request {
    @Override
    public boolean tryGrant() {
      return quota.tryCharge(amount);
    }

    @Override
    public void granted(Waiter waited) {
      quota.recordGranted(waited);
      BlockRequest.this.granted();
    }

    @Override
    public void cancelled(Waiter waited, DropReason reason, String why) {
      quota.recordCancelled(waited, reason);
      refuse(reason);
    }
  }

  /** What has become of it. */
  @Override
  public String toString() {
    synchronized (quota.world()) {
      String what = "request for " + MemorySize.text(amount) + " of " + quota.name();
      if (block != null) {
        return what + " was granted: " + block;
      }
      return refusal == null
          ? what + " waits: " + quota.usage()
          : what + " was refused, " + refusal + ": " + quota.usage();
    }
  }
}
