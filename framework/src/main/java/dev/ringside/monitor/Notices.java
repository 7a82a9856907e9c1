// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.ring.RingMode;
import dev.ringside.world.Timer;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * When packets come to the application by themselves.
 *
 * <pre>
 *   quiet --threshold reached, or timer--&gt; noticed: batches are moved until the rings are empty
 *                                          memory full: goes on when a slot is released
 * </pre>
 */
final class Notices {

  private final World world;
  private final MonitorConfig config;
  private final Monitor monitor;
  private final Transfer transfer;
  private @Nullable Timer timer;
  private boolean noticed;
  private boolean moving;
  private long raised;

  Notices(World world, MonitorConfig config, Monitor monitor, Transfer transfer) {
    this.world = world;
    this.config = config;
    this.monitor = monitor;
    this.transfer = transfer;
  }

  /** Whether the application polls instead. */
  boolean isOff() {
    return config.mode() == RingMode.POLL;
  }

  /** Refuses a threshold that a ring of this capacity would never reach. */
  void checkReachable(String name, String card, int capacity) {
    if (!isOff() && config.threshold() > capacity) {
      throw new IllegalArgumentException(
          "threshold "
              + config.threshold()
              + " of monitor "
              + name
              + " can never be reached: its ring on "
              + card
              + " holds "
              + capacity
              + " packets");
    }
  }

  long raised() {
    return raised;
  }

  void arrived(MonitorRing ring) {
    if (isOff()) {
      return;
    }
    if (noticed) {
      check();
    } else if (ring.waiting() >= config.threshold()) {
      raise();
    } else if (timer == null && !config.timer().isZero()) {
      timer = world.schedule(config.timer().toNanos(), this::timeIsUp);
    }
  }

  private void timeIsUp() {
    timer = null;
    raise();
  }

  private void raise() {
    raised++;
    noticed = true;
    check();
  }

  /** A slot is free, or rings were emptied: what was noticed goes on, or is over. */
  void check() {
    if (moving) {
      return;
    }
    moving = true;
    try {
      while (noticed && monitor.hasMemory() && transfer.move(config.batch()) > 0) {
        transfer.handOver();
      }
    } finally {
      moving = false;
    }
    if (!transfer.isAnythingWaiting()) {
      cancel();
    }
  }

  void cancel() {
    noticed = false;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
