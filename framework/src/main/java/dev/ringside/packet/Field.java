// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Field.Style.DECIMAL;
import static dev.ringside.packet.Field.Style.HEXADECIMAL;
import static dev.ringside.packet.Field.Style.OBJECT;
import static dev.ringside.packet.Field.Style.SENDING_ONLY;
import static dev.ringside.packet.Field.Style.SWITCH;

/** What a {@link PacketSpec} can say about a packet. */
enum Field {
  ETHER_TYPE("ethertype", "ethertype", HEXADECIMAL, 0xffff),
  SOURCE_MAC("source MAC", "from MAC", OBJECT, 0),
  DESTINATION_MAC("destination MAC", "to MAC", OBJECT, 0),
  VLAN_TAGS("VLAN tags", "", OBJECT, 0),

  /** Whose MAC a packet is sent from. Not compared: a router on the way puts its own there. */
  SOURCE_STATION("source station", "", SENDING_ONLY, 0),
  /** Whose MAC a packet is sent to, unless another is found on the way to its IP address. */
  DESTINATION_STATION("destination station", "", SENDING_ONLY, 0),
  /** The MAC that a station found out for the destination. */
  NEXT_HOP("next hop", "", SENDING_ONLY, 0),
  UNPADDED("padding", "", SENDING_ONLY, 1),

  ARP_OPERATION("ARP operation", "operation", DECIMAL, 0xffff),
  SENDER_MAC("sender MAC", "sender MAC", OBJECT, 0),
  SENDER_IP("sender IP", "sender IP", OBJECT, 0),
  TARGET_MAC("target MAC", "target MAC", OBJECT, 0),
  TARGET_IP("target IP", "target IP", OBJECT, 0),

  PROTOCOL("protocol", "protocol", DECIMAL, 255),
  IP_VERSION("IP version", "over", DECIMAL, 6),
  SOURCE_IP("source IP", "from", OBJECT, 0),
  DESTINATION_IP("destination IP", "to", OBJECT, 0),
  TIME_TO_LIVE("time to live", "ttl", DECIMAL, 255),
  DSCP("DSCP", "dscp", DECIMAL, 63),
  ECN("ECN", "ecn", DECIMAL, 3),
  FLOW_LABEL("flow label", "flow label", HEXADECIMAL, 0xf_ffff),
  IDENTIFICATION("identification", "identification", DECIMAL, 0xffff_ffffL),
  FRAGMENT_OFFSET("fragment offset", "fragment at", DECIMAL, 65_528),
  MORE_FRAGMENTS("more fragments", "more fragments", SWITCH, 1),
  DONT_FRAGMENT("don't fragment", "don't fragment", SWITCH, 1),
  IP_OPTIONS("IP options", "ip options", OBJECT, 0),
  EXTENSIONS("extension headers", "extension", OBJECT, 0),
  TOTAL_LENGTH("total length", "total length", DECIMAL, 0xffff + Layout.IPV6_BYTES),
  IP_HEADER_LENGTH("IP header length", "ip header length", DECIMAL, 60),
  IP_CHECKSUM("IP checksum", "ip checksum", HEXADECIMAL, 0xffff),

  SOURCE_PORT("source port", "from port", DECIMAL, 0xffff),
  DESTINATION_PORT("destination port", "port", DECIMAL, 0xffff),
  CHECKSUM("checksum", "checksum", HEXADECIMAL, 0xffff),
  UDP_LENGTH("UDP length", "udp length", DECIMAL, 0xffff),
  TCP_FLAGS("TCP flags", "", OBJECT, 0),
  SEQUENCE("sequence number", "sequence", DECIMAL, 0xffff_ffffL),
  ACKNOWLEDGEMENT("acknowledgement number", "acknowledgement", DECIMAL, 0xffff_ffffL),
  WINDOW("window", "window", DECIMAL, 0xffff),
  TCP_HEADER_LENGTH("TCP header length", "header length", DECIMAL, 60),
  TCP_OPTIONS("TCP options", "options", OBJECT, 0),

  ICMP_TYPE("ICMP type", "", DECIMAL, 255),
  ICMP_CODE("ICMP code", "code", DECIMAL, 255),
  ICMP_IDENTIFIER("ICMP identifier", "identifier", DECIMAL, 0xffff),
  ICMP_SEQUENCE("ICMP sequence number", "sequence", DECIMAL, 0xffff),
  ICMP_REST("ICMP rest of header", "rest of header", HEXADECIMAL, 0xffff_ffffL),
  QUOTE("original packet", "about", OBJECT, 0),
  NEIGHBOUR_TARGET("neighbour target", "target", OBJECT, 0),

  PAYLOAD("payload", "payload", OBJECT, 0),
  PAYLOAD_SIZE("payload size", "payload size", DECIMAL, Packet.MAX_BYTES);

  /** What kind of value a field has, and how it is written. */
  enum Style {
    DECIMAL,
    HEXADECIMAL,
    SWITCH,
    OBJECT,
    SENDING_ONLY
  }

  /** The name in messages. */
  final String label;

  /** The word before the value in a sentence. */
  final String word;

  final Style style;
  final long maximum;

  Field(String label, String word, Style style, long maximum) {
    this.label = label;
    this.word = word;
    this.style = style;
    this.maximum = maximum;
  }

  boolean isNumber() {
    return style == DECIMAL || style == HEXADECIMAL || style == SWITCH;
  }

  /** Whether it stands in the UDP, TCP or ICMP header, which only a first fragment has. */
  boolean isInTransportHeader() {
    return compareTo(SOURCE_PORT) >= 0 && compareTo(PAYLOAD) < 0;
  }

  /** Whether a packet can be compared with it. */
  boolean isCompared() {
    return style != SENDING_ONLY;
  }
}
