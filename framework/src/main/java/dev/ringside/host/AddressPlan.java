// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.routing.Subnet;
import dev.ringside.routing.Subnets;
import dev.ringside.stack.NetworkStack;
import dev.ringside.vm.VirtualMachine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives addresses to what has none: the n-th virtual machine of a lab has the same ones in every
 * run.
 *
 * <pre>
 *   virtual machine n   02:52:53:01:nn:nn   198.18.n.n   2001:db8:52::n    (RFC 2544, RFC 3849)
 *   NIC n               02:52:53:02:nn:nn
 *   host n                                  198.19.n.n
 *   station n beyond a bridge
 *                        02:52:53:03:nn:nn   198.18.128+n.n  2001:db8:52:1::n
 * </pre>
 */
public final class AddressPlan {

  private static final long VM_MAC = 0x0252_5301_0000L;
  private static final long NIC_MAC = 0x0252_5302_0000L;
  private static final int VM_IPV4 = 0xc612_0000;
  private static final int HOST_IPV4 = 0xc613_0000;
  private static final long IPV6_PREFIX = 0x2001_0db8_0052_0000L;

  private static final long FAR_MAC = 0x0252_5303_0000L;
  private static final int FAR_IPV4 = 0xc612_8000;

  private int vms;
  private int nics;
  private int hosts;
  private int farStations;

  private final @Nullable Subnets subnets;
  private Map<String, String> subnetsOfHosts = Map.of();

  /** A plan from which nothing was given yet, for a lab without subnets. */
  public AddressPlan() {
    this(null);
  }

  /** A plan for a lab with these subnets. */
  public AddressPlan(@Nullable Subnets subnets) {
    this.subnets = subnets;
  }

  /**
   * With addresses and VLAN of its subnet, if it or its host said one.
   *
   * @throws IllegalArgumentException if there is no such subnet, or its address is none of it
   * @throws IllegalStateException if the subnet has no free address
   */
  VmSpec placed(VmSpec vm, String host) {
    String name = subnetName(vm, host);
    return name == null ? vm : SubnetPlace.in(subnet(name, vm), vm);
  }

  /** The name of the subnet that a virtual machine is in, null if it is in none. */
  private @Nullable String subnetName(VmSpec vm, String host) {
    return vm.subnetOrNull() == null ? subnetsOfHosts.get(host) : vm.subnetOrNull();
  }

  private Subnet subnet(String name, VmSpec vm) {
    if (subnets == null) {
      throw new IllegalArgumentException(
          "no subnet named '"
              + name
              + "' for VM '"
              + vm.name()
              + "': the lab has none; say subnet(name, prefix) of the lab's builder");
    }
    return subnets.get(name);
  }

  /** Gives a virtual machine in a subnet its routes. */
  void addRoutes(VmSpec vm, String host, NetworkStack stack) {
    String name = subnetName(vm, host);
    if (name != null) {
      subnet(name, vm).addRoutesTo(stack.routes());
    }
  }

  /** A virtual machine is no more: its addresses are free. */
  void released(VirtualMachine vm) {
    Subnet subnet = subnets == null ? null : subnets.of(vm.ipv4());
    if (subnet != null && subnet.vlan() == vm.vlan()) {
      boolean unused = subnet.pool().release(vm.ipv4()) && subnet.ipv6Pool().release(vm.ipv6());
    }
  }

  Endpoint addressesFor(VmSpec vm) {
    int number = ++vms;
    MacAddress mac = vm.macOrNull();
    Ipv4Address ipv4 = vm.ipv4OrNull();
    Ipv6Address ipv6 = vm.ipv6OrNull();
    return Endpoint.of(
        vm.name(),
        mac == null ? new MacAddress(VM_MAC + number) : mac,
        ipv4 == null ? new Ipv4Address(VM_IPV4 + number) : ipv4,
        ipv6 == null ? new Ipv6Address(IPV6_PREFIX, number) : ipv6);
  }

  /** The address of the next NIC. */
  public MacAddress nextNicMac() {
    return new MacAddress(NIC_MAC + ++nics);
  }

  Endpoint nextFarStation(String name) {
    int number = ++farStations;
    return Endpoint.of(
        name,
        new MacAddress(FAR_MAC + number),
        new Ipv4Address(FAR_IPV4 + number),
        new Ipv6Address(IPV6_PREFIX + 1, number));
  }

  Ipv4Address nextHostIpv4(HostBuilder host) {
    String subnet = host.subnetOrNull();
    if (subnet != null) {
      if (subnetsOfHosts.isEmpty()) {
        subnetsOfHosts = new LinkedHashMap<>();
      }
      subnetsOfHosts.put(host.name(), subnet);
    }
    return new Ipv4Address(HOST_IPV4 + ++hosts);
  }
}
