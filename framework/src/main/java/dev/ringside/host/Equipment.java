// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.AggregateParts;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.bridge.LearningSwitch;
import dev.ringside.memory.MemorySize;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.NicParts;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.MacAddress;
import dev.ringside.virt.ProxyConfig;
import dev.ringside.virt.VirtParts;
import dev.ringside.virt.VirtualSwitch;
import dev.ringside.wire.Cable;
import dev.ringside.wire.WireParts;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/** Gets for a host what it was built with: nothing is made for what was not asked for. */
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

  /** The buffers of a host with NUMA nodes, null for another one. */
  static @Nullable TransmitBuffers transmitBuffers(World world, HostBuilder spec) {
    NumaTopology topology = spec.numaTopology();
    return topology == null ? null : HostMemory.transmitBuffers(world, spec, topology);
  }

  /** Null for a host whose memory is unlimited, which costs nothing until it is asked for. */
  static @Nullable GuestMemory memory(Host host, Guests guests, HostBuilder spec) {
    MemorySize size = spec.memorySize();
    return size == null ? null : new GuestMemory(host, guests, size);
  }

  /** Null for a host whose guests reach each other as all others. */
  static @Nullable Proxies proxies(World world, HostBuilder spec) {
    ProxyConfig config = spec.proxyConfig();
    return config == null ? null : HostParts.of(world).proxies(world, spec.name(), config);
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
