// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.AggregateParts;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.bridge.LearningSwitch;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.NicParts;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.MacAddress;
import dev.ringside.steering.Steering;
import dev.ringside.steering.SteeringParts;
import dev.ringside.steering.SteeringSite;
import dev.ringside.virt.VirtParts;
import dev.ringside.virt.VirtualSwitch;
import dev.ringside.wire.Cable;
import dev.ringside.wire.WireParts;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/** Gets for a host what other packages make. */
final class Equipment {

  private Equipment() {}

  static VirtualSwitch virtualSwitch(World world, String name) {
    return VirtParts.of(world).virtualSwitch(world, name);
  }

  static PhysicalNic nic(
      World world, String host, String name, String label, MacAddress mac, NicConfig config) {
    return NicParts.of(world).physicalNic(world, host, name, label, mac, config);
  }

  static Cable cable(World world, String label) {
    return WireParts.of(world).cable(world, label);
  }

  static Steering steering(SteeringSite site) {
    return SteeringParts.of(site.world()).steering(site);
  }

  /** What an active/active host has, null for another one. */
  static @Nullable ActiveActive activeActive(
      World world, HostBuilder spec, String aggregatorName, LearningSwitch network) {
    return spec.effectiveAggregation() == Aggregation.ACTIVE_ACTIVE
        ? new ActiveActive(world, spec, aggregatorName, network)
        : null;
  }

  /** The aggregation of a host, null if its NICs are not used together. */
  static @Nullable LinkAggregator aggregator(
      @Nullable ActiveActive wiring, World world, HostBuilder spec, String name) {
    if (wiring != null) {
      return wiring.aggregator();
    }
    return spec.effectiveAggregation() == Aggregation.ACTIVE_STANDBY
        ? AggregateParts.of(world).linkAggregator(world, spec.name(), name, spec.aggregatorConfig())
        : null;
  }
}
