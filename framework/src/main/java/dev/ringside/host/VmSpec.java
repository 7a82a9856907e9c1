// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.bridge.VlanMode;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.VlanTag;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine that a host shall have. What is left out is given by the lab.
 *
 * <pre>{@code
 * VmSpec.named("web").mac("02:00:5e:10:00:0b").ipv4("192.0.2.20").vlan(100)
 * }</pre>
 *
 * @param name the name, unique in the lab
 * @param macOrNull the MAC address
 * @param ipv4OrNull the IPv4 address
 * @param ipv6OrNull the IPv6 address
 * @param vlan the VLAN that the host puts it into, 2 to 4094; 0 for none
 * @param direct whether it shall have a virtual function where there is one
 * @param portSelectionOrNull spreads its connections on an active/active host
 * @param subnetOrNull the subnet of the lab that it is in
 */
public record VmSpec(
    String name,
    @Nullable MacAddress macOrNull,
    @Nullable Ipv4Address ipv4OrNull,
    @Nullable Ipv6Address ipv6OrNull,
    int vlan,
    boolean direct,
    @Nullable PortSelectionPolicy portSelectionOrNull,
    @Nullable String subnetOrNull) {

  /** Checks the name and the VLAN. */
  public VmSpec {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a virtual machine needs a name, such as 'web'");
    }
    if (vlan != 0 && (vlan <= VlanMode.DEFAULT_NATIVE || vlan >= VlanTag.MAX_VLAN_ID)) {
      throw new IllegalArgumentException(
          "VLAN "
              + vlan
              + " of VM '"
              + name
              + "' is not in 2 to 4094; without a VLAN (0) it is in the native one, 1");
    }
    if (macOrNull != null && macOrNull.isMulticast()) {
      throw new IllegalArgumentException(
          "MAC address " + macOrNull + " of VM '" + name + "' is a multicast address");
    }
  }

  /** A virtual machine with addresses given by the lab and direct access where there is any. */
  public static VmSpec named(String name) {
    return new VmSpec(name, null, null, null, 0, true, null, null);
  }

  /** With this MAC address. */
  public VmSpec mac(String mac) {
    return with(MacAddress.of(mac), ipv4OrNull, ipv6OrNull, vlan);
  }

  /** With this IPv4 address. */
  public VmSpec ipv4(String ip) {
    return with(macOrNull, Ipv4Address.of(ip), ipv6OrNull, vlan);
  }

  /** With this IPv6 address. */
  public VmSpec ipv6(String ip) {
    return with(macOrNull, ipv4OrNull, Ipv6Address.of(ip), vlan);
  }

  /** In this VLAN. */
  public VmSpec vlan(int newVlan) {
    return with(macOrNull, ipv4OrNull, ipv6OrNull, newVlan);
  }

  private VmSpec with(
      @Nullable MacAddress mac,
      @Nullable Ipv4Address ipv4,
      @Nullable Ipv6Address ipv6,
      int inVlan) {
    return new VmSpec(name, mac, ipv4, ipv6, inVlan, direct, portSelectionOrNull, subnetOrNull);
  }

  /**
   * In this subnet of the lab: in its VLAN, unless another one is said, with addresses from its
   * pools, and with routes by its gateway.
   */
  public VmSpec subnet(String subnet) {
    return new VmSpec(
        name, macOrNull, ipv4OrNull, ipv6OrNull, vlan, direct, portSelectionOrNull, subnet);
  }

  /** What is still open is this. */
  VmSpec placed(Ipv4Address ipv4, Ipv6Address ipv6, int inVlan) {
    return with(macOrNull, ipv4, ipv6, vlan == 0 ? inVlan : vlan);
  }

  /** Through the virtual switch, even where a virtual function is free. */
  public VmSpec switched() {
    return new VmSpec(
        name, macOrNull, ipv4OrNull, ipv6OrNull, vlan, false, portSelectionOrNull, subnetOrNull);
  }

  /** With its connections spread by this policy, on an active/active host. */
  public VmSpec portSelection(PortSelectionPolicy policy) {
    return new VmSpec(name, macOrNull, ipv4OrNull, ipv6OrNull, vlan, direct, policy, subnetOrNull);
  }
}
