// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;

/**
 * A physical NIC as its aggregator sees it.
 *
 * <pre>{@code
 * aggregator.addMember(member);
 * }</pre>
 */
public interface Member {

  /** The name of the NIC. */
  String name();

  /** Its own MAC address, which the host sends from. */
  MacAddress mac();

  /** Whether it looks alive from outside: it has a link and has not visibly failed. */
  boolean looksHealthy();

  /** Its speed in bits a second, 0 if unlimited. */
  long speed();

  /** Lets it send and receive. */
  void activate();

  /** Keeps it from sending and receiving. */
  void deactivate();

  /** Sends a packet of the host. */
  void transmit(Packet packet);

  /**
   * Sends a packet of the host for a group, which another NIC had taken and not sent: the guests of
   * the host have their copies.
   */
  default void transmitToWire(Packet packet) {
    transmit(packet);
  }

  /** Whether it has a place for another packet of the host. */
  boolean hasRoom();

  /** Runs an action once the packets of the host that wait in it now are sent. */
  void whenSent(Runnable action);

  /** Hands over the packets that it could not send, oldest first: the host's, then the guests'. */
  void takeUnsent(PacketSink ofHost, PacketSink ofGuests);

  /** Drops the packets that it could not send. */
  void dropUnsent();
}
