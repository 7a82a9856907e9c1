// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;

/**
 * The way of slow protocols (01:80:c2:00:00:02), such as LACP, through a card: also while it stands
 * by, past its classifier, and to nobody else on it.
 *
 * <pre>{@code
 * LinkProtocol lacp = new LinkProtocol(nic);
 * lacp.connect(port);
 * lacp.send(message);
 * }</pre>
 */
public final class LinkProtocol {

  private final PhysicalNic nic;

  /** The way through this card. */
  public LinkProtocol(PhysicalNic nic) {
    this.nic = nic;
  }

  /** Sets who gets the frames that come. */
  public void connect(PacketSink protocol) {
    nic.receivePath().setLinkProtocol(protocol);
  }

  /**
   * Sends a frame behind what waits in the host's transmit ring; past that, where senders have
   * priorities.
   */
  public void send(Packet packet) {
    nic.transmitPath().transmitLinkProtocol(packet);
  }
}
