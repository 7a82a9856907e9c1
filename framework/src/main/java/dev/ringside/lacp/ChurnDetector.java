// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;

/** Complains when one end of a link does not come to belong to an aggregate within 60 s. */
final class ChurnDetector {

  private static final long PATIENCE = 60_000_000_000L;

  private final World world;
  private final LacpPort port;
  private final String end;
  private final Alarm patience;
  private ChurnState state = ChurnState.MONITOR;

  ChurnDetector(World world, LacpPort port, String end) {
    this.world = world;
    this.port = port;
    this.end = end;
    this.patience = new Alarm(world, this::churns);
  }

  ChurnState state() {
    return state;
  }

  void look(boolean enabled, boolean inSync) {
    if (enabled && inSync) {
      patience.stop();
      state = ChurnState.NO_CHURN;
    } else if (!enabled) {
      patience.stop();
      state = ChurnState.MONITOR;
    } else if (state != ChurnState.CHURN && !patience.isRunning()) {
      state = ChurnState.MONITOR;
      patience.start(PATIENCE);
    }
  }

  private void churns() {
    state = ChurnState.CHURN;
    world.record(port.system().place(), Event.of(EventKind.LACP_CHURN, port.name(), end), "");
  }
}
