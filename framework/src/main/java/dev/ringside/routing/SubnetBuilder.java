// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import dev.ringside.packet.IpPrefix;
import org.jspecify.annotations.Nullable;

/**
 * A subnet that a lab shall have. What is left out is given by the lab.
 *
 * <pre>{@code
 * lab.subnet("A", "192.0.2.0/24").ipv6("2001:db8:a::/64").vlan(100);
 * }</pre>
 */
public final class SubnetBuilder {

  private final String name;
  private final IpPrefix ipv4;
  private @Nullable IpPrefix ipv6;
  private int vlan;

  /**
   * A subnet of these IPv4 addresses.
   *
   * @throws IllegalArgumentException if the prefix is not of IPv4, or has no room for a station
   *     beside the gateway
   */
  public SubnetBuilder(String name, IpPrefix ipv4) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a subnet needs a name, such as 'A'");
    }
    if (ipv4.network().version() != 4 || ipv4.length() > 31) {
      throw new IllegalArgumentException(
          ipv4 + " of subnet " + name + " is no IPv4 prefix of at most 31 bits");
    }
    this.name = name;
    this.ipv4 = ipv4;
  }

  /**
   * With these IPv6 addresses.
   *
   * @throws IllegalArgumentException if it is not of IPv6, or has no room for a station beside the
   *     gateway
   */
  public SubnetBuilder ipv6(String prefix) {
    IpPrefix given = IpPrefix.of(prefix);
    if (given.network().version() != 6 || given.length() > 126) {
      throw new IllegalArgumentException(
          given + " of subnet " + name + " is no IPv6 prefix of at most 126 bits");
    }
    ipv6 = given;
    return this;
  }

  /**
   * In this VLAN.
   *
   * @throws IllegalArgumentException if it is not 2 to 4094
   */
  public SubnetBuilder vlan(int newVlan) {
    if (newVlan < 2 || newVlan > Subnets.LAST_VLAN) {
      throw new IllegalArgumentException(
          "VLAN " + newVlan + " of subnet " + name + " is not in 2 to 4094");
    }
    vlan = newVlan;
    return this;
  }

  /** The name. */
  public String name() {
    return name;
  }

  IpPrefix ipv4() {
    return ipv4;
  }

  @Nullable IpPrefix ipv6() {
    return ipv6;
  }

  /** 0 where the lab gives one. */
  int vlan() {
    return vlan;
  }
}
