// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import dev.ringside.packet.PacketMatcher;
import dev.ringside.world.World;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * SteeringParts.of(world);
 * }</pre>
 */
public class SteeringParts {

  private static final SteeringParts PLAIN = new SteeringParts();

  SteeringParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static SteeringParts of(World world) {
    return world.parts(SteeringParts.class, PLAIN);
  }

  /** The steering of a host. */
  public Steering steering(SteeringSite site) {
    return new Steering(site);
  }

  /** A containment. */
  Containment containment(Steering steering, PacketMatcher signature, ContainmentPolicy policy) {
    return new Containment(steering, signature, policy);
  }
}
