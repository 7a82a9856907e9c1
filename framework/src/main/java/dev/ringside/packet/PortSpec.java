// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * What can be said about UDP and TCP: ports and checksum.
 *
 * <pre>{@code
 * tcp().to(web).port(80).fromPort(50_000)
 * }</pre>
 *
 * @param <S> the kind of packet
 */
public abstract class PortSpec<S extends PortSpec<S>> extends IpPacketSpec<S> {

  private static final int USUAL_SOURCE = 49_152; // the first ephemeral one (RFC 6335)
  private static final int USUAL_DESTINATION = 9; // discard

  PortSpec(Constraints given) {
    super(given);
  }

  /** To this destination port, 0 to 65535; sent without one, it is 9 (discard). */
  public S port(int destinationPort) {
    return with(Field.DESTINATION_PORT, destinationPort);
  }

  /** From this source port, 0 to 65535; sent without one, it is 49152. */
  public S fromPort(int sourcePort) {
    return with(Field.SOURCE_PORT, sourcePort);
  }

  /** With this checksum, right or wrong; 0 in UDP over IPv4 means none. */
  public S checksum(int checksum) {
    return with(Field.CHECKSUM, checksum);
  }

  final void writePorts(byte[] frame, int at) {
    Bytes.put16(frame, at, given.integer(Field.SOURCE_PORT, USUAL_SOURCE));
    Bytes.put16(frame, at + 2, given.integer(Field.DESTINATION_PORT, USUAL_DESTINATION));
  }
}
