// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;

/**
 * The software switch of a host: joins its virtual NICs with each other and, through the uplink,
 * with the wire. It has one uplink, so that flooding cannot loop.
 *
 * <pre>{@code
 * host.virtualSwitch().port("web").setVlanMode(VlanMode.access(100));
 * }</pre>
 */
public final class VirtualSwitch extends LearningSwitch {

  /** The name of the port towards the wire. */
  public static final String UPLINK = "uplink";

  /** Creates a switch without ports. */
  public VirtualSwitch(World world, String name) {
    super(world, Stage.VIRTUAL_SWITCH, name);
  }
}
