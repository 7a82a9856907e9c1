// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * What tells one flow from another, the 5-tuple.
 *
 * <pre>{@code
 * FlowKey flow = packet.flowKey(); // udp 192.0.2.10:4444 > 198.51.100.1:53
 * flow.reversed();                 // the answers
 * }</pre>
 *
 * @param source the source IP address
 * @param destination the destination IP address
 * @param protocol the IP protocol number
 * @param sourcePort 0 to 65535, {@link Packet#NONE} where the protocol has no ports
 * @param destinationPort 0 to 65535, {@link Packet#NONE} where the protocol has no ports
 */
public record FlowKey(
    IpAddress source, IpAddress destination, int protocol, int sourcePort, int destinationPort) {

  /** The flow of the other direction. */
  public FlowKey reversed() {
    return new FlowKey(destination, source, protocol, destinationPort, sourcePort);
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(48).append(FieldText.protocol(protocol, "protocol ")).append(' ');
    PacketText.appendIpEnd(source, sourcePort, text);
    text.append(" > ");
    PacketText.appendIpEnd(destination, destinationPort, text);
    return text.toString();
  }
}
