// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import dev.ringside.packet.Packet;

/**
 * A link, as far as its end that speaks LACP needs it.
 *
 * <pre>{@code
 * LacpPort port = system.addPort("p0", mac, line);
 * }</pre>
 */
public interface LacpLine {

  /** Sends a LACPDU to the other end. */
  void send(Packet lacpdu);

  /** Both ends agree that the link carries traffic from now on, or no longer. */
  void distributing(boolean nowDistributing);
}
