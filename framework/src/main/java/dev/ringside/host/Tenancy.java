// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.memory.Application;
import dev.ringside.steering.Steering;
import dev.ringside.trace.EventKind;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes virtual machines into a host and lets them go: new ones, and those of other hosts. */
final class Tenancy {

  private final Host host;
  private final World world;
  private final AddressPlan plan;
  private final List<HostPort> ports;
  private final Guests guests;
  private final Site site;
  private final @Nullable ActiveActive activeActive;

  Tenancy(
      Host host,
      AddressPlan plan,
      List<HostPort> ports,
      Guests guests,
      Site site,
      @Nullable ActiveActive activeActive) {
    this.host = host;
    this.world = host.world();
    this.plan = plan;
    this.ports = ports;
    this.guests = guests;
    this.site = site;
    this.activeActive = activeActive;
  }

  // ---- new ones, and ends ----

  VirtualMachine start(VmSpec spec) {
    checkRoom(spec);
    VmSpec placed = plan.placed(spec, host.name());
    world.record(host.name(), EventKind.CREATED, "vm " + spec.name());
    return settle(placed, newVm(placed), null);
  }

  /** A new virtual machine of a new host. */
  void admit(VmSpec spec) {
    VmSpec placed = plan.placed(spec, host.name());
    VirtualMachine unused = settle(placed, newVm(placed), null);
  }

  /** Refuses a virtual machine that the host cannot have. */
  void checkRoom(VmSpec spec) {
    Lookup.checkFree(guests, spec.name(), host.name());
    Proxies proxies = host.proxiesIfAny();
    if (proxies != null) {
      proxies.checkFree(spec);
    }
    Monitoring monitoring = host.monitoringIfAny();
    if (monitoring != null && !(spec.direct() && Lookup.hasFreeFunction(ports))) {
      monitoring.checkUplink(spec.name());
    }
  }

  VirtualMachine newVm(VmSpec spec) {
    VirtualMachine vm = new VirtualMachine(world, plan.addressesFor(spec), spec.vlan());
    plan.addRoutes(spec, host.name(), vm.stack());
    return vm;
  }

  /**
   * Gives a virtual machine its place.
   *
   * @param arriving the virtual NIC that it brings along, null for a new one
   */
  VirtualMachine settle(VmSpec spec, VirtualMachine vm, @Nullable Vnic arriving) {
    Guest guest =
        activeActive == null
            ? new Guest(host, spec, vm, arriving, host.proxiesIfAny())
            : activeActive.newGuest(host, spec, vm, arriving, host.proxiesIfAny());
    guests.add(guest);
    GuestMemory memory = host.memoryIfAny();
    if (memory != null) {
      memory.added(guest);
    }
    connect(guest);
    guest.settle();
    if (host.hasTransmitBuffers()) {
      Application unused = host.transmitBuffers().sender(spec.name());
    }
    site.added(host, vm);
    return vm;
  }

  private void connect(Guest guest) {
    if (host.hasAggregator()) {
      host.aggregator().addClient(guest);
    } else if (!guest.wantsDirectAccess() || !guest.mapAnywhere(ports)) {
      guest.admit(ports.get(0));
    }
  }

  private void disconnect(Guest guest) {
    if (host.hasAggregator()) {
      host.aggregator().removeClient(guest);
    } else {
      guest.dismiss(ports.get(0));
    }
  }

  void end(String vmName) {
    Guest guest = host.guest(vmName);
    leave(guest);
    guest.end();
    GuestMemory memory = host.memoryIfAny();
    if (memory != null) {
      memory.removed(guest);
    }
    host.virtualSwitch().removePort(guest.port());
    world.record(host.name(), EventKind.REMOVED, "vm " + vmName);
    site.removed(host, guest.vm());
    plan.released(guest.vm());
  }

  private void leave(Guest guest) {
    guests.remove(guest);
    Steering steering = host.steeringIfAny();
    if (steering != null) {
      steering.forget(guest.name());
    }
    disconnect(guest);
    if (host.hasTransmitBuffers()) {
      host.transmitBuffers().application(guest.name()).end();
    }
  }
}
