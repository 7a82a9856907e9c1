// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.PacketSink;
import dev.ringside.world.World;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * AggregateParts.of(world);
 * }</pre>
 */
public class AggregateParts {

  private static final AggregateParts PLAIN = new AggregateParts();

  AggregateParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static AggregateParts of(World world) {
    return world.parts(AggregateParts.class, PLAIN);
  }

  /** An aggregation of a host. */
  public LinkAggregator linkAggregator(
      World world, String host, String name, AggregatorConfig config) {
    return new LinkAggregator(world, host, name, config);
  }

  /** An aggregation of a host. */
  public LinkAggregator linkAggregator(
      World world, String host, String name, AggregatorConfig config, PortSelectionPolicy policy) {
    return new LinkAggregator(world, host, name, config, policy);
  }

  /** What spreads connections. */
  public VirtualLinkAggregator virtualLinkAggregator(
      World world, String host, String owner, PortSelectionPolicy policy, PacketSink otherwise) {
    return new VirtualLinkAggregator(world, host, owner, policy, otherwise);
  }

  /** The steps of a failover. */
  Failover failover(
      World world,
      String host,
      String name,
      AggregatorConfig config,
      HealthMonitor health,
      Uplink uplink) {
    return new Failover(world, host, name, config, health, uplink);
  }
}
