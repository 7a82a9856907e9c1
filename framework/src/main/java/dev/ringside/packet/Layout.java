// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Bytes.u16;
import static dev.ringside.packet.Bytes.u8;

/**
 * Where the headers of a frame are, found in one pass and packed into one number.
 *
 * <pre>
 *  63      58 57                  34 33  32  31  28 27      20 19            4 3      0
 * +----------+----------------------+---+---+------+----------+---------------+--------+
 * |  fault   |     payload end      | L | F | IP   | protocol |   transport   |  tags  |
 * +----------+----------------------+---+---+------+----------+---------------+--------+
 *  F: is a fragment   L: is not the first fragment   IP: 0, 4 or 6
 * </pre>
 *
 * <p>A number, not an object, so that a packet is one allocation beside its bytes. The fault is the
 * first one met; parsing goes on past a fault where what follows can still be read (a truncated
 * capture keeps its ports).
 */
final class Layout {

  static final int MAX_TAGS = 8;
  static final int ETHERNET_BYTES = 14;
  static final int TAG_BYTES = 4;
  static final int ARP_BYTES = 28;
  static final int IPV4_BYTES = 20;
  static final int IPV6_BYTES = 40;
  static final int UDP_BYTES = 8;
  static final int TCP_BYTES = 20;
  static final int ICMP_BYTES = 8;

  private static final int TYPE_OFFSET = 12;
  private static final int TRANSPORT_SHIFT = 4;
  private static final int PROTOCOL_SHIFT = 20;
  private static final int VERSION_SHIFT = 28;
  private static final long FRAGMENT = 1L << 32;
  private static final long LATER_FRAGMENT = 1L << 33;
  private static final int END_SHIFT = 34;
  private static final int FAULT_SHIFT = 58;

  private Layout() {}

  static int tags(long layout) {
    return (int) layout & 0xf;
  }

  static int network(long layout) {
    return ETHERNET_BYTES + TAG_BYTES * tags(layout);
  }

  /** Where the UDP, TCP or ICMP header is; 0 where there is none that can be read. */
  static int transport(long layout) {
    return (int) (layout >>> TRANSPORT_SHIFT) & 0xffff;
  }

  static int protocol(long layout) {
    return (int) (layout >>> PROTOCOL_SHIFT) & 0xff;
  }

  static int ipVersion(long layout) {
    return (int) (layout >>> VERSION_SHIFT) & 0xf;
  }

  static boolean isFragment(long layout) {
    return (layout & FRAGMENT) != 0;
  }

  static boolean isLaterFragment(long layout) {
    return (layout & LATER_FRAGMENT) != 0;
  }

  /** Where the IP packet or what an 802.3 length covers ends; padding may be behind it. */
  static int end(long layout) {
    return (int) (layout >>> END_SHIFT) & 0xff_ffff;
  }

  /** The number of the {@link Malformation}, 0 for none. */
  static int fault(long layout) {
    return (int) (layout >>> FAULT_SHIFT);
  }

  static long parse(byte[] b) {
    if (b.length < ETHERNET_BYTES) {
      return fault(withEnd(0, b.length), Malformation.ETHERNET_TRUNCATED);
    }
    int tags = 0;
    int at = TYPE_OFFSET;
    while (isTag(u16(b, at))) {
      if (at + TAG_BYTES + 2 > b.length) {
        return fault(withEnd(tags, b.length), Malformation.VLAN_TAG_TRUNCATED);
      }
      if (tags == MAX_TAGS) {
        return fault(withEnd(tags, b.length), Malformation.TOO_MANY_VLAN_TAGS);
      }
      tags++;
      at += TAG_BYTES;
    }
    long layout = withEnd(tags, b.length);
    int type = u16(b, at);
    int network = at + 2;
    return switch (type) {
      case EtherType.IPV4 -> ipv4(b, network, layout);
      case EtherType.IPV6 -> ipv6(b, network, layout);
      case EtherType.ARP -> arp(b, network, layout);
      default -> type < EtherType.LOWEST ? ieee8023(b, network, type, layout) : layout;
    };
  }

  static boolean isTag(int type) {
    return type == VlanTag.CUSTOMER_TAG || type == VlanTag.SERVICE_TAG;
  }

  private static long ieee8023(byte[] b, int at, int length, long layout) {
    return length > b.length - at
        ? fault(layout, Malformation.LENGTH_EXCEEDS_FRAME)
        : withEnd(layout, at + length);
  }

  private static long arp(byte[] b, int at, long layout) {
    if (b.length - at < ARP_BYTES) {
      return fault(layout, Malformation.ARP_TRUNCATED);
    }
    boolean ethernetAndIpv4 =
        u16(b, at) == 1 && u16(b, at + 2) == EtherType.IPV4 && u16(b, at + 4) == 0x0604;
    return ethernetAndIpv4 ? layout : fault(layout, Malformation.ARP_NOT_ETHERNET_IPV4);
  }

