// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import org.jspecify.annotations.Nullable;

/**
 * An ICMPv6 message (RFC 4443), an echo request unless something else is said.
 *
 * <pre>{@code
 * icmpv6().to(web).echoRequest(7, 1)
 * icmpv6().from(web).neighbourSolicitation(db.ipv6())
 * }</pre>
 */
public final class Icmpv6Spec extends ControlSpec<Icmpv6Spec> {

  static final int UNREACHABLE = 1;
  static final int PACKET_TOO_BIG = 2;
  static final int TIME_EXCEEDED = 3;
  static final int ECHO_REQUEST = 128;
  static final int ECHO_REPLY = 129;
  static final int NEIGHBOUR_SOLICITATION = 135;
  static final int NEIGHBOUR_ADVERTISEMENT = 136;

  /** An error message fits the smallest link (RFC 4443, 2.4). */
  private static final int LONGEST_QUOTE = 1280 - Layout.IPV6_BYTES - Layout.ICMP_BYTES;

  /** Target address and link-layer address option (RFC 4861, 4.3 and 4.4). */
  private static final int NEIGHBOUR_BYTES = 24;

  /** Number of the option with the sender's own MAC. */
  private static final int SOURCE_MAC = 1;

  /** Number of the option with the MAC of the target. */
  private static final int TARGET_MAC = 2;

  private static final Ipv6Address ALL_NODES = new Ipv6Address(0xff02L << 48, 1);

  private static final long SOLICITED_AND_OVERRIDE = 0x6000_0000L;
  private static final long OVERRIDE = 0x2000_0000L;

  Icmpv6Spec(Constraints given) {
    super(given, ECHO_REQUEST, ECHO_REPLY);
  }

  /** The original could not be delivered, because of this code (0 no route, 4 port, ...). */
  public Icmpv6Spec unreachable(int code, Packet original) {
    return about(original, UNREACHABLE, code);
  }

  /** The original has made too many hops. */
  public Icmpv6Spec timeExceeded(Packet original) {
    return about(original, TIME_EXCEEDED, 0);
  }

  /**
   * The original is too long for the next link (RFC 4443, section 3.2).
   *
   * @param mtu the longest IP packet that fits, in bytes
   */
  public Icmpv6Spec packetTooBig(int mtu, Packet original) {
    return about(original, PACKET_TOO_BIG, 0).restOfHeader(mtu);
  }

  /**
   * Asks for the MAC of a station (RFC 4861, 4.3); sent without a destination, it goes to the
   * target's solicited-node group.
   */
  public Icmpv6Spec neighbourSolicitation(Ipv6Address target) {
    return type(NEIGHBOUR_SOLICITATION).with(Field.NEIGHBOUR_TARGET, target);
  }

  /** Tells the sender's MAC (RFC 4861, 4.4); sent without a destination, it goes to all nodes. */
  public Icmpv6Spec neighbourAdvertisement(Ipv6Address target) {
    return type(NEIGHBOUR_ADVERTISEMENT).with(Field.NEIGHBOUR_TARGET, target);
  }

  @Override
  Icmpv6Spec copy(Constraints constraints) {
    return new Icmpv6Spec(constraints);
  }

  @Override
  String kind() {
    return "icmpv6";
  }

  @Override
  int longestQuote() {
    return LONGEST_QUOTE;
  }

  @Override
  int protocol() {
    return IpProtocol.ICMPV6;
  }

  @Override
  int usualVersion() {
    return 6;
  }

  @Override
  int usualTimeToLive() {
    return isNeighbourDiscovery() ? 255 : super.usualTimeToLive(); // RFC 4861, 7.1
  }

  @Override
  public @Nullable IpAddress destinationIp() {
    if (given.has(Field.DESTINATION_IP) || !(target() instanceof Ipv6Address target)) {
      return super.destinationIp();
    }
    return isType(NEIGHBOUR_SOLICITATION) ? target.solicitedNode() : ALL_NODES;
  }

  private boolean isNeighbourDiscovery() {
    return isType(NEIGHBOUR_SOLICITATION) || isType(NEIGHBOUR_ADVERTISEMENT);
  }

  private boolean isType(int type) {
    return given.integer(Field.ICMP_TYPE, ECHO_REQUEST) == type;
  }

  private @Nullable Object target() {
    return given.get(Field.NEIGHBOUR_TARGET);
  }

  /** Whether the payload is target and option; a payload that was said takes their place. */
  private boolean writesTarget() {
    return given.has(Field.NEIGHBOUR_TARGET) && !hasPayload();
  }

  @Override
  int payloadBytes() {
    return writesTarget() ? NEIGHBOUR_BYTES : super.payloadBytes();
  }

  @Override
  void writePayload(byte[] frame, int at) {
    if (writesTarget() && target() instanceof Ipv6Address target) {
      Bytes.put64(frame, at, target.high());
      Bytes.put64(frame, at + 8, target.low());
      frame[at + 16] = (byte) (isType(NEIGHBOUR_SOLICITATION) ? SOURCE_MAC : TARGET_MAC);
      frame[at + 17] = 1; // times eight bytes
      Bytes.put48(frame, at + 18, frameSource().bits());
    } else {
      super.writePayload(frame, at);
    }
  }

  @Override
  long usualRestOfHeader() {
    if (!isType(NEIGHBOUR_ADVERTISEMENT)) {
      return 0;
    }
    IpAddress to = destinationIp();
    return to == null || to.isMulticast() ? OVERRIDE : SOLICITED_AND_OVERRIDE;
  }
}
