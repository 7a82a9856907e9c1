// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.packet.PacketMatcher;
import dev.ringside.world.World;
import java.util.List;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * MonitorParts.of(world);
 * }</pre>
 */
public class MonitorParts {

  private static final MonitorParts PLAIN = new MonitorParts();

  MonitorParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static MonitorParts of(World world) {
    return world.parts(MonitorParts.class, PLAIN);
  }

  /** A monitor. */
  public Monitor monitor(
      World world,
      String host,
      String name,
      String label,
      PacketMatcher matcher,
      UserMemory memory,
      MonitorConfig config) {
    return new Monitor(world, host, name, label, matcher, memory, config);
  }

  /** A ring of a monitor. */
  MonitorRing monitorRing(World world, Monitor monitor, String name, int capacity) {
    return new MonitorRing(world, monitor, name, capacity);
  }

  /** A transfer. */
  Transfer transfer(Monitor monitor, List<Tap> taps) {
    return new Transfer(monitor, taps);
  }
}
