// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.aggregate.ProbeConfig;
import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.SwitchPort;
import dev.ringside.bridge.VlanMode;
import dev.ringside.memory.MemoryPool;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorConfig;
import dev.ringside.monitor.UserMemory;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Receiver;
import dev.ringside.steering.Steering;
import dev.ringside.trace.EventKind;
import dev.ringside.virt.VirtualSwitch;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host with its physical NICs, their aggregation, its virtual switch and its virtual machines.
 *
 * <pre>{@code
 * Host host = lab.host();
 * host.pnic("p0").fail();
 * host.vm("web").directAccessThrough(); // p1
 * }</pre>
 */
public class Host {

  private final World world;
  private final String name;
  private final String prefix;
  private final NicConfig nicConfig;
  private final Site site;
  private final AddressPlan plan;
  private final Tenancy tenancy;
  private final Ipv4Address ipv4;
  private final VirtualSwitch virtualSwitch;
  private final List<HostPort> ports;
  private final Guests guests;
  private final @Nullable ActiveActive activeActive;
  private final @Nullable LinkAggregator aggregator;
  private final SwitchPort uplink;
  private final Receiver fromNic = new FromNic();
  private final @Nullable TransmitBuffers transmitBuffers;
  private final @Nullable Proxies proxies;
  private @Nullable GuestMemory memory;
  private @Nullable Monitoring monitoring;
  private @Nullable Steering steering;

  /**
   * Builds a host and plugs its cables in.
   *
   * @param prefix in front of the names of its devices in the lab; empty for an only host
   */
  public Host(World world, String prefix, HostBuilder spec, AddressPlan plan, Site site) {
    this.world = world;
    this.name = spec.name();
    this.prefix = prefix;
    this.nicConfig = spec.nicConfig();
    this.site = site;
    this.plan = plan;
    this.ipv4 = plan.nextHostIpv4(spec);
    this.virtualSwitch = Equipment.virtualSwitch(world, inLab("vswitch"));
    this.transmitBuffers = Equipment.transmitBuffers(world, spec);
    this.ports = new ArrayList<>(spec.pnicCount());
    this.guests = new Guests(spec.vmSpecs().size());
    this.memory = Equipment.memory(this, guests, spec);
    this.proxies = Equipment.proxies(world, spec);
    this.activeActive = Equipment.activeActive(world, spec, inLab("aggr0"), site.switchFor("p0"));
    this.aggregator = Equipment.aggregator(activeActive, world, spec, inLab("aggr0"));
    this.tenancy = HostParts.of(world).tenancy(this, plan, ports, guests, site, activeActive);
    PacketSink out = aggregator == null ? new FirstNic() : aggregator;
    if (activeActive != null) {
      out = activeActive::send;
    }
    virtualSwitch.expectPorts(1 + spec.vmSpecs().size());
    this.uplink = virtualSwitch.addPort(VirtualSwitch.UPLINK, out, VlanMode.transparent());
    for (int i = 0; i < spec.pnicCount(); i++) {
      addPort();
    }
    if (aggregator != null) {
      aggregator.start();
    }
    for (VmSpec vm : spec.vmSpecs()) {
      tenancy.admit(vm);
    }
  }

  // ---- wiring ----

  private SwitchPort networkPort(PhysicalNic nic, Cable cable) {
    LearningSwitch network = site.switchFor(nic.name());
    return network.addPort(nic.label(), cable.toHost(), VlanMode.transparent());
  }

  private HostPort newPort(PhysicalNic nic, Cable cable) {
    if (activeActive != null) {
      return activeActive.newPort(nic, cable, fromNic);
    }
    HostPort port = HostParts.of(world).hostPort(nic, cable);
    port.plugInto(networkPort(nic, cable));
    nic.connectHost(fromNic);
    return port;
  }

  private HostPort addPort() {
    String nicName = "p" + ports.size();
    String label = inLab(nicName);
    PhysicalNic nic = Equipment.nic(world, name, nicName, label, plan.nextNicMac(), nicConfig);
    HostPort port = newPort(nic, Equipment.cable(world, label));
    if (!site.hasSignal(nicName)) {
      port.cable().setNetworkSignal(false);
    }
    ports.add(port);
    if (transmitBuffers != null) {
      nic.setTransmitBuffers(transmitBuffers, transmitBuffers.addNic(port));
    }
    if (steering != null) {
      steering.added(nic);
    }
    nic.filter().setAllMulticast(true); // as the NIC under a bridge
    nic.setListener(new CardEvents(this, site, port, aggregator));
    if (monitoring != null) {
      monitoring.added(port);
    }
    if (aggregator != null) {
      nic.setKeepsUnsent(true);
      aggregator.addMember(port);
    }
    return port;
  }

