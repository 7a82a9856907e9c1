// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Connection;
import java.util.List;

/**
 * Where a connection goes, and where it went before.
 *
 * <pre>{@code
 * Placement placement = web.aggregator().placement(connection);
 * placement.through(); // p1
 * placement.stays();   // true: it was never moved
 * }</pre>
 *
 * @param connection whose place it is
 * @param ports the NICs it was given to, in order; the last one is its own now
 * @param listed whether that NIC is still in the list; if not, the next packet goes elsewhere
 */
public record Placement(Connection connection, List<String> ports, boolean listed) {

  /** Copies the names. */
  public Placement {
    ports = List.copyOf(ports);
  }

  /** The NIC that its latest packet took. */
  public String through() {
    return ports.get(ports.size() - 1);
  }

  /** Whether it has had one NIC from its first packet to its latest. */
  public boolean stays() {
    return ports.size() == 1;
  }

  @Override
  public String toString() {
    return connection
        + " through "
        + String.join(", then ", ports)
        + (listed ? "" : ", which has left the list");
  }
}
