// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * An IPv4 or IPv6 address; unlike {@link java.net.InetAddress} it never asks a name service.
 *
 * <pre>{@code
 * IpAddress.of("192.0.2.10").version();  // 4
 * IpAddress.of("2001:db8::a").version(); // 6
 * }</pre>
 */
public interface IpAddress {

  /** 4 or 6. */
  int version();

  /** The address in network byte order: 4 or 16 bytes, a fresh array. */
  byte[] toByteArray();

  /** Whether packets to this address are for a group of stations. */
  boolean isMulticast();

  /**
   * Reads an address in its usual text form (RFC 791 dotted decimal, RFC 4291 section 2.2).
   *
   * @throws IllegalArgumentException if the text is neither
   */
  static IpAddress of(String text) {
    return text.indexOf(':') >= 0 ? Ipv6Address.of(text) : Ipv4Address.of(text);
  }
}
