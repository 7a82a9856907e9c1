// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Ipv6Address;

/** The groups that every IPv6 station listens to (RFC 4291, section 2.8). */
final class StationGroups {

  /** All IPv6 nodes of the link (RFC 4291, section 2.7.1; RFC 2464, section 7). */
  private static final long ALL_NODES = 0x3333_0000_0001L;

  private StationGroups() {}

  static long[] of(Endpoint station) {
    long global = station.ipv6().solicitedNode().multicastMac().bits();
    Ipv6Address linkLocal = Ipv6Address.linkLocal(station.mac());
    long local = linkLocal.solicitedNode().multicastMac().bits();
    return global == local ? new long[] {ALL_NODES, global} : new long[] {ALL_NODES, global, local};
  }
}
