// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside;

import dev.ringside.bridge.VlanMode;
import dev.ringside.host.AddressPlan;
import dev.ringside.host.Host;
import dev.ringside.host.HostBuilder;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Waiter;
import dev.ringside.time.Seed;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Journal;
import dev.ringside.trace.Ledger;
import dev.ringside.trace.Trace;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import dev.ringside.wire.ExternalSwitch;
import dev.ringside.wire.Station;
import dev.ringside.world.VirtualClock;
import dev.ringside.world.VirtualExecutor;
import dev.ringside.world.World;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A lab: hosts, the switch between them, and the test's own station, all in memory and in virtual
 * time.
 *
 * <pre>{@code
 * try (Lab lab = Lab.open()) {
 *   lab.wire().send(udp().to(lab.host().vm("vm1")).port(53));
 *   lab.host().pnic("p0").fail();
 *   lab.advance(Duration.ofSeconds(1));
 * }
 * }</pre>
 *
 * <p>Every operation returns when all that it causes at the present time has happened. A lab may be
 * used by several threads; its operations then happen one after the other.
 */
public final class Lab implements AutoCloseable {

  private final World world;
  private final ExternalSwitch externalSwitch;
  private final Station wire;
  private final List<Host> hosts;
  private @Nullable VirtualExecutor executor;

  Lab(LabBuilder builder) {
    this.world = builder.newWorld();
    this.externalSwitch = new ExternalSwitch(world, "switch");
    this.wire = new Station(world, builder.station());
    wire.connect(externalSwitch.addPort(wire.name(), wire, VlanMode.transparent()));
    List<HostBuilder> specs = builder.hosts();
    List<Host> built = new ArrayList<>(specs.size());
    AddressPlan plan = new AddressPlan();
    for (HostBuilder spec : specs) {
      String prefix = specs.size() == 1 ? "" : spec.name() + "/";
      built.add(new Host(world, prefix, spec, plan, externalSwitch));
    }
    this.hosts = List.copyOf(built);
  }

  /** Says what the lab shall have. */
  public static LabBuilder builder() {
    return new LabBuilder();
  }

  /** A lab with one host: two NICs of four virtual functions, virtual machines vm1 and vm2. */
  public static Lab open() {
    return builder().open();
  }

  /** A lab as a class describes it. */
  public static Lab of(Topology topology) {
    return builder().topology(topology).open();
  }

  // ---- what is in it ----

  /** The hosts, in order. */
  public List<Host> hosts() {
    return hosts;
  }

  /**
   * The only host.
   *
   * @throws IllegalStateException if there are several
   */
  public Host host() {
    if (hosts.size() != 1) {
      throw new IllegalStateException(
          "the lab has " + hosts.size() + " hosts, " + hostNames() + "; say which: host(name)");
    }
    return hosts.get(0);
  }

  /**
   * A host.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Host host(String name) {
    for (Host host : hosts) {
      if (host.name().equals(name)) {
        return host;
      }
    }
    throw new IllegalArgumentException(
        "no host named '" + name + "' in the lab; it has " + hostNames());
  }

  private List<String> hostNames() {
    List<String> names = new ArrayList<>(hosts.size());
    for (Host host : hosts) {
      names.add(host.name());
    }
    return names;
  }

  /**
   * A virtual machine of any host.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public VirtualMachine vm(String name) {
    for (Host host : hosts) {
      if (host.hasVm(name)) {
        return host.vm(name);
      }
    }
    List<String> names = new ArrayList<>();
    for (Host host : hosts) {
      for (VirtualMachine vm : host.vms()) {
        names.add(vm.name());
      }
    }
    throw new IllegalArgumentException("no VM named '" + name + "' in the lab; it has " + names);
  }

  /** The test's own station on the network outside the hosts. */
  public Station wire() {
    return wire;
  }

  /** The switch that all cables are plugged into. */
  public ExternalSwitch externalSwitch() {
    return externalSwitch;
  }

  /**
   * A cable by its name: that of its NIC, with the host's in front (h1/p0) where there are several.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Cable cable(String name) {
    List<String> names = new ArrayList<>();
    for (Cable cable : cables()) {
      if (cable.name().equals(name)) {
        return cable;
      }
      names.add(cable.name());
    }
    throw new IllegalArgumentException("no cable named '" + name + "'; the lab has " + names);
  }

  /** All cables, host by host. */
  public List<Cable> cables() {
    List<Cable> cables = new ArrayList<>(2 * hosts.size());
    for (Host host : hosts) {
      cables.addAll(host.cables());
    }
    return cables;
  }

  // ---- time and chance ----

  /**
   * Lets time pass, and everything happen that happens in it.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  public void advance(Duration duration) {
    world.advance(duration);
  }

  /** Virtual time since the lab was opened. */
  public Duration elapsed() {
    synchronized (world) {
      return Duration.ofNanos(world.now());
    }
  }

  /** The lab's time for code under test that wants a clock. */
  public Clock clock() {
    return new VirtualClock(world);
  }

  /** The lab's time for code under test that wants timers; its tasks run as the lab advances. */
  public ScheduledExecutorService executor() {
    synchronized (world) {
      if (executor == null) {
        executor = new VirtualExecutor(world);
      }
      return executor;
    }
  }

  /** The number that all chance comes from. */
  public Seed seed() {
    return world.seed();
  }

  // ---- what happened ----

  /** All that has happened, in order. */
  public Journal journal() {
    return world.journal();
  }

  /** The fates of all packets. */
  public Ledger ledger() {
    return world.ledger();
  }

  /**
   * Says that packets may be lost for these reasons: the check after the test does not complain
   * about them. What a fault of the test's own causes is expected without a word: losses on a wire
   * with faults, in a failed NIC, behind a link that was taken down.
   */
  public void expectDrops(DropReason... reasons) {
    synchronized (world) {
      world.ledger().expectDrops(reasons);
    }
  }

  /** The way of a packet and its copies; of one that {@code send} returned or an inbox holds. */
  public Trace trace(Packet packet) {
    return world.journal().trace(packet);
  }

  /**
   * All requests that wait for something, such as memory, in the order in which they began: who
   * waits, for how much, since when, and what would end it.
   */
  public List<Waiter> waiters() {
    return world.waiters();
  }

  /** Writes a note into the journal. */
  public void note(String text) {
    world.run(() -> world.record("test", EventKind.NOTE, text));
  }

  /** What the devices share; for those who build devices of their own. */
  public World world() {
    return world;
  }

  /** Ends the lab; a second call does nothing. */
  @Override
  public void close() {
    world.close();
  }

  @Override
  public String toString() {
    return "lab at " + elapsed() + ", seed " + seed() + ": " + hosts;
  }
}
