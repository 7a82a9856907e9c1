// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * An IP packet of any protocol; the payload is what follows the IP header.
 *
 * <pre>{@code
 * ip(89).to(router).payload(hello) // OSPF
 * ip().from("198.51.100.0/24")     // recognizes all protocols
 * }</pre>
 */
public final class IpSpec extends IpPacketSpec<IpSpec> {

  /** For experiments and testing (RFC 3692). */
  private static final int EXPERIMENTAL = 253;

  IpSpec(Constraints given) {
    super(given);
  }

  /**
   * With this protocol number; sent without one, it is 253 (for experiments, RFC 3692).
   *
   * @throws IllegalArgumentException if it is not 0 to 255
   */
  public IpSpec protocol(int protocol) {
    return with(Field.PROTOCOL, protocol);
  }

  @Override
  IpSpec copy(Constraints constraints) {
    return new IpSpec(constraints);
  }

  @Override
  String kind() {
    return "ip";
  }

  @Override
  Object kindValue() {
    return FieldMatcher.ANY;
  }

  @Override
  int protocol() {
    return given.integer(Field.PROTOCOL, EXPERIMENTAL);
  }

  @Override
  int checksumOffset() {
    return Packet.NONE; // the payload is as the user says, also where it holds a known header
  }

  @Override
  int transportBytes() {
    return payloadBytes();
  }

  @Override
  void writeTransport(byte[] frame, int at) {
    writePayload(frame, at);
  }
}
