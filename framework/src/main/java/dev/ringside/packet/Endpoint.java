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

  /** The name in the lab. */
  String name();

  /** The Ethernet address. */
  MacAddress mac();

  /** The IPv4 address. */
  Ipv4Address ipv4();

  /** The IPv6 address. */
  Ipv6Address ipv6();
}
