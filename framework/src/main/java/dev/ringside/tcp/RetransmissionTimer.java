// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import dev.ringside.world.Timer;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait for an acknowledgement, and the alarm when none has come (RFC 6298).
 *
 * <p>Restarting it, as every acknowledgement does, moves a deadline; the one event that is
 * scheduled finds out when it is due, so that a segment costs no event.
 */
final class RetransmissionTimer implements Runnable {

  /** Before anything was measured (RFC 6298, 2.1). */
  static final long INITIAL_NANOS = 1_000_000_000L;

  /** As on Linux; RFC 6298 would have it 1 s. */
  static final long MIN_NANOS = 200_000_000L;

  /** RFC 6298, 2.5. */
  static final long MAX_NANOS = 60_000_000_000L;

  private final World world;
  private final Runnable expired;
  private @Nullable Timer event;
  private boolean running;
  private long deadline;
  private long timeout = INITIAL_NANOS;
  private boolean measured;
  private long smoothed;
  private long variation;

  RetransmissionTimer(World world, Runnable expired) {
    this.world = world;
    this.expired = expired;
  }

  boolean isRunning() {
    return running;
  }

  /** Starts over. */
  void restart() {
    running = true;
    deadline = world.now() + timeout;
    Timer scheduled = event;
    if (scheduled == null || scheduled.time() > deadline) {
      cancelEvent();
      event = world.schedule(timeout, this);
    }
  }

  void startIfStopped() {
    if (!running) {
      restart();
    }
  }

  /** Nothing is waited for. */
  void stop() {
    running = false;
  }

  /** It will never be used again. */
  void end() {
    running = false;
    cancelEvent();
  }

  private void cancelEvent() {
    Timer scheduled = event;
    if (scheduled != null) {
      scheduled.cancel();
      event = null;
    }
  }

  /** No answer: waits twice as long from now on, until one is measured. */
  void backOff() {
    timeout = Math.min(MAX_NANOS, 2 * timeout);
  }

  /** A segment that was sent once was acknowledged after this time (RFC 6298, 2.2 and 2.3). */
  void measured(long roundTrip) {
    if (measured) {
      variation = (3 * variation + Math.abs(smoothed - roundTrip)) / 4;
      smoothed = (7 * smoothed + roundTrip) / 8;
    } else {
      measured = true;
      smoothed = roundTrip;
      variation = roundTrip / 2;
    }
    timeout = Math.min(MAX_NANOS, Math.max(MIN_NANOS, smoothed + 4 * variation));
  }

  @Override
  public void run() {
    event = null;
    if (!running) {
      return;
    }
    long left = deadline - world.now();
    if (left > 0) {
      event = world.schedule(left, this);
    } else {
      running = false;
      expired.run();
    }
  }
}
