// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.bridge.PortGroup;
import dev.ringside.bridge.VlanMode;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Receiver;
import dev.ringside.virt.VirtualSwitch;
import dev.ringside.wire.Cable;
import dev.ringside.wire.ExternalSwitch;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * What an active/active host has where others have something else: its cables are one port of the
 * external switch, and its guests may have a function of each NIC.
 *
 * <p>A frame for a group passes one NIC on its way into or out of the host. The functions of that
 * NIC get their copies from the card; the virtual switch serves the guests that have none there. So
 * it is noted which NIC the frame passes that the virtual switch floods.
 */
final class ActiveActive {

  private final World world;
  private final String host;
  private final LinkAggregator aggregator;
  private final PortSelectionPolicy policy;
  private final PortGroup group;
  private @Nullable HostPort passing;
  private int ports;

  ActiveActive(World world, HostBuilder spec, String aggregatorName, ExternalSwitch network) {
    PortSelectionPolicy given = spec.portSelectionOrNull();
    this.world = world;
    this.host = spec.name();
    this.policy = given == null ? PortSelectionPolicies.defaultPolicy() : given;
    this.aggregator =
        new LinkAggregator(world, host, aggregatorName, spec.aggregatorConfig(), policy);
    this.group = network.addPortGroup(aggregatorName, VlanMode.transparent());
  }

  LinkAggregator aggregator() {
    return aggregator;
  }

  HostPort newPort(PhysicalNic nic, Cable cable, Receiver fromNic) {
    SpreadPort port = new SpreadPort(this, nic, cable, ports++);
    port.plugInto(group.addLink(nic.label(), cable.toHost()));
    port.connectHost(fromNic);
    return port;
  }

  Guest newGuest(
      VmSpec spec, Endpoint addresses, VirtualSwitch virtualSwitch, @Nullable Proxies proxies) {
    PortSelectionPolicy own = spec.portSelectionOrNull();
    return new SpreadGuest(
        this, world, host, spec, addresses, virtualSwitch, proxies, own == null ? policy : own);
  }

  /**
   * The NIC that the frame passes that is in the virtual switch; null: none, as far as is known.
   */
  @Nullable HostPort passing() {
    return passing;
  }

  /** The virtual switch sends a packet to the network, perhaps in the course of a flood. */
  void send(Packet packet) {
    if (MacAddress.isMulticast(packet.destinationMacBits())) {
      passing = (HostPort) aggregator.hostTraffic().select(packet);
    }
    aggregator.accept(packet);
  }

  void passes(@Nullable HostPort port) {
    passing = port;
  }
}
