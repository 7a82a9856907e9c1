// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import dev.ringside.packet.PacketSink;
import dev.ringside.world.World;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * BridgeParts.of(world);
 * }</pre>
 */
public class BridgeParts {

  private static final BridgeParts PLAIN = new BridgeParts();

  BridgeParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static BridgeParts of(World world) {
    return world.parts(BridgeParts.class, PLAIN);
  }

  /** A port of a switch. */
  SwitchPort switchPort(LearningSwitch owner, String name, PacketSink out, VlanMode vlanMode) {
    return new SwitchPort(owner, name, out, vlanMode);
  }
}
