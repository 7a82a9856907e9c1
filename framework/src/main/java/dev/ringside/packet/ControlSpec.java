// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * What can be said about ICMP of either version.
 *
 * @param <S> the kind of packet
 */
public abstract class ControlSpec<S extends ControlSpec<S>> extends IpPacketSpec<S> {

  private final int echoRequest;
  private final int echoReply;

  ControlSpec(Constraints given, int echoRequest, int echoReply) {
    super(given);
    this.echoRequest = echoRequest;
    this.echoReply = echoReply;
  }

  /** With this type, 0 to 255; sent without one, it is an echo request. */
  public S type(int type) {
    return with(Field.ICMP_TYPE, type);
  }

  /** With this code, 0 to 255. */
  public S code(int code) {
    return with(Field.ICMP_CODE, code);
  }

  /** With these four bytes behind the checksum. */
  public S restOfHeader(long bits) {
    return with(Field.ICMP_REST, bits);
  }

  /** With this checksum, right or wrong. */
  public S checksum(int checksum) {
    return with(Field.CHECKSUM, checksum);
  }

  /** A ping. */
  public S echoRequest() {
    return type(echoRequest);
  }

  /** A ping of this identifier and sequence number, 16 bits each. */
  public S echoRequest(int identifier, int sequence) {
    return echo(echoRequest, identifier, sequence);
  }

  /** The answer to a ping. */
  public S echoReply() {
    return type(echoReply);
  }

  /** The answer to the ping of this identifier and sequence number, 16 bits each. */
  public S echoReply(int identifier, int sequence) {
    return echo(echoReply, identifier, sequence);
  }

  private S echo(int type, int identifier, int sequence) {
    return copy(
        given
            .with(Field.ICMP_TYPE, type)
            .with(Field.ICMP_IDENTIFIER, identifier)
            .with(Field.ICMP_SEQUENCE, sequence));
  }

  /** About another packet, of which as much is quoted as the protocol allows. */
  final S about(Packet original, int type, int code, int quoted) {
    int from = original.networkOffset();
    int length = Math.min(original.endOffset() - from, quoted);
    byte[] quote = new byte[Math.max(0, length)];
    System.arraycopy(original.trustedBytes(), from, quote, 0, quote.length);
    return type(type).code(code).payload(quote);
  }

  @Override
  int transportBytes() {
    return Layout.ICMP_BYTES + payloadBytes();
  }

  @Override
  void writeTransport(byte[] frame, int at) {
    frame[at] = (byte) given.integer(Field.ICMP_TYPE, echoRequest);
    frame[at + 1] = (byte) given.integer(Field.ICMP_CODE, 0);
    Bytes.put32(frame, at + 4, (int) given.number(Field.ICMP_REST, usualRestOfHeader()));
    if (given.has(Field.ICMP_IDENTIFIER)) {
      Bytes.put16(frame, at + 4, given.integer(Field.ICMP_IDENTIFIER, 0));
      Bytes.put16(frame, at + 6, given.integer(Field.ICMP_SEQUENCE, 0));
    }
    writePayload(frame, at + Layout.ICMP_BYTES);
  }

  long usualRestOfHeader() {
    return 0;
  }
}
