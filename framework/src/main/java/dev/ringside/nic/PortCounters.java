// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;

/**
 * The traffic counters of a physical NIC or a virtual function, as {@code ip -s link} shows them.
 *
 * <pre>{@code
 * host.pnic("p0").counters().receivedPackets()
 * }</pre>
 *
 * <p>Of a physical NIC they are counted at the wire: what came from it, before the filters, and
 * what went to it, not what stayed on the card. Of a virtual function they are counted at the
 * guest: what it got, and what it was allowed to send.
 *
 * @param receivedPackets packets received
 * @param receivedBytes their bytes
 * @param sentPackets packets sent
 * @param sentBytes their bytes
 * @param multicast of the received ones, those for a group other than broadcast
 * @param broadcast of the received ones, those for all
 * @param malformed of the received ones, those whose headers contradict their bytes
 */
public record PortCounters(
    long receivedPackets,
    long receivedBytes,
    long sentPackets,
    long sentBytes,
    long multicast,
    long broadcast,
    long malformed) {

  /** The counters while they count. */
  static final class Live {
    private long receivedPackets;
    private long receivedBytes;
    private long sentPackets;
    private long sentBytes;
    private long multicast;
    private long broadcast;
    private long malformed;

    void received(Packet packet) {
      receivedPackets++;
      receivedBytes += packet.length();
      long destination = packet.destinationMacBits();
      if (MacAddress.isMulticast(destination)) {
        if (destination == MacAddress.BROADCAST.bits()) {
          broadcast++;
        } else {
          multicast++;
        }
      }
      if (packet.isMalformed()) {
        malformed++;
      }
    }

    void sent(Packet packet) {
      sentPackets++;
      sentBytes += packet.length();
    }

    PortCounters snapshot() {
      return new PortCounters(
          receivedPackets, receivedBytes, sentPackets, sentBytes, multicast, broadcast, malformed);
    }
  }
}
