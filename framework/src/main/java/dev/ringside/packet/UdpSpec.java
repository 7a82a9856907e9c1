// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * A UDP datagram (RFC 768).
 *
 * <pre>{@code
 * udp().to(web).port(53).payload("query")
 * }</pre>
 */
public final class UdpSpec extends PortSpec<UdpSpec> {

  UdpSpec(Constraints given) {
    super(given);
  }

  /** Claiming this length of header and payload in bytes, whatever it really has. */
  public UdpSpec udpLength(int bytes) {
    return with(Field.UDP_LENGTH, bytes);
  }

  @Override
  UdpSpec copy(Constraints constraints) {
    return new UdpSpec(constraints);
  }

  @Override
  String kind() {
    return "udp";
  }

  @Override
  int protocol() {
    return IpProtocol.UDP;
  }

  @Override
  int transportBytes() {
    return Layout.UDP_BYTES + payloadBytes();
  }

  @Override
  void writeTransport(byte[] frame, int at) {
    writePorts(frame, at);
    Bytes.put16(frame, at + 4, given.integer(Field.UDP_LENGTH, transportBytes()));
    writePayload(frame, at + Layout.UDP_BYTES);
  }
}
