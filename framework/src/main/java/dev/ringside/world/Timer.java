// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.world;

import org.jspecify.annotations.Nullable;

/**
 * Something that will happen, unless it is cancelled.
 *
 * <pre>{@code
 * Timer probe = world.schedule(1_000_000, this::sendProbe);
 * probe.cancel();
 * }</pre>
 */
public final class Timer implements Runnable {

  private final long time;
  private @Nullable Runnable action;

  Timer(long time, Runnable action) {
    this.time = time;
    this.action = action;
  }

  /** When it is due, in nanoseconds of virtual time. */
  public long time() {
    return time;
  }

  /** Whether it is still to happen. */
  public boolean isPending() {
    return action != null;
  }

  /**
   * Keeps it from happening.
   *
   * @return false if it has happened or was cancelled before
   */
  public boolean cancel() {
    boolean pending = action != null;
    action = null;
    return pending;
  }

  /** Called by the event queue when it is due. */
  @Override
  public void run() {
    Runnable due = action;
    action = null;
    if (due != null) {
      due.run();
    }
  }
}
