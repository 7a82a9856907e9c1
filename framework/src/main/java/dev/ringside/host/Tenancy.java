// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.memory.Application;
import dev.ringside.memory.MemoryPool;
import dev.ringside.memory.Quota;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.MacAddress;
import dev.ringside.steering.Steering;
import dev.ringside.trace.EventKind;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.vm.VmParts;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes virtual machines into a host and lets them go: new ones, and those that come from other
 * hosts and leave for them. Its public operations are the steps of a migration; whoever wants the
 * whole of it calls {@code lab.migrate(vm).to(host)}.
 *
 * <pre>{@code
 * b2.tenancy().checkRoom(web);
 * b1.tenancy().withdrawAccess(web, () -> b1.tenancy().move(web, b2, Duration.ofMillis(10)));
 * }</pre>
 */
public class Tenancy {

  private final Host host;
  private final World world;
  private final AddressPlan plan;
  private final List<HostPort> ports;
  private final Guests guests;
  private final Site site;
  private final @Nullable ActiveActive activeActive;
  private List<Runnable> listeners = List.of();
  private List<VirtualMachine> suspended = List.of();
  private boolean failed;

  /** The cards before this one had no free function when last asked, and released none since. */
  private int firstNotFull;

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

  /** The host. */
  public Host host() {
    return host;
  }

  // ---- new ones, and ends ----

  VirtualMachine start(VmSpec spec) {
    checkRoom(spec);
    VmSpec placed = plan.placed(spec, host.name());
    world.record(host.name(), EventKind.CREATED, "vm " + spec.name());
    return settleNew(placed);
  }

  /** A new virtual machine of a new host. */
  void admit(VmSpec spec) {
    VirtualMachine unused = settleNew(plan.placed(spec, host.name()));
  }

  /** Refuses a virtual machine that the host cannot have. */
  void checkRoom(VmSpec spec) {
    Lookup.checkFree(guests, spec.name(), host.name());
    Proxies proxies = host.proxiesIfAny();
    if (proxies != null) {
      proxies.checkFree(spec);
    }
    Monitoring monitoring = host.monitoringIfAny();
    if (monitoring != null && !(spec.direct() && hasFreeFunction())) {
      monitoring.checkUplink(spec.name());
    }
  }

  private VirtualMachine settleNew(VmSpec spec) {
    VirtualMachine vm =
        VmParts.of(world).virtualMachine(world, plan.addressesFor(spec), spec.vlan());
    plan.addRoutes(spec, host.name(), vm.stack());
    return settle(spec, vm, null);
  }

  /**
   * Gives a virtual machine its place.
   *
   * @param arriving the virtual NIC that it brings along, null for a new one
   */
  private VirtualMachine settle(VmSpec spec, VirtualMachine vm, @Nullable Vnic arriving) {
    Guest guest =
        activeActive == null
            ? HostParts.of(world).guest(host, spec, vm, arriving, host.proxiesIfAny())
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
    changed();
    return vm;
  }

  private void connect(Guest guest) {
    if (host.hasAggregator()) {
      host.aggregator().addClient(guest);
    } else if (!guest.wantsDirectAccess() || !mapAnywhere(guest)) {
      guest.admit(ports.get(0));
    }
  }

  /** Gives the guest a function of the first NIC that has a free one; false: none has. */
  private boolean mapAnywhere(Guest guest) {
    return hasFreeFunction() && guest.map(ports.get(firstNotFull).nic());
  }

  private boolean hasFreeFunction() {
    while (firstNotFull < ports.size() && ports.get(firstNotFull).nic().freeFunction() == null) {
      firstNotFull++;
    }
    return firstNotFull < ports.size();
  }

  /** A card may have a function for the next guest again. */
  void functionReleased() {
    firstNotFull = 0;
  }

  private void disconnect(Guest guest) {
    if (host.hasAggregator()) {
      host.aggregator().removeClient(guest);
    } else {
      guest.dismiss(ports.get(0));
    }
  }

  // ---- moves ----

  /**
   * Refuses a virtual machine of another host that this one could not take in.
   *
   * @throws IllegalArgumentException if one here has its name, or announces its address
   * @throws IllegalStateException if the card is bridged that it would reach the network through
   */
  public void checkRoom(VirtualMachine vm) {
    VmSpec spec = VmSpec.named(vm.name()).mac(vm.mac().toString()).vlan(vm.vlan());
    synchronized (world) {
      checkRoom(spec.switched());
    }
  }

  /**
   * Takes the virtual function from a virtual machine, as before it is moved: what is in the
   * function's receive rings comes to it through the virtual switch, what it sends from now on is
   * kept until it has moved or {@link #restoreAccess} was called.
   *
   * @param sent runs as soon as all is sent that the function has taken
   */
  public void withdrawAccess(VirtualMachine vm, Runnable sent) {
    world.run(
        () -> {
          Guest guest = host.guest(vm.name());
          guest.giveUpAccess(() -> reconnect(guest), sent);
        });
  }

