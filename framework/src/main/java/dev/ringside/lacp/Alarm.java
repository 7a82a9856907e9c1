// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import dev.ringside.world.Timer;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/** Something that happens once, unless it is stopped or started anew. */
final class Alarm {

  private final World world;
  private final Runnable action;
  private @Nullable Timer timer;

  Alarm(World world, Runnable action) {
    this.world = world;
    this.action = action;
  }

  void start(long nanos) {
    stop();
    timer = world.schedule(nanos, action);
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  boolean isRunning() {
    return timer != null && timer.isPending();
  }
}
