// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import dev.ringside.packet.Endpoint;
import dev.ringside.trace.Account;
import dev.ringside.world.World;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * WireParts.of(world);
 * }</pre>
 */
public class WireParts {

  private static final WireParts PLAIN = new WireParts();

  WireParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static WireParts of(World world) {
    return world.parts(WireParts.class, PLAIN);
  }

  /** The switch outside. */
  public ExternalSwitch externalSwitch(World world, String name) {
    return new ExternalSwitch(world, name);
  }

  /** A cable. */
  public Cable cable(World world, String name) {
    return new Cable(world, name);
  }

  /** A direction of a cable. */
  CableDirection cableDirection(World world, String cable, String direction, Account account) {
    return new CableDirection(world, cable, direction, account);
  }

  /** A station. */
  public Station station(World world, Endpoint addresses) {
    return new Station(world, addresses);
  }
}