  /** The name in the lab of a device of this host. */
  private String inLab(String device) {
    return prefix.isEmpty() ? device : prefix + device;
  }

  /** From a NIC's host rings to the virtual switch. */
  private final class FromNic implements Receiver {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void accept(Packet packet) {
      if (aggregator == null || !aggregator.filter(packet)) {
        uplink.accept(packet);
      }
    }
  }

  /** From the virtual switch to the wire where there is no aggregation. */
  private final class FirstNic implements PacketSink {
    @Override
    public void accept(Packet packet) {
      ports.get(0).nic().transmit(packet);
    }
  }

  /** Looks at a NIC again; what it has reported already changes nothing. */
  public void stateChanged(PhysicalNic nic) {
    new CardEvents(this, site, portNamed(nic.name()), aggregator).stateChanged(nic);
  }

  // ---- what it has ----

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name, unique in the lab. */
  public String name() {
    return name;
  }

  /** What stands in front of the names of its devices in the lab. */
  String prefix() {
    return prefix;
  }

  /** The address that the host itself sends from, for example when it probes. */
  public Ipv4Address ipv4() {
    return ipv4;
  }

  /** The physical NICs, in order. */
  public List<PhysicalNic> pnics() {
    return Lookup.nics(ports);
  }

  /**
   * A physical NIC.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public PhysicalNic pnic(String nicName) {
    return portNamed(nicName).nic();
  }

  /**
   * The cable of a physical NIC.
   *
   * @throws IllegalArgumentException if there is no NIC of this name
   */
  public Cable cable(String nicName) {
    return portNamed(nicName).cable();
  }

  /** The cables, in the order of the NICs. */
  public List<Cable> cables() {
    return Lookup.cables(ports);
  }

  private HostPort portNamed(String nicName) {
    return Lookup.port(ports, nicName, name);
  }

  /** The virtual machines, in order. */
  public List<VirtualMachine> vms() {
    synchronized (world) {
      return guests.vms();
    }
  }

  /**
   * A virtual machine.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public VirtualMachine vm(String vmName) {
    return guest(vmName).vm();
  }

  /**
   * The virtual NIC of a virtual machine.
   *
   * @throws IllegalArgumentException if there is no virtual machine of this name
   */
  public Vnic vnic(String vmName) {
    return guest(vmName).vnic();
  }

  /** Whether it has a virtual machine of this name. */
  public boolean hasVm(String vmName) {
    synchronized (world) {
      return guests.find(vmName) != null;
    }
  }

  Guest guest(String vmName) {
    synchronized (world) {
      return Lookup.guest(guests, vmName, name);
    }
  }

  /** Whether its NICs are aggregated. */
  public boolean hasAggregator() {
    return aggregator != null;
  }

  /**
   * The aggregation of its NICs.
   *
   * @throws IllegalStateException if there is none
   */
  public LinkAggregator aggregator() {
    return Lookup.required(aggregator, name);
  }

  /**
   * The two ends of its cables that agree by LACP.
   *
   * @throws IllegalStateException if they do not: it was built without {@code lacp}
   */
  public LacpEnds lacp() {
    return ActiveActive.lacpOf(activeActive, name);
  }

  /** The virtual switch. */
  public VirtualSwitch virtualSwitch() {
    return virtualSwitch;
  }

  /**
   * The buffers that its packets take on their way to a card.
   *
   * @throws IllegalStateException if the host was built without NUMA nodes
   */
  public TransmitBuffers transmitBuffers() {
    return HostMemory.required(transmitBuffers, name);
  }

  /**
   * What lets its virtual machines reach each other past its NICs.
   *
   * @throws IllegalStateException if the host was built without proxies
   */
  public Proxies proxies() {
    return Proxies.required(proxies, name);
  }

  /** Whether its virtual machines have proxies for each other. */
  public boolean hasProxies() {
    return proxies != null;
  }

  /** The network memory, of which targets have quotas; nothing is made before it is asked for. */
  public MemoryPool memory() {
    synchronized (world) {
      if (memory == null) {
        memory = new GuestMemory(this, guests, null);
      }
      return memory.pool();
    }
  }

  // ---- monitoring ----

