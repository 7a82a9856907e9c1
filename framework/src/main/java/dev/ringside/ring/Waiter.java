// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import dev.ringside.trace.DropReason;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits, or has waited, for something of which there is not enough now.
 *
 * <pre>{@code
 * Waiter waiter = lab.waiters().get(0);
 * waiter.owner();   // web
 * waiter.amount();  // 1442
 * waiter.wokenBy(); // a release of memory of web, or a higher limit
 * }</pre>
 */
public final class Waiter {

  /** What has become of it. */
  private enum State {
    WAITING,
    GRANTED,
    CANCELLED
  }

  private final WaitQueue queue;
  private final String owner;
  private final long amount;
  private final String wokenBy;
  private final WaitQueue.Request request;
  private final long since;
  private State state = State.WAITING;
  private @Nullable CompletableFuture<Waiter> completion;

  // Its place in the queue and in the lab's list; theirs to change.
  @Nullable Waiter next;
  @Nullable Waiter previous;
  @Nullable Waiter nextInLab;
  @Nullable Waiter previousInLab;

  Waiter(WaitQueue queue, String owner, long amount, String wokenBy, WaitQueue.Request request) {
    this.queue = queue;
    this.owner = owner;
    this.amount = amount;
    this.wokenBy = wokenBy;
    this.request = request;
    this.since = queue.operations().now();
  }

  /** Who waits. */
  public String owner() {
    return owner;
  }

  /** For what, such as memory of web. */
  public String resource() {
    return queue.resource();
  }

  /** For how much of it, in the units of the resource. */
  public long amount() {
    return amount;
  }

  /** The units of the resource, such as byte. */
  public String unit() {
    return queue.unit();
  }

  /** Virtual time since the lab was opened, when it began to wait. */
  public Duration since() {
    return Duration.ofNanos(since);
  }

  /** What would end the wait, in words. */
  public String wokenBy() {
    return wokenBy;
  }

  /** Whether it waits still. */
  public boolean isWaiting() {
    synchronized (queue.operations()) {
      return state == State.WAITING;
    }
  }

  /** Whether it was given what it waited for. */
  public boolean isGranted() {
    synchronized (queue.operations()) {
      return state == State.GRANTED;
    }
  }

  /** Whether it waits no longer and was given nothing. */
  public boolean isCancelled() {
    synchronized (queue.operations()) {
      return state == State.CANCELLED;
    }
  }

  /**
   * Takes the request back: those behind it are tested, and whoever made it is told.
   *
   * @return false if it does not wait any more
   */
  public boolean cancel() {
    boolean[] was = new boolean[1];
    queue
        .operations()
        .run(() -> was[0] = queue.cancel(this, DropReason.CANCELLED, "cancelled by its owner"));
    return was[0];
  }

  /**
   * The end of the wait as a stage: complete as soon as the request is granted, within the
   * operation that grants it; exceptionally with a {@link CancellationException} if it never will
   * be.
   */
  public CompletionStage<Waiter> completion() {
    synchronized (queue.operations()) {
      if (completion == null) {
        completion = new CompletableFuture<>();
        if (state == State.GRANTED) {
          completion.complete(this);
        } else if (state == State.CANCELLED) {
          completion.completeExceptionally(new CancellationException(toString()));
        }
      }
      return completion.minimalCompletionStage();
    }
  }

  /** Ends the wait without a word: whoever made the request has no use for it any more. */
  public void withdraw() {
    queue.withdraw(this);
  }

  // ---- the queue's part ----

  /** What waits, as it was added. */
  public WaitQueue.Request request() {
    return request;
  }

  /** Tells the request first: what it was given must be there when a stage is complete. */
  void granted() {
    state = State.GRANTED;
    request.granted(this);
    if (completion != null) {
      completion.complete(this);
    }
  }

  void cancelled(@Nullable DropReason reason, String why) {
    state = State.CANCELLED;
    if (reason != null) {
      request.cancelled(this, reason, why);
    }
    if (completion != null) {
      completion.completeExceptionally(new CancellationException(this + ": " + why));
    }
  }

  /** The wait in a sentence. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(96).append(owner);
    switch (state) {
      case GRANTED -> text.append(" was granted ");
      case CANCELLED -> text.append(" was not granted ");
      default -> text.append(" waits for ");
    }
    text.append(amount).append(' ').append(unit()).append(amount == 1 ? " of " : "s of ");
    text.append(resource());
    return state == State.WAITING
        ? text.append(" since ").append(since()).append(", until ").append(wokenBy).toString()
        : text.toString();
  }
}
