// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * What can be said about UDP and TCP: ports and checksum.
 *
 * <pre>{@code
 * tcp().to(web).port(80).fromPort(50_000)
 * udp().ports(33_434, 33_534) // for recognizing only
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

  /**
   * To a destination port from the lowest to the highest; such a packet can be recognized, not
   * sent.
   *
   * @throws IllegalArgumentException if they are not 0 to 65535, or in the wrong order
   */
  public S ports(int lowest, int highest) {
    return with(Field.DESTINATION_PORT, range(Field.DESTINATION_PORT, lowest, highest));
  }

  /**
   * From a source port from the lowest to the highest; such a packet can be recognized, not sent.
   *
   * @throws IllegalArgumentException if they are not 0 to 65535, or in the wrong order
   */
  public S fromPorts(int lowest, int highest) {
    return with(Field.SOURCE_PORT, range(Field.SOURCE_PORT, lowest, highest));
  }

  private static Object range(Field field, int lowest, int highest) {
    if (lowest < 0 || highest > field.maximum || lowest > highest) {
      throw new IllegalArgumentException(
          field.label
              + "s "
              + lowest
              + " to "
              + highest
              + " are no range in 0 to "
              + field.maximum);
    }
    return lowest == highest ? (Object) (long) lowest : new NumberRange(lowest, highest);
  }

  @Override
  final void check() {
    super.check();
    refuseRange(Field.SOURCE_PORT);
    refuseRange(Field.DESTINATION_PORT);
  }

  private void refuseRange(Field field) {
    if (given.get(field) instanceof NumberRange range) {
      throw new IllegalArgumentException(
          kind() + " packet cannot be sent " + field.word + " " + range + "; say one port");
    }
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
