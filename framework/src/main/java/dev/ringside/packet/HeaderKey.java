// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * The header fields that are compared most, of one packet, as seven numbers: so that tables can
 * look packets up instead of comparing them.
 *
 * <pre>
 *       63           48 47           32 31      24 23       16 15   10 9        0
 *   0  |        destination MAC        ................... 16|prio|tag| VLAN     |
 *   1  |        source MAC             ................... 16|     ethertype     |
 *   2  |  source port  |  dest. port   | protocol | TCP flags | dscp  | what is there |
 *      |  ICMP type    |  ICMP code    |
 *      |  ARP operation|
 *   3  |  source IPv4 / ARP sender IP   |  destination IPv4 / ARP target IP       |
 *      |  source IPv6, first half                                                 |
 *   4  |  source IPv6, second half      /  ARP sender MAC                         |
 *   5  |  destination IPv6, first half  /  ARP target MAC                         |
 *   6  |  destination IPv6, second half                                           |
 * </pre>
 *
 * <p>A field that a packet does not have is 0, and its bit under "what is there" too.
 *
 * <pre>{@code
 * long[] key = new long[HeaderKey.WORDS];
 * HeaderKey.read(packet, key, HeaderKey.ALL);
 * }</pre>
 */
public final class HeaderKey {

  /** How many numbers a key has. */
  public static final int WORDS = 7;

  /** All of them, as bits: bit i stands for number i. */
  public static final int ALL = (1 << WORDS) - 1;

  static final int DESTINATION_MAC = 0;
  static final int VLAN = 0;
  static final int SOURCE_MAC = 1;
  static final int ETHER_TYPE = 1;

  /** The number that tells most packets apart: what is there, protocol, ports, flags. */
  public static final int SUMMARY = 2;

  static final int IPV4 = 3;
  static final int SOURCE_IPV6 = 3;
  static final int DESTINATION_IPV6 = 5;
  static final int SENDER_MAC = 4;
  static final int TARGET_MAC = 5;

  static final int MAC_SHIFT = 16;
  static final int PRIORITY_SHIFT = 13;
  static final long TAGGED = 1L << 12;
  static final int FIRST_SHIFT = 48;
  static final int SECOND_SHIFT = 32;
  static final int PROTOCOL_SHIFT = 24;
  static final int FLAGS_SHIFT = 16;
  static final int DSCP_SHIFT = 10;

  static final long FRAME = 1;
  static final long TYPE = 1 << 1;
  static final long IP = 1 << 2;
  static final long V6 = 1 << 3;
  static final long PORTS = 1 << 4;
  static final long TCP = 1 << 5;
  static final long ICMP = 1 << 6;
  static final long ARP = 1 << 7;

  private static final int ADDRESS_WORDS = ALL & -1 << IPV4;
  private static final int INSIDE_WORDS = ALL & -1 << SUMMARY;

  private HeaderKey() {}

  /** Reads those numbers of a packet's key that are asked for by a bit each. */
  public static void read(Packet packet, long[] key, int words) {
    if ((words & 1 << DESTINATION_MAC) != 0) {
      key[DESTINATION_MAC] = packet.destinationMacBits() << MAC_SHIFT | tag(packet);
    }
    if ((words & 1 << SOURCE_MAC) != 0) {
      int type = packet.etherType();
      key[SOURCE_MAC] = packet.sourceMacBits() << MAC_SHIFT | (type == Packet.NONE ? 0 : type);
    }
    if ((words & INSIDE_WORDS) != 0) {
      readInside(packet, key, words);
    }
  }

  /** What is behind the Ethernet header. */
  private static void readInside(Packet packet, long[] key, int words) {
    if ((words & 1 << SUMMARY) != 0) {
      key[SUMMARY] = summary(packet);
    }
    if ((words & ADDRESS_WORDS) != 0) {
      readAddresses(packet, key);
    }
  }

  /** Number 2 of a packet's key. */
  public static long summary(Packet packet) {
    byte[] b = packet.trustedBytes();
    int version = packet.ipVersion();
    int network = packet.networkOffset();
    long there = packet.isRunt() ? 0 : network <= b.length ? FRAME | TYPE : FRAME;
    if (version == 0) {
      return isArp(packet) ? there | ARP | (long) Bytes.u16(b, network + 6) << FIRST_SHIFT : there;
    }
    int protocol = packet.protocol();
    there |=
        version == 4
            ? IP | (Bytes.u8(b, network + 1) >>> 2) << DSCP_SHIFT
            : IP | V6 | (Bytes.u16(b, network) >>> 6 & 0x3f) << DSCP_SHIFT;
    there |= (long) protocol << PROTOCOL_SHIFT;
    int at = packet.transportOffset();
    return at == Packet.NONE ? there : there | transport(b, at, protocol);
  }

  private static long transport(byte[] b, int at, int protocol) {
    return switch (protocol) {
      case IpProtocol.TCP ->
          (Bytes.s32(b, at) & 0xffff_ffffL) << SECOND_SHIFT
              | (long) Bytes.u8(b, at + 13) << FLAGS_SHIFT
              | PORTS
              | TCP;
      case IpProtocol.UDP -> (Bytes.s32(b, at) & 0xffff_ffffL) << SECOND_SHIFT | PORTS;
      default ->
          (long) Bytes.u8(b, at) << FIRST_SHIFT | (long) Bytes.u8(b, at + 1) << SECOND_SHIFT | ICMP;
    };
  }

  private static long tag(Packet packet) {
    return packet.vlanTagCount() == 0
        ? 0
        : (long) packet.vlanPriority() << PRIORITY_SHIFT | TAGGED | packet.vlanId();
  }

  private static boolean isArp(Packet packet) {
    return packet.ipVersion() == 0 && packet.arpOperation() != Packet.NONE;
  }

  private static void readAddresses(Packet packet, long[] key) {
    byte[] b = packet.trustedBytes();
    int version = packet.ipVersion();
    int network = packet.networkOffset();
    if (version == 4) {
      key[IPV4] = Bytes.s64(b, network + 12);
      key[4] = 0;
      key[5] = 0;
      key[6] = 0;
    } else if (version == 6) {
      key[SOURCE_IPV6] = Bytes.s64(b, network + 8);
      key[SOURCE_IPV6 + 1] = Bytes.s64(b, network + 16);
      key[DESTINATION_IPV6] = Bytes.s64(b, network + 24);
      key[DESTINATION_IPV6 + 1] = Bytes.s64(b, network + 32);
    } else {
      boolean arp = isArp(packet);
      key[IPV4] = arp ? ipv4Pair(b, network) : 0;
      key[SENDER_MAC] = arp ? Bytes.u48(b, network + 8) : 0;
      key[TARGET_MAC] = arp ? Bytes.u48(b, network + 18) : 0;
      key[6] = 0;
    }
  }

  private static long ipv4Pair(byte[] b, int arp) {
    return (long) Bytes.s32(b, arp + 14) << 32 | (Bytes.s32(b, arp + 24) & 0xffff_ffffL);
  }
}
