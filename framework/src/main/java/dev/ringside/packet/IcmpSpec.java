// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * An ICMP message (RFC 792), an echo request unless something else is said.
 *
 * <pre>{@code
 * icmp().to(web).echoRequest(7, 1)
 * icmp().to(client).unreachable(3, query) // port unreachable
 * }</pre>
 */
public final class IcmpSpec extends ControlSpec<IcmpSpec> {

  static final int ECHO_REPLY = 0;
  static final int UNREACHABLE = 3;
  static final int FRAGMENTATION_NEEDED = 4;
  static final int ECHO_REQUEST = 8;
  static final int TIME_EXCEEDED = 11;

  /** An error message is no longer than 576 bytes (RFC 1812, 4.3.2.3). */
  private static final int LONGEST_QUOTE = 576 - Layout.IPV4_BYTES - Layout.ICMP_BYTES;

  IcmpSpec(Constraints given) {
    super(given, ECHO_REQUEST, ECHO_REPLY);
  }

  /** The original could not be delivered, because of this code (0 net, 1 host, 3 port, ...). */
  public IcmpSpec unreachable(int code, Packet original) {
    return about(original, UNREACHABLE, code);
  }

  /** The original has made too many hops. */
  public IcmpSpec timeExceeded(Packet original) {
    return about(original, TIME_EXCEEDED, 0);
  }

  /**
   * The original is too long for the next link and must not be cut (RFC 1191, section 4).
   *
   * @param mtu the longest IP packet that fits, in bytes
   */
  public IcmpSpec fragmentationNeeded(int mtu, Packet original) {
    return about(original, UNREACHABLE, FRAGMENTATION_NEEDED).restOfHeader(mtu);
  }

  @Override
  IcmpSpec copy(Constraints constraints) {
    return new IcmpSpec(constraints);
  }

  @Override
  String kind() {
    return "icmp";
  }

  @Override
  int longestQuote() {
    return LONGEST_QUOTE;
  }

  @Override
  int protocol() {
    return IpProtocol.ICMP;
  }
}
