// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import org.jspecify.annotations.Nullable;

/**
 * Where a router sends what is for a prefix.
 *
 * <pre>{@code
 * Route route = router.routes().find(IpAddress.of("192.0.2.7"));
 * route.port().name(); // "A"
 * }</pre>
 *
 * @param prefix the destinations
 * @param port by which port it leaves
 * @param gatewayOrNull to which router; null if the stations are on link there
 */
public record Route(IpPrefix prefix, RouterPort port, @Nullable IpAddress gatewayOrNull) {

  /** Whom a packet to this address is given to on the link. */
  public IpAddress nextHop(IpAddress destination) {
    return gatewayOrNull == null ? destination : gatewayOrNull;
  }

  /** Such as {@code 192.0.2.0/24 on link at A} or {@code 0.0.0.0/0 via 192.0.2.1 at A}. */
  @Override
  public String toString() {
    String how = gatewayOrNull == null ? " on link" : " via " + gatewayOrNull;
    return prefix + how + " at " + port.name();
  }
}
