// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import dev.ringside.world.World;

/** Says when it is time for another LACPDU: as often as the partner wants to hear one. */
final class PeriodicMachine {

  private static final long FAST = 1_000_000_000L;
  private static final long SLOW = 30_000_000_000L;

  private final LacpPort port;
  private final Alarm alarm;
  private long period;

  PeriodicMachine(World world, LacpPort port) {
    this.port = port;
    this.alarm = new Alarm(world, this::due);
  }

  /** Where neither end is active, nobody sends. */
  boolean isRunning() {
    return port.isEnabled() && (port.config().active() || port.partner().has(LacpFlag.ACTIVITY));
  }

  void look() {
    if (!isRunning()) {
      alarm.stop();
      period = 0;
      return;
    }
    long wanted = port.partner().has(LacpFlag.TIMEOUT) ? FAST : SLOW;
    if (wanted != period) {
      if (period == SLOW) {
        port.transmitter().need();
      }
      period = wanted;
      alarm.start(period);
    }
  }

  private void due() {
    alarm.start(period);
    port.transmitter().need();
    port.system().settle();
  }
}
