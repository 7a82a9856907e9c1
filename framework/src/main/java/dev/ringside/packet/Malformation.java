// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Bytes.u16;
import static dev.ringside.packet.Bytes.u8;

/**
 * What can be wrong with the headers of a packet, in the order in which parsing meets it.
 *
 * <pre>{@code
 * Packet cut = Packet.of(new byte[9]);
 * cut.malformation();            // ETHERNET_TRUNCATED
 * cut.malformationDescription(); // ethernet header needs 14 bytes, 9 are present
 * }</pre>
 */
public enum Malformation {
  /** The frame is shorter than an Ethernet header. */
  ETHERNET_TRUNCATED,
  /** A VLAN tag has started and the frame ends. */
  VLAN_TAG_TRUNCATED,
  /** There are more stacked VLAN tags than the framework reads. */
  TOO_MANY_VLAN_TAGS,
  /** The IEEE 802.3 length is more than the bytes that follow. */
  LENGTH_EXCEEDS_FRAME,
  /** The frame ends within the ARP message. */
  ARP_TRUNCATED,
  /** The ARP message is not about Ethernet and IPv4. */
  ARP_NOT_ETHERNET_IPV4,
  /** The frame ends within the IPv4 header. */
  IPV4_TRUNCATED,
  /** The EtherType says IPv4, the header another version. */
  IPV4_VERSION,
  /** The IPv4 header length is under 20 bytes. */
  IPV4_HEADER_LENGTH_TOO_SHORT,
  /** The IPv4 header length is more than the bytes present. */
  IPV4_HEADER_LENGTH_EXCEEDS_FRAME,
  /** The IPv4 total length is less than the header. */
  IPV4_TOTAL_LENGTH_TOO_SHORT,
  /** The IPv4 total length is more than the bytes present. */
  IPV4_TOTAL_LENGTH_EXCEEDS_FRAME,
  /** The frame ends within the IPv6 header. */
  IPV6_TRUNCATED,
  /** The EtherType says IPv6, the header another version. */
  IPV6_VERSION,
  /** The IPv6 payload length is more than the bytes present. */
  IPV6_PAYLOAD_LENGTH_EXCEEDS_FRAME,
  /** There are more IPv6 extension headers than the framework reads. */
  TOO_MANY_EXTENSION_HEADERS,
  /** An IPv6 extension header goes past the end of the packet. */
  EXTENSION_HEADER_EXCEEDS_PACKET,
  /** The packet ends within the UDP header. */
  UDP_TRUNCATED,
  /** The UDP length is under 8 bytes. */
  UDP_LENGTH_TOO_SHORT,
  /** The UDP length is more than the IP payload. */
  UDP_LENGTH_EXCEEDS_PACKET,
  /** The packet ends within the TCP header. */
  TCP_TRUNCATED,
  /** The TCP header length is under 20 bytes. */
  TCP_HEADER_LENGTH_TOO_SHORT,
  /** The TCP header length is more than the IP payload. */
  TCP_HEADER_LENGTH_EXCEEDS_PACKET,
  /** The packet ends within the ICMP header. */
  ICMP_TRUNCATED;

  private static final Malformation[] ALL = values();

  /** 0 stands for none. */
  int code() {
    return ordinal() + 1;
  }

  static Malformation ofCode(int code) {
    return ALL[code - 1];
  }

