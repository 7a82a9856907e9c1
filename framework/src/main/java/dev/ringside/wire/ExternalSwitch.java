// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;

/**
 * The switch outside the hosts, which their cables and the test's station are plugged into.
 *
 * <pre>{@code
 * lab.externalSwitch().portOf(web.mac(), 1); // where it has heard web last
 * lab.externalSwitch().port("p0").setVlanMode(VlanMode.trunk(1, 100));
 * }</pre>
 */
public class ExternalSwitch extends LearningSwitch {

  /** Creates a switch without ports. */
  public ExternalSwitch(World world, String name) {
    super(world, Stage.EXTERNAL_SWITCH, name);
  }
}
