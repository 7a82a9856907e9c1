// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.PortGroup;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.ring.Receiver;
import dev.ringside.virt.ProxyConfig;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * HostParts.of(world);
 * }</pre>
 */
public class HostParts {

  private static final HostParts PLAIN = new HostParts();

  HostParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static HostParts of(World world) {
    return world.parts(HostParts.class, PLAIN);
  }

  /** A host. */
  public Host host(World world, String prefix, HostBuilder spec, AddressPlan plan, Site site) {
    return new Host(world, prefix, spec, plan, site);
  }

  /** A NIC of a host. */
  HostPort hostPort(PhysicalNic nic, Cable cable) {
    return new HostPort(nic, cable);
  }

  /** A NIC of an active/active host. */
  SpreadPort spreadPort(ActiveActive wiring, PhysicalNic nic, Cable cable, int order) {
    return new SpreadPort(wiring, nic, cable, order);
  }

  /** A NIC that speaks LACP. */
  AgreedPort agreedPort(
      ActiveActive wiring,
      LacpEnds ends,
      PhysicalNic nic,
      Cable cable,
      int order,
      PortGroup.Link link) {
    return new AgreedPort(wiring, ends, nic, cable, order, link);
  }

  /** A virtual machine on its host. */
  Guest guest(
      Host host,
      VmSpec spec,
      VirtualMachine vm,
      @Nullable Vnic arriving,
      @Nullable Proxies proxies) {
    return new Guest(host, spec, vm, arriving, proxies);
  }

  /** A virtual machine on its active/active host. */
  SpreadGuest spreadGuest(
      ActiveActive wiring,
      Host host,
      VmSpec spec,
      VirtualMachine vm,
      @Nullable Vnic arriving,
      @Nullable Proxies proxies,
      PortSelectionPolicy policy) {
    return new SpreadGuest(wiring, host, spec, vm, arriving, proxies, policy);
  }

  /** What takes virtual machines in. */
  Tenancy tenancy(
      Host host,
      AddressPlan plan,
      List<HostPort> ports,
      Guests guests,
      Site site,
      @Nullable ActiveActive activeActive) {
    return new Tenancy(host, plan, ports, guests, site, activeActive);
  }

  /** The proxies of a host. */
  Proxies proxies(World world, String host, ProxyConfig config) {
    return new Proxies(world, host, config);
  }

  /** A bridge. */
  InlineBridge inlineBridge(
      Host host,
      MonitoredPort near,
      MonitoredPort far,
      int capacity,
      LearningSwitch nearNetwork,
      AddressPlan plan,
      Receiver guests) {
    return new InlineBridge(host, near, far, capacity, nearNetwork, plan, guests);
  }
}
