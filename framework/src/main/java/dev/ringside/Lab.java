// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.VlanMode;
import dev.ringside.chassis.Blade;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.chassis.ChassisParts;
import dev.ringside.chassis.Fabric;
import dev.ringside.chassis.Locations;
import dev.ringside.host.AddressPlan;
import dev.ringside.host.Host;
import dev.ringside.host.HostBuilder;
import dev.ringside.host.HostParts;
import dev.ringside.host.Site;
import dev.ringside.inspect.Inspectable;
import dev.ringside.migration.MigrationParts;
import dev.ringside.migration.MigrationPlan;
import dev.ringside.migration.Migrations;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Waiter;
import dev.ringside.routing.Router;
import dev.ringside.routing.Subnet;
import dev.ringside.routing.Subnets;
import dev.ringside.time.Seed;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Journal;
import dev.ringside.trace.Ledger;
import dev.ringside.trace.Trace;
import dev.ringside.transfer.Transfer;
import dev.ringside.transfer.TransferConfig;
import dev.ringside.transfer.TransferParts;
import dev.ringside.transfer.Transfers;
import dev.ringside.transfer.VirtualNetworkPath;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import dev.ringside.wire.ExternalSwitch;
import dev.ringside.wire.Station;
import dev.ringside.wire.WireParts;
import dev.ringside.world.VirtualClock;
import dev.ringside.world.VirtualExecutor;
import dev.ringside.world.World;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public final class Lab implements AutoCloseable, Inspectable {

  /** So many hosts are looked through one by one; more have an index. */
  private static final int FEW = 16;

  private final World world;
  private final ExternalSwitch externalSwitch;
  private final Station wire;
  private final List<Host> hosts;
  private final List<BladeChassis> chassis;
  private final @Nullable Fabric fabric;
  private final @Nullable Subnets subnets;
  private final @Nullable Router router;
  private @Nullable Map<String, Host> hostsByName;
  private @Nullable Migrations migrations;
  private @Nullable VirtualExecutor executor;
  private @Nullable Transfers transfers;

  Lab(LabBuilder builder) {
    this.world = builder.newWorld();
    this.externalSwitch = WireParts.of(world).externalSwitch(world, "switch");
    this.wire = WireParts.of(world).station(world, builder.station());
    wire.connect(externalSwitch.addPort(wire.name(), wire, VlanMode.transparent()));
    List<HostBuilder> specs = builder.hosts();
    List<ChassisBuilder> chassisSpecs = builder.chassis();
    boolean only = specs.size() == 1 && chassisSpecs.isEmpty();
    List<Host> built = new ArrayList<>(specs.size());
    this.subnets = builder.subnets(world);
    this.router = subnets == null ? null : newRouter(subnets);
    AddressPlan plan = new AddressPlan(subnets);
    Site outside = new Outside(externalSwitch);
    for (HostBuilder spec : specs) {
      String prefix = only ? "" : spec.name() + "/";
      built.add(HostParts.of(world).host(world, prefix, spec, plan, outside));
    }
    if (chassisSpecs.isEmpty()) {
      this.fabric = null;
      this.chassis = List.of();
    } else {
      this.fabric = new Fabric(world, externalSwitch, plan, subnets);
      this.chassis = new ArrayList<>(chassisSpecs.size());
      for (ChassisBuilder spec : chassisSpecs) {
        BladeChassis each = ChassisParts.of(world).bladeChassis(spec, fabric);
        chassis.add(each);
        built.addAll(each.blades());
      }
    }
    this.hosts = List.copyOf(built);
  }

  private Router newRouter(Subnets between) {
    Router made = between.newRouter(world, "router", externalSwitch);
    between.connect(made, externalSwitch, wire, wire.stack().routes());
    return made;
  }

  /** Where a host stands that is in no chassis. */
  private record Outside(ExternalSwitch externalSwitch) implements Site {
    @Override
    public LearningSwitch switchFor(String nic) {
      return externalSwitch;
    }
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

  /** The hosts, in order: those by themselves, then the blades, chassis by chassis. */
  @Override
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
          "the lab has "
              + hosts.size()
              + " hosts, "
              + LabLookup.names(hosts)
              + "; say which: host(name)");
    }
    return hosts.get(0);
  }

  /**
   * A host.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Host host(String name) {
    Host found = find(name);
    if (found != null) {
      return found;
    }
    throw LabLookup.noHost(hosts, name);
  }

  private @Nullable Host find(String name) {
    if (hosts.size() > FEW) {
      return index().get(name);
    }
    for (Host host : hosts) {
      if (host.name().equals(name)) {
        return host;
      }
    }
    return null;
  }

  private Map<String, Host> index() {
    synchronized (world) {
      if (hostsByName == null) {
        hostsByName = new LinkedHashMap<>(2 * hosts.size());
        for (Host host : hosts) {
          hostsByName.put(host.name(), host);
        }
      }
      return hostsByName;
    }
  }

  /** The chassis, in order. */
  @Override
  public List<BladeChassis> chassis() {
    return List.copyOf(chassis);
  }

  /**
   * A chassis.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public BladeChassis chassis(String name) {
    return LabLookup.chassis(chassis, name);
  }

  /**
   * A blade of any chassis.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Blade blade(String name) {
    if (find(name) instanceof Blade blade) {
      return blade;
    }
    throw LabLookup.noBlade(chassis, name);
  }

  /**
   * Grows with every change of what is where in the chassis, and of what can be reached how; 0 in a
   * lab without chassis.
   */
  public long topologyVersion() {
    return fabric == null ? 0 : fabric.version();
  }

  /**
   * Sends a message from one virtual machine to another one or to {@link #wire}, or from there, by
   * the protocol that suits the media between them. What can happen at once has happened when this
   * returns.
   *
   * <pre>{@code
   * lab.transfer(web, db, bytes).protocols(); // [RDMA]
   * }</pre>
   */
  public Transfer transfer(Endpoint from, Endpoint to, byte[] message) {
    return transfers().start(from, to, message);
  }

  /** Sends a message along a path, whose nodes between its ends relay it. */
  public Transfer transfer(VirtualNetworkPath path, byte[] message, TransferConfig config) {
    return transfers().start(path, message, config);
  }

  /** The transfers, and the buffers of those that take part in them. */
  public Transfers transfers() {
    synchronized (world) {
      if (transfers == null) {
        transfers = TransferParts.of(world).transfers(world, Locations.of(this::find, fabric));
      }
      return transfers;
    }
  }

  /**
   * A virtual machine of any host.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public VirtualMachine vm(String name) {
    return LabLookup.vm(hosts, name);
  }

  /** The subnets, in order; empty if none was asked for. */
  @Override
  public List<Subnet> subnets() {
    return subnets == null ? List.of() : subnets.list();
  }

  /**
   * A subnet.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Subnet subnet(String name) {
    return withSubnets("subnet named '" + name + "'").get(name);
  }

  /** The subnet that an address is in, null if it is in none. */
  public @Nullable Subnet subnetOf(IpAddress ip) {
    return subnets == null ? null : subnets.of(ip);
  }

  /**
   * The router between the subnets, on the external switch, with a port in each of them and one for
   * the test's station.
   *
   * @throws IllegalArgumentException if the lab was built without subnets
   */
  @Override
  public Router router() {
    if (router == null) {
      throw new IllegalArgumentException(noSubnets("router"));
    }
    return router;
  }

  private Subnets withSubnets(String wanted) {
    if (subnets == null) {
      throw new IllegalArgumentException(noSubnets(wanted));
    }
    return subnets;
  }

  private static String noSubnets(String wanted) {
    return "no " + wanted + " in a lab without subnets; build it with subnet(name, prefix)";
  }

  /**
   * The test's own station on the network outside the hosts.
   *
   * <p>It is in VLAN 1, and sees the broadcasts of every VLAN. In a lab with subnets it reaches
   * them, and is reached, as a host would: by the router, whose address it resolves first. The
   * answer is the first packet that it then receives. What is in no subnet it reaches directly.
   */
  @Override
  public Station wire() {
    return wire;
  }

  /** The switch that all cables are plugged into. */
  @Override
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
  @Override
  public List<Cable> cables() {
    List<Cable> cables = new ArrayList<>(2 * hosts.size());
    for (Host host : hosts) {
      cables.addAll(host.cables());
    }
    for (BladeChassis each : chassis) {
      cables.add(each.cable());
    }
    return cables;
  }

  // ---- migration ----

  /**
   * Moves a virtual machine to another host.
   *
   * <pre>{@code
   * lab.migrate(web).to(lab.blade("b2"));
   * }</pre>
   */
  public MigrationPlan migrate(VirtualMachine vm) {
    return new MigrationPlan(migrations(), vm, host(vm.hostName()));
  }

  /** The migrations, and the virtual routers that they have made. */
  @Override
  public Migrations migrations() {
    synchronized (world) {
      if (migrations == null) {
        migrations = MigrationParts.of(world).migrations(world, subnets, router);
      }
      return migrations;
    }
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
    return VirtualClock.of(world);
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
  @Override
  public Ledger ledger() {
    return world.ledger();
  }

  /**
   * Says that packets will be lost for these reasons: the check after the test complains about a
   * reason that never came, not about the losses. Those that may come or not are expected of the
   * {@link #ledger}; what faults of the test's own cause, without a word.
   */
  public void expectDrops(DropReason... reasons) {
    world.ledger().announceDrops(reasons);
  }

  /** The way of a packet and its copies; of one that {@code send} returned or an inbox holds. */
  public Trace trace(Packet packet) {
    return world.journal().trace(packet);
  }

  /**
   * All requests that wait for something, such as memory, in the order in which they began: who
   * waits, for how much, since when, and what would end it.
   */
  @Override
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
