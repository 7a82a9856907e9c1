// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.Aggregation;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.lacp.LacpConfig;
import dev.ringside.memory.MemorySize;
import dev.ringside.memory.NumaTopology;
import dev.ringside.nic.NicConfig;
import dev.ringside.virt.ProxyConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a host shall have.
 *
 * <pre>{@code
 * lab.host("h1").pnics(2).virtualFunctions(4).vms("web", "db")
 *     .aggregation(Aggregation.ACTIVE_STANDBY);
 * }</pre>
 *
 * <p>NICs are called p0, p1, ... With two or more of them and no word about aggregation they are
 * active/standby.
 */
public final class HostBuilder {

  /** The most NICs of one host. */
  public static final int MAX_PNICS = 64;

  /** So many names are looked through one by one; more have an index. */
  private static final int FEW = 16;

  private final String name;
  private final List<VmSpec> vms = new ArrayList<>(4);
  private @Nullable Set<String> vmNames;
  private int pnics = 1;
  private NicConfig nic = NicConfig.DEFAULT;
  private boolean aggregationGiven;
  private @Nullable MemorySize memorySize;
  private Aggregation aggregation = Aggregation.NONE;
  private AggregatorConfig aggregator = AggregatorConfig.DEFAULT;
  private @Nullable NumaTopology numa;
  private @Nullable PortSelectionPolicy portSelection;
  private @Nullable ProxyConfig proxies;
  private @Nullable LacpConfig lacp;
  private @Nullable String subnet;

  /** A host with one NIC and nothing else. */
  public HostBuilder(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a host needs a name, such as 'h1'");
    }
    this.name = name;
  }

  /**
   * So many physical NICs.
   *
   * @throws IllegalArgumentException if it is not 1 to {@link #MAX_PNICS}
   */
  public HostBuilder pnics(int number) {
    if (number < 1 || number > MAX_PNICS) {
      throw new IllegalArgumentException(
          "number of PNICs " + number + " of host " + name + " is not in 1 to " + MAX_PNICS);
    }
    pnics = number;
    return this;
  }

  /** All its NICs are of this kind. */
  public HostBuilder nic(NicConfig config) {
    nic = config;
    return this;
  }

  /**
   * So many virtual functions on each NIC.
   *
   * @throws IllegalArgumentException if the card cannot have so many
   */
  public HostBuilder virtualFunctions(int number) {
    nic = nic.withVirtualFunctions(number);
    return this;
  }

  /** Virtual machines with these names and addresses given by the lab. */
  public HostBuilder vms(String... names) {
    for (String vm : names) {
      vm(VmSpec.named(vm));
    }
    return this;
  }

  /**
   * A virtual machine.
   *
   * @throws IllegalArgumentException if the host has one of this name
   */
  public HostBuilder vm(VmSpec vm) {
    if (hasVm(vm.name())) {
      throw new IllegalArgumentException(
          "host " + name + " already has a VM named '" + vm.name() + "'; give each its own name");
    }
    vms.add(vm);
    if (vmNames != null) {
      vmNames.add(vm.name());
    }
    return this;
  }

  private boolean hasVm(String wanted) {
    if (vms.size() > FEW) {
      return indexOfVms().contains(wanted);
    }
    for (VmSpec vm : vms) {
      if (vm.name().equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private Set<String> indexOfVms() {
    if (vmNames == null) {
      vmNames = new LinkedHashSet<>();
      for (VmSpec vm : vms) {
        vmNames.add(vm.name());
      }
    }
    return vmNames;
  }

  /**
   * Its virtual machines are in this subnet of the lab, those of them that do not say another one.
   *
   * <pre>{@code
   * lab.subnet("A", "192.0.2.0/24");
   * lab.host("h1").subnet("A").vms("web", "db");
   * }</pre>
   */
  public HostBuilder subnet(String name) {
    subnet = name;
    return this;
  }

  /** They are in this one unless {@link #subnet} was called. */
  public void defaultSubnet(String name) {
    if (subnet == null) {
      subnet = name;
    }
  }

  @Nullable String subnetOrNull() {
    return subnet;
  }

  /**
   * So much network memory, of which targets can have quotas; without a word it is unlimited.
   *
   * <pre>{@code
   * lab.host("h1").vms("web", "db").memory(kibibytes(64));
   * }</pre>
   */
  public HostBuilder memory(MemorySize size) {
    memorySize = size;
    return this;
  }

  @Nullable MemorySize memorySize() {
    return memorySize;
  }

  /** How the NICs are used together. */
  public HostBuilder aggregation(Aggregation newAggregation) {
    aggregation = newAggregation;
    aggregationGiven = true;
    return this;
  }

  /** An aggregation that behaves like this: active/standby, unless another one was chosen. */
  public HostBuilder aggregator(AggregatorConfig config) {
    aggregator = config;
    return aggregation == Aggregation.NONE ? aggregation(Aggregation.ACTIVE_STANDBY) : this;
  }

  /** Active/standby with this policy. */
  public HostBuilder failoverPolicy(FailoverPolicy policy) {
    return aggregator(aggregator.withPolicy(policy));
  }

  /**
   * It has these NUMA nodes, with transmit buffers that its packets need.
   *
   * <pre>{@code
   * host.numa(NumaTopology.nodes(2).buffers(64).nics(1, "p0").applications(0, "web"))
   * }</pre>
   */
  public HostBuilder numa(NumaTopology topology) {
    numa = topology;
    return this;
  }

  /** Active/active, with the connections of the guests and of the host spread by this policy. */
  public HostBuilder portSelection(PortSelectionPolicy policy) {
    portSelection = policy;
    return aggregation(Aggregation.ACTIVE_ACTIVE);
  }

  /**
   * Its virtual machines reach each other by proxies, past its NICs and its switch.
   *
   * <pre>{@code
   * lab.host("h1").vms("web", "db").proxies();
   * }</pre>
   */
  public HostBuilder proxies() {
    return proxies(ProxyConfig.DEFAULT);
  }

  /** As {@link #proxies()}, which are like this. */
  public HostBuilder proxies(ProxyConfig config) {
    proxies = config;
    return this;
  }

  @Nullable ProxyConfig proxyConfig() {
    return proxies;
  }

  /**
   * Active/active with cables that carry traffic only while host and switch agree by LACP.
   *
   * <pre>{@code
   * host.pnics(2).lacp(LacpConfig.fast())
   * }</pre>
   */
  public HostBuilder lacp(LacpConfig config) {
    lacp = config;
    return aggregation(Aggregation.ACTIVE_ACTIVE);
  }

  @Nullable LacpConfig lacpOrNull() {
    return lacp;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** How many physical NICs it shall have. */
  public int pnicCount() {
    return pnics;
  }

  NicConfig nicConfig() {
    return nic;
  }

  List<VmSpec> vmSpecs() {
    return vms;
  }

  /** How its NICs will be used together. */
  public Aggregation effectiveAggregation() {
    return aggregationGiven || pnics == 1 ? aggregation : Aggregation.ACTIVE_STANDBY;
  }

  @Nullable NumaTopology numaTopology() {
    return numa;
  }

  @Nullable PortSelectionPolicy portSelectionOrNull() {
    return portSelection;
  }

  AggregatorConfig aggregatorConfig() {
    return aggregator;
  }
}
