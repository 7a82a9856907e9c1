// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Finds attacks in the traffic. It sees every packet that an active card takes from the wire,
 * before the card classifies it, and also those that are contained already.
 *
 * <pre>{@code
 * DosDetector pings = (packet, now) -> packet.length() > 1_000 && icmp().matches(packet)
 *     ? icmp().from(packet.sourceIp()) : null;
 * host.steering().detect(pings);
 * }</pre>
 */
@FunctionalInterface
public interface DosDetector {

  /**
   * Looks at a packet.
   *
   * @param now virtual time in nanoseconds
   * @return the signature of an attack, which is contained from this packet on; null if there is
   *     none
   */
  @Nullable PacketMatcher observe(Packet packet, long now);
}
