// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.stack.Routes;
import java.util.List;

/**
 * A subnet of a lab: a VLAN, its IPv4 and IPv6 addresses, and the gateway out of it.
 *
 * <pre>{@code
 * Subnet a = lab.subnet("A");
 * a.ipv4();             // 192.0.2.0/24
 * a.gateway();          // 192.0.2.1
 * a.pool().allocate();  // the lowest address that is free
 * }</pre>
 */
public final class Subnet {

  private final String name;
  private final int vlan;
  private final AddressPool pool;
  private final AddressPool ipv6Pool;
  private final Ipv4Address gateway;
  private final Ipv6Address ipv6Gateway;

  Subnet(String name, int vlan, AddressPool pool, AddressPool ipv6Pool) {
    this.name = name;
    this.vlan = vlan;
    this.pool = pool;
    this.ipv6Pool = ipv6Pool;
    this.gateway = (Ipv4Address) pool.lowest();
    this.ipv6Gateway = (Ipv6Address) ipv6Pool.lowest();
    boolean unused = pool.reserve(gateway) && ipv6Pool.reserve(ipv6Gateway);
  }

  /** The name, unique in the lab. */
  public String name() {
    return name;
  }

  /** The VLAN that its stations are in. */
  public int vlan() {
    return vlan;
  }

  /** The IPv4 addresses. */
  public IpPrefix ipv4() {
    return pool.prefix();
  }

  /** The IPv6 addresses. */
  public IpPrefix ipv6() {
    return ipv6Pool.prefix();
  }

  /** The prefixes, IPv4 first. */
  public List<IpPrefix> prefixes() {
    return List.of(ipv4(), ipv6());
  }

  /** Whether an address is in it. */
  public boolean contains(IpAddress ip) {
    return ipv4().contains(ip) || ipv6().contains(ip);
  }

  /** The IPv4 address of the router: the lowest of the subnet. */
  public Ipv4Address gateway() {
    return gateway;
  }

  /** The IPv6 address of the router: the lowest of the subnet. */
  public Ipv6Address ipv6Gateway() {
    return ipv6Gateway;
  }

  /** Which IPv4 addresses are in use. */
  public AddressPool pool() {
    return pool;
  }

  /** Which IPv6 addresses are in use. */
  public AddressPool ipv6Pool() {
    return ipv6Pool;
  }

  /** The pool that an address belongs to, by its IP version. */
  public AddressPool poolOf(IpAddress ip) {
    return ip.version() == 4 ? pool : ipv6Pool;
  }

  /** Gives a station of this subnet its routes: its neighbours on link, the rest by the gateway. */
  public void addRoutesTo(Routes routes) {
    routes.addOnLink(ipv4()).addOnLink(ipv6()).addGateway(gateway).addGateway(ipv6Gateway);
  }

  @Override
  public String toString() {
    return "subnet " + name + " (" + ipv4() + ", " + ipv6() + ", VLAN " + vlan + ")";
  }
}
