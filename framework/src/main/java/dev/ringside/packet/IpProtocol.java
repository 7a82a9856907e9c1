// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * The protocol numbers that the framework reads (IANA registry).
 *
 * <pre>{@code
 * packet.protocol() == IpProtocol.UDP
 * }</pre>
 */
public final class IpProtocol {

  /** ICMP for IPv4 (RFC 792). */
  public static final int ICMP = 1;

  /** TCP (RFC 9293). */
  public static final int TCP = 6;

  /** UDP (RFC 768). */
  public static final int UDP = 17;

  /** ICMP for IPv6 (RFC 4443). */
  public static final int ICMPV6 = 58;

  /** IPv6 hop-by-hop options (RFC 8200, section 4.3). */
  public static final int HOP_BY_HOP = 0;

  /** IPv6 routing header (RFC 8200, section 4.4). */
  public static final int ROUTING = 43;

  /** IPv6 fragment header (RFC 8200, section 4.5). */
  public static final int FRAGMENT = 44;

  /** Authentication header (RFC 4302). */
  public static final int AUTHENTICATION = 51;

  /** IPv6: nothing follows (RFC 8200, section 4.7). */
  public static final int NO_NEXT_HEADER = 59;

  /** IPv6 destination options (RFC 8200, section 4.6). */
  public static final int DESTINATION_OPTIONS = 60;

  private IpProtocol() {}

  /**
   * How many bytes an IPv6 extension header has (RFC 8200, section 4; RFC 4302, section 2.2).
   *
   * @param protocol the number of the header
   * @param lengthField its second byte, which a fragment header leaves unused
   */
  public static int extensionHeaderBytes(int protocol, int lengthField) {
    return switch (protocol) {
      case FRAGMENT -> 8;
      case AUTHENTICATION -> (lengthField + 2) * 4;
      default -> (lengthField + 1) * 8;
    };
  }
}
