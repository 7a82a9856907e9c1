// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * Somebody with addresses, whom packets go to and come from: a virtual machine, a station.
 *
 * <pre>{@code
 * lab.wire().send(udp().to(web).port(53)); // web is an Endpoint
 * }</pre>
 */
public interface Endpoint {

  /** The lab's own station, which packets come from where nothing else is said. */
  Endpoint STATION =
      of(
          "station",
          new MacAddress(0x02_5253_0000_feL),
          new Ipv4Address(0xc612_fffe),
          new Ipv6Address(0x2001_0db8_0052_0000L, 0xfe));

  /** Somebody who is nothing but these addresses. */
  static Endpoint of(String name, MacAddress mac, Ipv4Address ipv4, Ipv6Address ipv6) {
    return new Addresses(name, mac, ipv4, ipv6);
  }

  /** Somebody who is nothing but these addresses, in their usual text forms. */
  static Endpoint of(String name, String mac, String ipv4, String ipv6) {
    return of(name, MacAddress.of(mac), Ipv4Address.of(ipv4), Ipv6Address.of(ipv6));
  }

  /** The name in the lab. */
  String name();

  /** The Ethernet address. */
  MacAddress mac();

  /** The IPv4 address. */
  Ipv4Address ipv4();

  /** The IPv6 address. */
  Ipv6Address ipv6();
}
