// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside;

import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.HostBuilder;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpPrefix;
import dev.ringside.routing.SubnetBuilder;
import dev.ringside.routing.Subnets;
import dev.ringside.time.Seed;
import dev.ringside.trace.Journal;
import dev.ringside.world.PartsSource;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Lab}.
 *
 * <pre>{@code
 * LabBuilder builder = Lab.builder().seed(42);
 * builder.host("h1").pnics(2).virtualFunctions(4).vms("web");
 * try (Lab lab = builder.open()) { ... }
 * }</pre>
 *
 * <p>Without a host it gets one, h1, with two NICs of four virtual functions and the virtual
 * machines vm1 and vm2.
 */
public final class LabBuilder {

  private static final NicConfig NIC_OF_DEFAULT_HOST = NicConfig.DEFAULT.withVirtualFunctions(4);

  private final List<HostBuilder> hosts = new ArrayList<>(2);
  private List<ChassisBuilder> chassis = List.of();
  private List<SubnetBuilder> subnets = List.of();
  private Seed seed = Seed.DEFAULT;
  private boolean tracing = true;
  private int journalCapacity = Journal.DEFAULT_CAPACITY;
  private Endpoint station = Endpoint.STATION;
  private @Nullable PartsSource parts;

  LabBuilder() {}

  /**
   * A host; what is said of it before the lab is opened counts.
   *
   * @throws IllegalArgumentException if the lab has one of this name
   */
  public HostBuilder host(String name) {
    for (HostBuilder other : hosts) {
      if (other.name().equals(name)) {
        throw new IllegalArgumentException(
            "the lab already has a host named '" + name + "'; give each its own name");
      }
    }
    HostBuilder host = new HostBuilder(name);
    hosts.add(host);
    return host;
  }

  /**
   * A chassis; what is said of it before the lab is opened counts. Its blades are hosts, whose
   * names are unique in the lab.
   *
   * <pre>{@code
   * ChassisBuilder c1 = lab.chassis("c1");
   * c1.blade("b1").vms("web");
   * c1.blade("b2").vms("db");
   * }</pre>
   *
   * @throws IllegalArgumentException if the lab has one of this name
   */
  public ChassisBuilder chassis(String name) {
    for (ChassisBuilder other : chassis) {
      if (other.name().equals(name)) {
        throw new IllegalArgumentException(
            "the lab already has a chassis named '" + name + "'; give each its own name");
      }
    }
    List<ChassisBuilder> more = new ArrayList<>(chassis);
    ChassisBuilder added = new ChassisBuilder(name);
    more.add(added);
    chassis = more;
    return added;
  }

  /**
   * A subnet; what is said of it before the lab is opened counts. A lab with subnets has a router
   * between them.
   *
   * <pre>{@code
   * lab.subnet("A", "192.0.2.0/24");
   * lab.subnet("B", "198.51.100.0/24").vlan(200);
   * lab.host("h1").subnet("A").vms("web");
   * lab.host("h2").subnet("B").vms("db");
   * }</pre>
   *
   * @throws IllegalArgumentException if the lab has one of this name, or the prefix is not of IPv4
   */
  public SubnetBuilder subnet(String name, String prefix) {
    List<SubnetBuilder> more = new ArrayList<>(subnets);
    SubnetBuilder added = new SubnetBuilder(name, IpPrefix.of(prefix));
    more.add(added);
    subnets = more;
    return added;
  }

  /** A subnet of both IP versions. */
  public SubnetBuilder subnet(String name, String prefix, String ipv6Prefix) {
    return subnet(name, prefix).ipv6(ipv6Prefix);
  }

  /** What a class describes. */
  public LabBuilder topology(Topology topology) {
    topology.build(this);
    return this;
  }

  /** The number that all chance comes from. */
  public LabBuilder seed(long value) {
    return seed(Seed.of(value));
  }

  /** The number that all chance comes from. */
  public LabBuilder seed(Seed newSeed) {
    seed = newSeed;
    return this;
  }

  /**
   * Lets another source make the devices, as for faults in their operations. One source serves one
   * lab.
   */
  public LabBuilder parts(@Nullable PartsSource source) {
    parts = source;
    return this;
  }

  /** Does not record where packets go: faster, and nothing is allocated for each packet. */
  public LabBuilder withoutTracing() {
    tracing = false;
    return this;
  }

  /** Keeps so many journal entries; older ones are forgotten. */
  public LabBuilder journalCapacity(int entries) {
    journalCapacity = entries;
    return this;
  }

  /** The test's station has these addresses. */
  public LabBuilder station(Endpoint addresses) {
    station = addresses;
    return this;
  }

  /** Builds the lab. */
  public Lab open() {
    if (hosts.isEmpty() && chassis.isEmpty()) {
      host("h1").pnics(2).nic(NIC_OF_DEFAULT_HOST).vms("vm1", "vm2");
    }
    if (!chassis.isEmpty()) {
      checkNames();
    }
    return new Lab(this);
  }

  /** The blades of a chassis know of no other hosts. */
  private void checkNames() {
    Set<String> names = new LinkedHashSet<>();
    List<HostBuilder> all = new ArrayList<>(hosts);
    for (ChassisBuilder each : chassis) {
      all.addAll(each.blades());
    }
    for (HostBuilder host : all) {
      if (!names.add(host.name())) {
        throw new IllegalArgumentException(
            "the lab has two hosts named '" + host.name() + "'; give each its own name");
      }
    }
  }

  /** Null where there are none, so that nothing is made for them. */
  @Nullable Subnets subnets(World world) {
    return subnets.isEmpty() ? null : new Subnets(world, subnets);
  }

  List<ChassisBuilder> chassis() {
    return chassis;
  }

  List<HostBuilder> hosts() {
    return hosts;
  }

  World newWorld() {
    return new World(seed, journalCapacity, tracing, parts);
  }

  Endpoint station() {
    return station;
  }
}
