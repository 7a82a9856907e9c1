// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import org.jspecify.annotations.Nullable;

/**
 * What can be said about ICMP of either version.
 *
 * <pre>{@code
 * icmp().echoReply(ping)          // the answer to this ping, to be sent or to be recognized
 * icmp().unreachable(3, query)    // says that the query found no port
 * }</pre>
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

  /** With these four bytes behind the checksum, where echo messages have their two numbers. */
  public S restOfHeader(long bits) {
    return copy(
        given
            .without(Field.ICMP_IDENTIFIER)
            .without(Field.ICMP_SEQUENCE)
            .with(Field.ICMP_REST, bits));
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
            .without(Field.ICMP_REST)
            .with(Field.ICMP_TYPE, type)
            .with(Field.ICMP_IDENTIFIER, identifier)
            .with(Field.ICMP_SEQUENCE, sequence));
  }

  /**
   * The answer to this ping: with its identifier, sequence number and payload, and back to where it
   * came from.
   *
   * @throws IllegalArgumentException if the packet is no echo request
   */
  public S echoReply(Packet request) {
    IpAddress pinged = request.destinationIp();
    if (!request.is(protocol()) || request.icmpType() != echoRequest || pinged == null) {
      throw new IllegalArgumentException("not an echo request over " + kind() + ": " + request);
    }
    int at = request.transportOffset();
    S reply =
        backTo(request)
            .echoReply(request.unsignedShortAt(at + 4), request.unsignedShortAt(at + 6))
            .payload(request.payload());
    return pinged.isMulticast() || pinged.equals(Ipv4Address.BROADCAST)
        ? reply
        : reply.copy(reply.given.orElse(Field.SOURCE_IP, pinged));
  }

  @Override
  void check() {
    super.check();
    if (ipVersion() != usualVersion()) {
      throw new IllegalArgumentException(
          kind()
              + " is for IPv"
              + usualVersion()
              + "; over IPv"
              + ipVersion()
              + " say "
              + (ipVersion() == 4 ? "icmp()" : "icmpv6()"));
    }
  }

  /** About another packet, of which as much is quoted as the protocol allows. */
  final S about(Packet original, int type, int code) {
    return backTo(original).type(type).code(code).with(Field.QUOTE, Quote.of(original));
  }

  /** To the source of this packet, unless another destination was said. */
  private S backTo(Packet packet) {
    IpAddress source = packet.sourceIp();
    return source == null || given.has(Field.DESTINATION_IP)
        ? copy(given)
        : copy(given.with(Field.DESTINATION_IP, source).with(Field.NEXT_HOP, packet.sourceMac()));
  }

  @Override
  int payloadBytes() {
    byte[] quoted = quoted();
    return quoted == null ? super.payloadBytes() : quoted.length;
  }

  @Override
  void writePayload(byte[] frame, int at) {
    byte[] quoted = quoted();
    if (quoted == null) {
      super.writePayload(frame, at);
    } else {
      System.arraycopy(quoted, 0, frame, at, quoted.length);
    }
  }

  /** What an error message quotes, unless a payload was said; null for none. */
  private byte @Nullable [] quoted() {
    return !hasPayload() && given.get(Field.QUOTE) instanceof Quote quote
        ? quote.bytes(longestQuote())
        : null;
  }

  /** How many bytes of the original packet an error message may have. */
  abstract int longestQuote();

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