  /** Says what is wrong with this packet, with the numbers. */
  String describe(byte[] b, long layout) {
    int at = Layout.network(layout);
    int present = b.length - at;
    return switch (this) {
      case ETHERNET_TRUNCATED -> needs("ethernet header", Layout.ETHERNET_BYTES, b.length);
      case VLAN_TAG_TRUNCATED -> needs("vlan tag and ethertype", 6, present + 2);
      case TOO_MANY_VLAN_TAGS -> "more than " + Layout.MAX_TAGS + " vlan tags";
      case LENGTH_EXCEEDS_FRAME -> exceeds("802.3 length", u16(b, at - 2), present);
      case ARP_TRUNCATED -> needs("arp message", Layout.ARP_BYTES, present);
      case ARP_NOT_ETHERNET_IPV4 ->
          "arp hardware type "
              + u16(b, at)
              + ", protocol type 0x"
              + Integer.toHexString(u16(b, at + 2))
              + ", address lengths "
              + u8(b, at + 4)
              + " and "
              + u8(b, at + 5)
              + " are not those of ethernet and ipv4 (1, 0x800, 6 and 4)";
      case IPV4_TRUNCATED -> needs("ipv4 header", Layout.IPV4_BYTES, present);
      case IPV4_VERSION -> "ethertype ipv4 but header version " + (u8(b, at) >>> 4);
      case IPV4_HEADER_LENGTH_TOO_SHORT ->
          below("ipv4 header length", ipv4Header(b, at), Layout.IPV4_BYTES);
      case IPV4_HEADER_LENGTH_EXCEEDS_FRAME ->
          exceeds("ipv4 header length", ipv4Header(b, at), present);
      case IPV4_TOTAL_LENGTH_TOO_SHORT ->
          below("ipv4 total length", u16(b, at + 2), ipv4Header(b, at));
      case IPV4_TOTAL_LENGTH_EXCEEDS_FRAME -> exceeds("ipv4 total length", u16(b, at + 2), present);
      case IPV6_TRUNCATED -> needs("ipv6 header", Layout.IPV6_BYTES, present);
      case IPV6_VERSION -> "ethertype ipv6 but header version " + (u8(b, at) >>> 4);
      case IPV6_PAYLOAD_LENGTH_EXCEEDS_FRAME ->
          exceeds("ipv6 payload length", u16(b, at + 4), present - Layout.IPV6_BYTES);
      case TOO_MANY_EXTENSION_HEADERS ->
          "more than " + ExtensionWalk.MAX_HEADERS + " ipv6 extension headers";
      case EXTENSION_HEADER_EXCEEDS_PACKET ->
          "ipv6 extension header at byte "
              + transportAt(b, layout)
              + " goes past the end of the packet at byte "
              + Layout.end(layout);
      default -> describeTransport(b, layout);
    };
  }

  private String describeTransport(byte[] b, long layout) {
    int at = transportAt(b, layout);
    int present = Layout.end(layout) - at;
    return switch (this) {
      case UDP_TRUNCATED -> needs("udp header", Layout.UDP_BYTES, present);
      case UDP_LENGTH_TOO_SHORT -> below("udp length", u16(b, at + 4), Layout.UDP_BYTES);
      case UDP_LENGTH_EXCEEDS_PACKET -> exceeds("udp length", u16(b, at + 4), present);
      case TCP_TRUNCATED -> needs("tcp header", Layout.TCP_BYTES, present);
      case TCP_HEADER_LENGTH_TOO_SHORT ->
          below("tcp header length", tcpHeader(b, at), Layout.TCP_BYTES);
      case TCP_HEADER_LENGTH_EXCEEDS_PACKET ->
          exceeds("tcp header length", tcpHeader(b, at), present);
      default -> needs("icmp header", Layout.ICMP_BYTES, present);
    };
  }

  /** Where the transport header, or the extension header that cannot be read, starts. */
  private static int transportAt(byte[] b, long layout) {
    int network = Layout.network(layout);
    return Layout.ipVersion(layout) == 4
        ? network + ipv4Header(b, network)
        : new ExtensionWalk(b, network, Layout.end(layout)).toEnd().at();
  }

  private static int ipv4Header(byte[] b, int at) {
    return (u8(b, at) & 0xf) * 4;
  }

  private static int tcpHeader(byte[] b, int at) {
    return (u8(b, at + 12) >>> 4) * 4;
  }

  private static String needs(String what, int bytes, int present) {
    return what + " needs " + bytes + " bytes, " + present + " are present";
  }

  private static String below(String what, int value, int minimum) {
    return what + " " + value + " is below the " + minimum + " bytes it must cover";
  }

  private static String exceeds(String what, int value, int present) {
    return what + " " + value + " exceeds the " + present + " bytes present";
  }
}
