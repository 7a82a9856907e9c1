// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.routing;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;

/** Something that happens to a router: a packet comes, or its table or a port changes. */
sealed interface Step {

  /**
   * A packet is sent.
   *
   * @param from number of the station
   * @param hops its time to live
   * @param bytes its payload
   * @param whole whether it must not be cut
   */
  record Send(int from, IpAddress to, int hops, int bytes, boolean whole) implements Step {}

  /** What is for a prefix goes to a station from now on. */
  record AddRoute(IpPrefix prefix, int gateway) implements Step {}

  /** A prefix is forgotten. */
  record RemoveRoute(IpPrefix prefix) implements Step {}

  /** A port passes packets up to this length. */
  record SetMtu(int subnet, int mtu) implements Step {}
}
