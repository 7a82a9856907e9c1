// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A request for a transmit buffer: granted, waiting, or refused because no NIC could send.
 *
 * <pre>{@code
 * TransmitBufferRequest request = host.transmitBuffers().request("web");
 * request.isWaiting();      // all are taken
 * other.release();
 * request.granted().node(); // chosen for where web is now
 * }</pre>
 */
public final class TransmitBufferRequest implements WaitQueue.Request {

  private final TransmitBuffers pool;
  private final Application application;
  private final TransmitBufferPolicy policy;
  private final int nic;
  private @Nullable TransmitBuffer buffer;
  private @Nullable Waiter waiter;
  private @Nullable String refusal;
  private @Nullable Completion<TransmitBuffer> completion;

  TransmitBufferRequest(
      TransmitBuffers pool, Application application, TransmitBufferPolicy policy, int nic) {
    this.pool = pool;
    this.application = application;
    this.policy = policy;
    this.nic = nic;
  }

  /** Who wants a buffer. */
  public Application application() {
    return application;
  }

  /** Whether there is a buffer for it. */
  public boolean isGranted() {
    synchronized (pool.world()) {
      return buffer != null;
    }
  }

  /** Whether it waits for one. */
  public boolean isWaiting() {
    synchronized (pool.world()) {
      return buffer == null && refusal == null;
    }
  }

  /** Why there will be no buffer, such as "NO_NIC: ..."; null while there may be one. */
  public @Nullable String refusal() {
    synchronized (pool.world()) {
      return refusal;
    }
  }

  /**
   * The buffer.
   *
   * @throws IllegalStateException if there is none
   */
  public TransmitBuffer granted() {
    synchronized (pool.world()) {
      if (buffer == null) {
        throw new IllegalStateException(
            application + " has no transmit buffer: " + (refusal == null ? waiter : refusal));
      }
      return buffer;
    }
  }

  /** The wait as the lab lists it; null if it never had to. */
  public @Nullable Waiter waiter() {
    synchronized (pool.world()) {
      return waiter;
    }
  }

  /**
   * Takes the request back if it waits.
   *
   * @return false if it does not wait
   */
  public boolean cancel() {
    Waiter waiting = waiter();
    return waiting != null && waiting.cancel();
  }

  /**
   * The buffer as a stage: complete within the operation that grants it; exceptionally with a
   * {@link CancellationException} if there will be none.
   */
  public CompletionStage<TransmitBuffer> completion() {
    synchronized (pool.world()) {
      if (completion == null) {
        completion = new Completion<>();
        complete();
      }
      return completion.stage();
    }
  }

  private void complete() {
    if (completion != null) {
      completion.end(buffer, refusal);
    }
  }

  @Override
  public String toString() {
    synchronized (pool.world()) {
      return buffer != null
          ? application + " has " + buffer
          : refusal != null ? application + " has none: " + refusal : String.valueOf(waiter);
    }
  }

  // ---- for the pool ----

  /** Takes a buffer, or finds that there is no NIC to send it. */
  @Override
  public boolean tryGrant() {
    if (!pool.isAvailable(nic)) {
      return refuseForWantOfNic();
    }
    buffer = pool.allocate(application, nic, policy);
    return buffer != null;
  }

  private boolean refuseForWantOfNic() {
    Waiter waiting = waiter;
    if (waiting == null) {
      refuse(pool.noNic(nic));
      return true;
    }
    pool.refuse(waiting, pool.noNic(nic));
    return false;
  }

  @Override
  public void granted(Waiter itsWaiter) {
    complete();
  }

  @Override
  public void cancelled(Waiter itsWaiter, DropReason reason, String why) {
    refuse(why);
    complete();
  }

  private void refuse(String why) {
    refusal = why;
  }

  void waitsAs(Waiter newWaiter) {
    waiter = newWaiter;
  }
}
