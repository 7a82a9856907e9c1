// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.MacAddress;
import dev.ringside.world.World;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * RoutingParts.of(world);
 * }</pre>
 */
public class RoutingParts {

  private static final RoutingParts PLAIN = new RoutingParts();

  RoutingParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static RoutingParts of(World world) {
    return world.parts(RoutingParts.class, PLAIN);
  }

  /** A router. */
  public Router router(World world, String name) {
    return new Router(world, name);
  }

  /** A port of a router. */
  RouterPort routerPort(
      Router router, String name, MacAddress mac, LearningSwitch network, int vlan) {
    return new RouterPort(router, name, mac, network, vlan);
  }

  /** The addresses of a subnet. */
  public AddressPool addressPool(IpPrefix prefix) {
    return new AddressPool(prefix);
  }
}