  /**
   * Lets an application take packets off the cards, straight into its memory; they do not go on.
   *
   * @throws IllegalArgumentException if the memory is another monitor's
   */
  public Monitor monitor(PacketMatcher matcher, UserMemory memory) {
    return monitor(matcher, memory, MonitorConfig.DEFAULT);
  }

  /**
   * Lets an application take packets off the cards, straight into its memory. Where several
   * monitors want a packet, the one gets it that was there first.
   *
   * @throws IllegalArgumentException if the memory is another monitor's, or so is the name
   */
  public Monitor monitor(PacketMatcher matcher, UserMemory userMemory, MonitorConfig config) {
    return world.call(() -> monitoring().add(matcher, userMemory, config, memory));
  }

  /** The monitors, in order, also those whose application is no more. */
  public List<Monitor> monitors() {
    synchronized (world) {
      return monitoring == null ? List.of() : monitoring.monitors();
    }
  }

  /**
   * Joins two cards inline: what comes in by one and is for no virtual function on it leaves by the
   * other, in both directions. The cable of the second one is plugged into a network of its own.
   *
   * @throws IllegalArgumentException if there are no two such cards
   * @throws IllegalStateException if one is used for something else
   */
  public InlineBridge bridge(String near, String far) {
    return bridge(near, far, InlineBridge.DEFAULT_CAPACITY);
  }

  /**
   * Joins two cards inline, with room for so many packets that wait in each direction.
   *
   * @throws IllegalArgumentException if there are no two such cards, or the number is negative
   * @throws IllegalStateException if one is used for something else
   */
  public InlineBridge bridge(String near, String far, int waiting) {
    return world.call(() -> monitoring().join(pnic(near), pnic(far), waiting));
  }

  private Monitoring monitoring() {
    if (monitoring == null) {
      monitoring = new Monitoring(this, ports, site, plan, fromNic);
    }
    return monitoring;
  }

  @Nullable Monitoring monitoringIfAny() {
    return monitoring;
  }

  /** Steers attacks aside; nothing is made for it before it is asked for. */
  public Steering steering() {
    synchronized (world) {
      if (steering == null) {
        steering = SteeredHost.newSteering(this, fromNic);
      }
      return steering;
    }
  }

  /** Whether its network memory is limited or shared out, or was asked for. */
  public boolean hasMemory() {
    return memory != null;
  }

  /** Whether somebody has asked for its steering. */
  public boolean hasSteering() {
    return steering != null;
  }

  @Nullable GuestMemory memoryIfAny() {
    return memory;
  }

  @Nullable Proxies proxiesIfAny() {
    return proxies;
  }

  /**
   * Whether it has NUMA nodes, so that its packets need transmit buffers on their way to a card.
   */
  public boolean hasTransmitBuffers() {
    return transmitBuffers != null;
  }

  /** Takes virtual machines in and lets them go: the steps of a migration. */
  public Tenancy tenancy() {
    return tenancy;
  }

  @Nullable Steering steeringIfAny() {
    return steering;
  }

  // ---- operations ----

  /** Detects failures of the active NIC by probes too, not by its link alone. */
  public void probe(ProbeConfig probes) {
    aggregator().probe(probes, ipv4);
  }

  /**
   * Puts another physical NIC in, of the same kind as the others and plugged into the same switch:
   * a standby, or the active one if there is none.
   */
  public PhysicalNic addPnic() {
    return world.call(
        () -> {
          Lookup.checkRoom(ports, name);
          world.record(name, EventKind.CREATED, "pnic p" + ports.size());
          return addPort().nic();
        });
  }

  /**
   * Starts another virtual machine.
   *
   * @throws IllegalArgumentException if there is one of this name
   * @throws IllegalStateException if the card is bridged that it would reach the network through
   */
  public VirtualMachine addVm(VmSpec spec) {
    return world.call(() -> tenancy.start(spec));
  }

  /**
   * Ends a virtual machine: its virtual function is free, and nothing is delivered to it any more.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public void removeVm(String vmName) {
    world.run(() -> tenancy.end(vmName));
  }

  // ---- failure of the whole ----

  /** Fails as a whole: its NICs fail, and its virtual machines stand still. */
  public void fail() {
    world.run(() -> tenancy.setFailed(true));
  }

  /** Is repaired as a whole. */
  public void repair() {
    world.run(() -> tenancy.setFailed(false));
  }

  /** Whether it has failed as a whole. */
  public boolean isFailed() {
    synchronized (world) {
      return tenancy.isFailed();
    }
  }

  @Override
  public String toString() {
    return "host " + name + ": PNICs " + pnics() + ", VMs " + vms();
  }
}