  /** Gives a virtual machine a virtual function again, if there is one, and lets it send. */
  public void restoreAccess(VirtualMachine vm) {
    world.run(
        () -> {
          Guest guest = host.guest(vm.name());
          guest.wantAccessAgain();
          reconnect(guest);
        });
  }

  private void reconnect(Guest guest) {
    disconnect(guest);
    guest.unmap();
    connect(guest);
  }

  /** Lets a virtual machine stand still until {@link #letRun}, whatever becomes of its host. */
  public void suspend(VirtualMachine vm) {
    world.run(
        () -> {
          setSuspended(vm, true);
          vm.pause();
        });
  }

  /** Lets a virtual machine run that was suspended, unless the host has failed. */
  public void letRun(VirtualMachine vm) {
    world.run(
        () -> {
          setSuspended(vm, false);
          if (!failed) {
            vm.resume();
          }
        });
  }

  private void setSuspended(VirtualMachine vm, boolean on) {
    List<VirtualMachine> now = new ArrayList<>(suspended);
    now.remove(vm);
    if (on) {
      now.add(vm);
    }
    suspended = now.isEmpty() ? List.of() : now;
  }

  /**
   * Gives a virtual machine to another host, with its virtual NIC, all that waits in it, and its
   * quota of memory. Its network sees it there at once.
   *
   * @param forward for so long, what comes for it here is sent on to it
   * @throws IllegalArgumentException if there is no such virtual machine here
   */
  public void move(VirtualMachine vm, Host to, Duration forward) {
    world.run(
        () -> {
          Guest guest = host.guest(vm.name());
          guest.wantNoAccess();
          leave(guest);
          guest.leave();
          GuestMemory memory = host.memoryIfAny();
          Quota quota = memory == null ? null : memory.pool().vmLeaves(vm.name());
          host.virtualSwitch().removePort(guest.port());
          Departed.forwardFor(forward, host, vm);
          world.record(host.name(), EventKind.MOVED, vm.name(), to.name());
          site.left(host, vm, to, forward);
          to.tenancy().takeIn(guest.spec(), vm, guest.vnic(), quota);
          to.tenancy().standsOrRuns(vm, suspended.contains(vm), failed);
          setSuspended(vm, false);
        });
  }

  private void takeIn(VmSpec spec, VirtualMachine vm, Vnic vnic, @Nullable Quota quota) {
    Departed.returned(host, vm);
    VirtualMachine unused = settle(spec, vm, vnic);
    if (quota != null) {
      host.memory().vmArrived(quota);
    }
    Guest guest = host.guest(vm.name());
    if (guest.directAccessThrough() == null) {
      vnic.useSwitch();
    }
  }

  /** One that stands still because its former host had failed runs on a host that has not. */
  private void standsOrRuns(VirtualMachine vm, boolean isSuspended, boolean formerHostFailed) {
    if (isSuspended) {
      setSuspended(vm, true);
    } else if (failed) {
      vm.pause();
    } else if (formerHostFailed) {
      vm.resume();
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
    changed();
  }

  // ---- what it has for those who move it ----

  /** The quota of a virtual machine, null if it has none. */
  public @Nullable Quota quotaOf(VirtualMachine vm) {
    synchronized (world) {
      GuestMemory memory = host.memoryIfAny();
      MemoryPool pool = memory == null ? null : memory.pool();
      return pool == null || !pool.hasQuota(vm.name()) ? null : pool.quota(vm.name());
    }
  }

  /** The host's NICs take frames for this MAC address too: something in its switch has it. */
  public void listenTo(MacAddress mac) {
    for (HostPort port : ports) {
      port.nic().filter().addMac(mac);
    }
  }

  /** The host's NICs take frames for this MAC address no longer. */
  public void listenNoMore(MacAddress mac) {
    for (HostPort port : ports) {
      port.nic().filter().removeMac(mac);
    }
  }

  /** Whether frames of this VLAN get from the host's switch to the network outside. */
  public boolean reachesOutside(int vlan) {
    return site.carries(vlan);
  }

  // ---- for those who look after it ----

  /** Calls this whenever a virtual machine has come or gone, or the host has failed. */
  public void onChange(Runnable listener) {
    synchronized (world.whileOpen()) {
      List<Runnable> more = new ArrayList<>(listeners);
      more.add(listener);
      listeners = more;
    }
  }

  private void changed() {
    for (Runnable listener : listeners) {
      listener.run();
    }
  }

  boolean isFailed() {
    return failed;
  }

  /** Its virtual machines stand still as long as it does. */
  void setFailed(boolean nowFailed) {
    if (failed == nowFailed) {
      return;
    }
    failed = nowFailed;
    for (PhysicalNic nic : host.pnics()) {
      if (nowFailed) {
        nic.fail();
      } else {
        nic.repair();
      }
    }
    for (VirtualMachine vm : host.vms()) {
      if (nowFailed) {
        vm.pause();
      } else if (!suspended.contains(vm)) {
        vm.resume();
      }
    }
    changed();
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
