// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.AggregateParts;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.PortGroup;
import dev.ringside.bridge.VlanMode;
import dev.ringside.lacp.LacpConfig;
import dev.ringside.lacp.LacpSystem;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Receiver;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
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

  private static final MacAddress NETWORK_MAC = MacAddress.of("02:52:53:04:00:01");

  private final World world;
  private final String host;
  private final LinkAggregator aggregator;
  private final PortSelectionPolicy policy;
  private final PortGroup group;
  private final String network;
  private final @Nullable LacpConfig lacpConfig;
  private @Nullable LacpEnds lacp;
  private @Nullable HostPort passing;
  private int ports;

  ActiveActive(World world, HostBuilder spec, String aggregatorName, LearningSwitch network) {
    PortSelectionPolicy given = spec.portSelectionOrNull();
    this.world = world;
    this.host = spec.name();
    this.policy = given == null ? PortSelectionPolicies.defaultPolicy() : given;
    this.aggregator =
        AggregateParts.of(world)
            .linkAggregator(world, host, aggregatorName, spec.aggregatorConfig(), policy);
    this.network = network.name();
    this.lacpConfig = spec.lacpOrNull();
    this.group = network.addPortGroup(aggregatorName, VlanMode.transparent());
  }

  LinkAggregator aggregator() {
    return aggregator;
  }

  HostPort newPort(PhysicalNic nic, Cable cable, Receiver fromNic) {
    PortGroup.Link link = group.addLink(nic.label(), cable.toHost());
    SpreadPort port = newPort(nic, cable, link);
    port.connectHost(fromNic);
    return port;
  }

  private SpreadPort newPort(PhysicalNic nic, Cable cable, PortGroup.Link link) {
    int order = ports++;
    if (lacpConfig == null) {
      SpreadPort port = HostParts.of(world).spreadPort(this, nic, cable, order);
      port.plugInto(link);
      return port;
    }
    if (lacp == null) {
      lacp = newLacp(nic.mac(), lacpConfig);
    }
    return HostParts.of(world).agreedPort(this, lacp, nic, cable, order, link);
  }

  /** As in Linux, the host has the address of its first NIC. */
  private LacpEnds newLacp(MacAddress hostMac, LacpConfig config) {
    String name = aggregator.name();
    return new LacpEnds(
        new LacpSystem(world, host, name + " lacp", hostMac, config),
        new LacpSystem(world, network, network + " " + name + " lacp", NETWORK_MAC, config));
  }

  static LacpEnds lacpOf(@Nullable ActiveActive wiring, String host) {
    if (wiring == null || wiring.lacp == null) {
      throw new IllegalStateException(
          "host " + host + " does not speak LACP; build it with lacp(LacpConfig.fast())");
    }
    return wiring.lacp;
  }

  Guest newGuest(
      Host onHost,
      VmSpec spec,
      VirtualMachine vm,
      @Nullable Vnic arriving,
      @Nullable Proxies proxies) {
    PortSelectionPolicy own = spec.portSelectionOrNull();
    PortSelectionPolicy used = own == null ? policy : own;
    return HostParts.of(world).spreadGuest(this, onHost, spec, vm, arriving, proxies, used);
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
