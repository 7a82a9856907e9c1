// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All IP addresses that begin with the same bits (RFC 4632).
 *
 * <pre>{@code
 * IpPrefix subnet = IpPrefix.of("198.51.100.0/24");
 * subnet.contains(IpAddress.of("198.51.100.7")); // true
 * subnet.broadcast();                            // 198.51.100.255
 * }</pre>
 *
 * @param network the lowest address; its bits behind the prefix are 0
 * @param length how many bits are fixed, 0 to 32 or 0 to 128
 */
public record IpPrefix(IpAddress network, int length) {

  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  /** Checks the length, and that the address has no bits behind it. */
  public IpPrefix {
    int bits = network.version() == 4 ? IPV4_BITS : IPV6_BITS;
    if (length < 0 || length > bits) {
      throw new IllegalArgumentException(
          "prefix length " + length + " of " + network + " is not in 0 to " + bits);
    }
    IpAddress lowest = masked(network, length);
    if (!lowest.equals(network)) {
      throw new IllegalArgumentException(
          network
              + "/"
              + length
              + " has bits behind the prefix; the network is "
              + lowest
              + "/"
              + length);
    }
  }

  /**
   * Reads {@code address/length}; an address alone is a prefix of that one address.
   *
   * @throws IllegalArgumentException if the text is no prefix or has bits behind it
   */
  public static IpPrefix of(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return of(IpAddress.of(text));
    }
    int length = 0;
    int digits = text.length() - slash - 1;
    for (int i = slash + 1; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      length = digit < 0 || digit > 9 || digits > 3 ? -1 : length * 10 + digit;
      if (length < 0) {
        break;
      }
    }
    if (length < 0 || digits == 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a prefix; write an address and a length as 198.51.100.0/24");
    }
    return new IpPrefix(IpAddress.of(text.substring(0, slash)), length);
  }

  /** The prefix of this one address. */
  public static IpPrefix of(IpAddress address) {
    return new IpPrefix(address, address.version() == 4 ? IPV4_BITS : IPV6_BITS);
  }

  /** The subnet of this prefix length that the address is in. */
  public static IpPrefix around(IpAddress address, int length) {
    return new IpPrefix(masked(address, length), length);
  }

  /** Whether the address begins with these bits; one of the other IP version does not. */
  public boolean contains(IpAddress address) {
    if (network instanceof Ipv4Address lowest) {
      return address instanceof Ipv4Address ip
          && ((ip.bits() ^ lowest.bits()) & ipv4Mask(length)) == 0;
    }
    Ipv6Address lowest = (Ipv6Address) network;
    return address instanceof Ipv6Address ip
        && ((ip.high() ^ lowest.high()) & longMask(length)) == 0
        && ((ip.low() ^ lowest.low()) & longMask(length - 64)) == 0;
  }

  /**
   * The highest address of an IPv4 subnet, which reaches all its stations; null for IPv6 and for
   * subnets of one or two addresses, which have none (RFC 3021).
   */
  public @Nullable Ipv4Address broadcast() {
    return network instanceof Ipv4Address lowest && length < IPV4_BITS - 1
        ? new Ipv4Address(lowest.bits() | ~ipv4Mask(length))
        : null;
  }

  /** Whether this is the address that reaches all stations of this IPv4 subnet. */
  public boolean isBroadcast(IpAddress address) {
    return address.equals(broadcast());
  }

  /**
   * The two subnets that it consists of, the lower one first.
   *
   * @throws IllegalStateException if it is a single address
   */
  public List<IpPrefix> halves() {
    int bits = network.version() == 4 ? IPV4_BITS : IPV6_BITS;
    if (length == bits) {
      throw new IllegalStateException(this + " is a single address and has no halves");
    }
    return List.of(
        new IpPrefix(network, length + 1), new IpPrefix(secondHalf(network, length), length + 1));
  }

  private static IpAddress secondHalf(IpAddress lowest, int length) {
    if (lowest instanceof Ipv4Address ip) {
      return new Ipv4Address(ip.bits() | 1 << (IPV4_BITS - 1 - length));
    }
    Ipv6Address ip = (Ipv6Address) lowest;
    return length < 64
        ? new Ipv6Address(ip.high() | 1L << (63 - length), ip.low())
        : new Ipv6Address(ip.high(), ip.low() | 1L << (IPV6_BITS - 1 - length));
  }

  private static IpAddress masked(IpAddress address, int length) {
    if (address instanceof Ipv6Address ip) {
      return new Ipv6Address(ip.high() & longMask(length), ip.low() & longMask(length - 64));
    }
    return new Ipv4Address(((Ipv4Address) address).bits() & ipv4Mask(length));
  }

  static int ipv4Mask(int length) {
    return length <= 0 ? 0 : -1 << (IPV4_BITS - length);
  }

  /** The first so many of 64 bits. */
  static long longMask(int length) {
    if (length <= 0) {
      return 0;
    }
    return length >= 64 ? -1 : -1L << (64 - length);
  }

  @Override
  public String toString() {
    return network + "/" + length;
  }
}
