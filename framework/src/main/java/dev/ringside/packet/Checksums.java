// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Bytes.u16;
import static dev.ringside.packet.Bytes.u8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The Internet checksum (RFC 1071) of IPv4, ICMP, ICMPv6, UDP and TCP.
 *
 * <p>Specifications write right checksums by themselves; this is for whoever changes bytes.
 *
 * <pre>{@code
 * int right = Checksums.ipv4Header(frame, packet.networkOffset());
 * }</pre>
 */
public final class Checksums {

  /** From so many bytes on it pays to read eight at a time. */
  private static final int WORTH_WORDS = 64;

  private static final int FOUR_WORDS = 32;
  private static final long LOWER = 0xffff_ffffL;

  private Checksums() {}

  /** The one's complement sum of 16-bit words, not yet inverted. */
  static long sum(byte[] b, int from, int to, long initial) {
    int words = to - from < WORTH_WORDS ? 0 : (to - from) / FOUR_WORDS;
    int at = from + words * FOUR_WORDS;
    long sum = words == 0 ? initial : initial + wordSum(b, from, at);
    for (; at + 1 < to; at += 2) {
      sum += u16(b, at);
    }
    return at < to ? sum + (u8(b, at) << 8) : sum;
  }

  /**
   * The sum of 64-bit words, four at a time. As 2^32 is 1 in one's complement arithmetic of 16
   * bits, it is worth the sum of their quarters.
   */
  private static long wordSum(byte[] b, int from, int to) {
    ByteBuffer words = ByteBuffer.wrap(b);
    long upper = 0;
    long lower = 0;
    for (int at = from; at < to; at += FOUR_WORDS) {
      long first = words.getLong(at);
      long second = words.getLong(at + 8);
      long third = words.getLong(at + 16);
      long fourth = words.getLong(at + 24);
      upper += (first >>> 32) + (second >>> 32) + (third >>> 32) + (fourth >>> 32);
      lower += (first & LOWER) + (second & LOWER) + (third & LOWER) + (fourth & LOWER);
    }
    return upper + lower;
  }

  /** Folds the carries and inverts. */
  static int finish(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) ~folded & 0xffff;
  }

  /**
   * The header checksum of the IPv4 header at this place, as it should be (RFC 791, 3.1).
   *
   * @throws IndexOutOfBoundsException if the header is not all there
   */
  public static int ipv4Header(byte[] b, int at) {
    return ipv4Header(b, at, at + (b[at] & 0xf) * 4);
  }

  /** The header checksum of the IPv4 header between these places, as it should be. */
  static int ipv4Header(byte[] b, int from, int to) {
    return finish(sum(b, from, from + 10, 0) + sum(b, from + 12, to, 0));
  }

  /**
   * The checksum of the transport header, as it should be; it covers both addresses, too, but for
   * that of ICMP (RFC 9293, 3.1; RFC 8200, 8.1).
   *
   * @param checksumAt where in the frame the checksum stands; it counts as 0
   */
  static int transport(
      byte[] b, int network, int version, int protocol, int from, int checksumAt, int to) {
    long sum = sum(b, from, checksumAt, 0) + sum(b, checksumAt + 2, to, 0);
    if (protocol != IpProtocol.ICMP) {
      sum += protocol + (to - from);
      sum +=
          version == 4
              ? sum(b, network + 12, network + 20, 0)
              : sum(b, network + 8, network + 40, 0);
    }
    return finish(sum);
  }

  /** Where the checksum of a transport header stands in it, -1 for other protocols. */
  static int offsetIn(int protocol) {
    return switch (protocol) {
      case IpProtocol.UDP -> 6;
      case IpProtocol.TCP -> 16;
      case IpProtocol.ICMP, IpProtocol.ICMPV6 -> 2;
      default -> -1;
    };
  }

  static @Nullable String fault(byte[] b, long layout) {
    String fault =
        Layout.ipVersion(layout) == 4 ? ipv4HeaderFault(b, Layout.network(layout)) : null;
    return fault == null ? transportFault(b, layout) : fault;
  }

  static @Nullable String ipv4HeaderFault(byte[] b, int network) {
    int header = (b[network] & 0xf) * 4;
    if (header < Layout.IPV4_BYTES || network + header > b.length) {
      return null;
    }
    return compare("ipv4 header", u16(b, network + 10), ipv4Header(b, network));
  }

  private static @Nullable String transportFault(byte[] b, long layout) {
    int from = Layout.transport(layout);
    int protocol = Layout.protocol(layout);
    int version = Layout.ipVersion(layout);
    if (from == 0 || Layout.fault(layout) != 0 || Layout.isFragment(layout)) {
      return null;
    }
    int network = Layout.network(layout);
    int at = from + offsetIn(protocol);
    boolean udp = protocol == IpProtocol.UDP;
    boolean none = udp && version == 4 && u16(b, at) == 0;
    if (none || (version == 6 && hasHopsToGo(b, network, Layout.end(layout)))) {
      return null;
    }
    int to = udp ? from + u16(b, from + 4) : Layout.end(layout);
    int right = transport(b, network, version, protocol, from, at, to);
    return compare(name(protocol), u16(b, at), udp && right == 0 ? 0xffff : right);
  }

  /** Whether a routing header says that the destination address is not yet the final one. */
  private static boolean hasHopsToGo(byte[] b, int network, int end) {
    ExtensionWalk walk = new ExtensionWalk(b, network, end);
    return walk.find(IpProtocol.ROUTING) && u8(b, walk.at() + 3) != 0;
  }

  /** 0 and 0xffff are the same number in one's complement, and receivers take either. */
  private static @Nullable String compare(String what, int given, int right) {
    return given == right || (given == 0xffff && right == 0) ? null : wrong(what, given, right);
  }

  private static String name(int protocol) {
    return switch (protocol) {
      case IpProtocol.UDP -> "udp";
      case IpProtocol.TCP -> "tcp";
      case IpProtocol.ICMP -> "icmp";
      default -> "icmpv6";
    };
  }

  private static String wrong(String what, int given, int right) {
    return what
        + " checksum 0x"
        + Integer.toHexString(given)
        + " should be 0x"
        + Integer.toHexString(right);
  }
}
