// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;

/**
 * A guest whose direct access follows the active NIC, or the active NICs.
 *
 * <pre>{@code
 * aggregator.addClient(client);
 * }</pre>
 */
public interface Client {

  /** The name of the guest. */
  String name();

  /** The address of the guest. */
  MacAddress mac();

  /** Whether it shall have a virtual function where there is one. */
  boolean wantsDirectAccess();

  /** Whether it has one of this NIC now. */
  boolean isMapped(Member member);

  /**
   * Takes its virtual function of this NIC away; from now on it sends through another one that it
   * has, or through the virtual switch.
   */
  void unmap(Member member);

  /** Gives it a virtual function of this NIC; false if none is free. */
  boolean map(Member member);

  /** Lets this NIC take packets for the guest's address on behalf of the host. */
  void admit(Member member);

  /** No longer lets it. */
  void dismiss(Member member);

  /**
   * Takes a packet that the guest had sent through a function that it has no longer: to another one
   * that it has, or into the virtual switch.
   */
  void sendAgain(Packet packet);

  /** Sends announcements of the guest's addresses: gratuitous ARP, unsolicited advertisement. */
  void announce(PacketSink out);
}
