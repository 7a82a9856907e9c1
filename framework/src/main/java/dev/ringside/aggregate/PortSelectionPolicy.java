// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Packet;
import java.util.List;

/**
 * Chooses the NIC that a connection takes; the user's to plug in.
 *
 * <pre>{@code
 * PortSelectionPolicy lastFirst = (first, number, ports) -> ports.get(ports.size() - 1);
 * web.aggregator().setPolicy(lastFirst);
 * }</pre>
 *
 * <p>It is asked once for each connection, and again when the NIC of a connection has left the
 * list. What it throws, and what it chooses wrongly, fails the operation that led to the question;
 * the packet takes the first NIC of the list. Policies of the framework: {@link
 * PortSelectionPolicies}.
 */
@FunctionalInterface
public interface PortSelectionPolicy {

  /**
   * Chooses among the NICs of the list, which are given in the configured order and are at least
   * one.
   *
   * @param first the packet that asks, as the guest sent it
   * @param number how many times the policy was asked before, for this list's owner
   * @return one of the given ones
   */
  ActivePort choose(Packet first, long number, List<ActivePort> ports);
}
