// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import dev.ringside.flow.RingTarget;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.world.World;
import java.util.List;

/**
 * What there is to steer: the host, as steering sees it.
 *
 * <pre>{@code
 * Steering steering = new Steering(site);
 * }</pre>
 */
public interface SteeringSite {

  /** What the devices of the lab share. */
  World world();

  /** The name of the host. */
  String name();

  /** Its physical NICs, in order. */
  List<PhysicalNic> pnics();

  /** Drops packets that match and wait in rings of the host, which no card answers for. */
  void purge(PacketMatcher unwanted);

  /**
   * Where packets of a virtual machine go.
   *
   * @throws IllegalArgumentException if there is no virtual machine of this name
   */
  RingTarget destination(String vm);

  /**
   * The address of a virtual machine.
   *
   * @throws IllegalArgumentException if there is no virtual machine of this name
   */
  MacAddress mac(String vm);
}
