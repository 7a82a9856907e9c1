// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

/** What the frames of a capture start with (the registry "LINKTYPE_" of tcpdump.org). */
final class LinkType {
  static final int ETHERNET = 1;

  private LinkType() {}

  /** The number and, if it is a usual one, the name. */
  static String describe(int linkType) {
    String name = name(linkType);
    return name.isEmpty() ? linkType + "" : linkType + " (" + name + ")";
  }

  private static String name(int linkType) {
    return switch (linkType) {
      case 0 -> "BSD loopback";
      case ETHERNET -> "Ethernet";
      case 6 -> "Token Ring";
      case 9, 50 -> "PPP";
      case 12, 14, 101 -> "raw IP";
      case 104 -> "Cisco HDLC";
      case 105 -> "IEEE 802.11";
      case 108 -> "OpenBSD loopback";
      case 113 -> "Linux cooked capture";
      case 127 -> "IEEE 802.11 with radiotap";
      case 189, 220 -> "USB on Linux";
      case 195, 230 -> "IEEE 802.15.4";
      case 201, 251 -> "Bluetooth";
      case 228 -> "raw IPv4";
      case 229 -> "raw IPv6";
      case 247 -> "InfiniBand";
      case 249 -> "USBPcap";
      case 253 -> "Netlink";
      case 276 -> "Linux cooked capture 2";
      default -> "";
    };
  }
}
