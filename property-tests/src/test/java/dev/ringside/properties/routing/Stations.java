// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.routing;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;

/** Two stations in each of three subnets: 10.s.0.0/16 and 2001:db8:a:s::/64. */
final class Stations {

  static final int SUBNETS = 3;
  static final int EACH = 2;
  static final int ALL = SUBNETS * EACH;

  /** The last part of the address of nobody. */
  static final int NOBODY = 99;

  private static final int FIRST = 10;
  private static final long IPV6 = 0x2001_0db8_000a_0000L;

  private Stations() {}

  static IpPrefix subnet(int subnet, boolean v4) {
    return IpPrefix.around(address(subnet, 0, v4), v4 ? 16 : 64);
  }

  static IpAddress address(int subnet, int host, boolean v4) {
    return v4
        ? new Ipv4Address(10 << 24 | subnet << 16 | host)
        : new Ipv6Address(IPV6 | subnet, host);
  }

  static IpAddress gateway(int subnet, boolean v4) {
    return address(subnet, 1, v4);
  }

  static IpAddress addressOf(int station, boolean v4) {
    return address(subnetOfStation(station), FIRST + station % EACH, v4);
  }

  static Endpoint station(int number) {
    return Endpoint.of(
        "s" + number,
        new MacAddress(0x0200_5e10_0000L + number),
        (Ipv4Address) addressOf(number, true),
        (Ipv6Address) addressOf(number, false));
  }

  static int subnetOfStation(int station) {
    return station / EACH;
  }

  static int subnetOf(IpAddress ip) {
    for (int subnet = 0; subnet < SUBNETS; subnet++) {
      if (subnet(subnet, ip.version() == 4).contains(ip)) {
        return subnet;
      }
    }
    return -1;
  }

  /** Minus one for nobody's address. */
  static int numberOf(IpAddress ip) {
    for (int number = 0; number < ALL; number++) {
      if (addressOf(number, ip.version() == 4).equals(ip)) {
        return number;
      }
    }
    return -1;
  }
}