  private static long ipv4(byte[] b, int at, long base) {
    int present = b.length - at;
    if (present < IPV4_BYTES) {
      return fault(base, Malformation.IPV4_TRUNCATED);
    }
    if (u8(b, at) >>> 4 != 4) {
      return fault(base, Malformation.IPV4_VERSION);
    }
    int header = (u8(b, at) & 0xf) * 4;
    int total = u16(b, at + 2);
    int protocol = u8(b, at + 9);
    long layout = withProtocol(base | 4L << VERSION_SHIFT, protocol);
    if (header < IPV4_BYTES) {
      return fault(layout, Malformation.IPV4_HEADER_LENGTH_TOO_SHORT);
    }
    if (header > present) {
      return fault(layout, Malformation.IPV4_HEADER_LENGTH_EXCEEDS_FRAME);
    }
    if (total < header) {
      return fault(layout, Malformation.IPV4_TOTAL_LENGTH_TOO_SHORT);
    }
    if (total > present) {
      layout = fault(layout, Malformation.IPV4_TOTAL_LENGTH_EXCEEDS_FRAME);
    } else {
      layout = withEnd(layout, at + total);
    }
    int fragment = u16(b, at + 6);
    if ((fragment & 0x3fff) != 0) {
      layout |= FRAGMENT;
    }
    if ((fragment & 0x1fff) != 0) {
      return layout | LATER_FRAGMENT;
    }
    return transport(b, at + header, protocol, layout);
  }

  private static long ipv6(byte[] b, int at, long base) {
    int present = b.length - at;
    if (present < IPV6_BYTES) {
      return fault(base, Malformation.IPV6_TRUNCATED);
    }
    if (u8(b, at) >>> 4 != 6) {
      return fault(base, Malformation.IPV6_VERSION);
    }
    int payload = u16(b, at + 4);
    long layout = base | 6L << VERSION_SHIFT;
    if (payload > present - IPV6_BYTES) {
      layout = fault(layout, Malformation.IPV6_PAYLOAD_LENGTH_EXCEEDS_FRAME);
    } else {
      layout = withEnd(layout, at + IPV6_BYTES + payload);
    }
    int next = u8(b, at + 6);
    return ExtensionWalk.isExtension(next)
        ? extensions(b, new ExtensionWalk(b, at, end(layout)), layout)
        : transport(b, at + IPV6_BYTES, next, withProtocol(layout, next));
  }

  private static long extensions(byte[] b, ExtensionWalk walk, long base) {
    long layout = base;
    while (walk.isAtExtension()) {
      if (walk.hasPassedTooMany()) {
        return fault(
            withProtocol(layout, walk.protocol()), Malformation.TOO_MANY_EXTENSION_HEADERS);
      }
      if (!walk.isWhole()) {
        return fault(
            withProtocol(layout, walk.protocol()), Malformation.EXTENSION_HEADER_EXCEEDS_PACKET);
      }
      boolean later = walk.isLaterFragment();
      layout |= walk.isFragment() ? FRAGMENT : 0;
      walk.step();
      if (later) {
        return withProtocol(layout | LATER_FRAGMENT, walk.protocol());
      }
    }
    return transport(b, walk.at(), walk.protocol(), withProtocol(layout, walk.protocol()));
  }

  private static long transport(byte[] b, int at, int protocol, long layout) {
    int present = end(layout) - at;
    return switch (protocol) {
      case IpProtocol.UDP -> udp(b, at, present, layout);
      case IpProtocol.TCP -> tcp(b, at, present, layout);
      case IpProtocol.ICMP, IpProtocol.ICMPV6 ->
          present < ICMP_BYTES
              ? fault(layout, Malformation.ICMP_TRUNCATED)
              : withTransport(layout, at);
      default -> layout;
    };
  }

  private static long udp(byte[] b, int at, int present, long layout) {
    if (present < UDP_BYTES) {
      return fault(layout, Malformation.UDP_TRUNCATED);
    }
    long found = withTransport(layout, at);
    int length = u16(b, at + 4);
    if (length < UDP_BYTES) {
      return fault(found, Malformation.UDP_LENGTH_TOO_SHORT);
    }
    return length > present && !isFragment(layout)
        ? fault(found, Malformation.UDP_LENGTH_EXCEEDS_PACKET)
        : found;
  }

  private static long tcp(byte[] b, int at, int present, long layout) {
    if (present < TCP_BYTES) {
      return fault(layout, Malformation.TCP_TRUNCATED);
    }
    long found = withTransport(layout, at);
    int header = (u8(b, at + 12) >>> 4) * 4;
    if (header < TCP_BYTES) {
      return fault(found, Malformation.TCP_HEADER_LENGTH_TOO_SHORT);
    }
    return header > present ? fault(found, Malformation.TCP_HEADER_LENGTH_EXCEEDS_PACKET) : found;
  }

  private static long withEnd(long layout, int end) {
    return (layout & ~(0xff_ffffL << END_SHIFT)) | ((long) end << END_SHIFT);
  }

  private static long withProtocol(long layout, int protocol) {
    return layout | (long) protocol << PROTOCOL_SHIFT;
  }

  private static long withTransport(long layout, int at) {
    return layout | (long) at << TRANSPORT_SHIFT;
  }

  /** Records a fault, unless an earlier one is recorded. */
  private static long fault(long layout, Malformation malformation) {
    return fault(layout) != 0 ? layout : layout | (long) malformation.code() << FAULT_SHIFT;
  }
}
