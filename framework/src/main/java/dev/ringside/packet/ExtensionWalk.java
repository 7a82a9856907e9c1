// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Bytes.u16;
import static dev.ringside.packet.Bytes.u8;

/** Walks the IPv6 extension headers of a packet, from the first on (RFC 8200, section 4). */
final class ExtensionWalk {

  /** More are a fault: no sender needs them, and a walk must end. */
  static final int MAX_HEADERS = 16;

  static final int SHORTEST = 8;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int protocol;
  private int passed;

  /**
   * Starts behind the IPv6 header.
   *
   * @param network where the IPv6 header is
   * @param end where the packet ends
   */
  ExtensionWalk(byte[] bytes, int network, int end) {
    this.bytes = bytes;
    this.end = end;
    this.at = network + Layout.IPV6_BYTES;
    this.protocol = u8(bytes, network + 6);
  }

  static boolean isExtension(int protocol) {
    return protocol == IpProtocol.HOP_BY_HOP
        || protocol == IpProtocol.ROUTING
        || protocol == IpProtocol.FRAGMENT
        || protocol == IpProtocol.DESTINATION_OPTIONS
        || protocol == IpProtocol.AUTHENTICATION;
  }

  /** Where the header at hand starts. */
  int at() {
    return at;
  }

  /** Its number. */
  int protocol() {
    return protocol;
  }

  boolean isAtExtension() {
    return isExtension(protocol);
  }

  boolean hasPassedTooMany() {
    return passed == MAX_HEADERS;
  }

  /** Whether the extension header at hand is all there. */
  boolean isWhole() {
    return at + SHORTEST <= end && at + length() <= end;
  }

  int length() {
    return IpProtocol.extensionHeaderBytes(protocol, u8(bytes, at + 1));
  }

  /** Whether the header at hand, which is whole, makes the packet a fragment. */
  boolean isFragment() {
    return protocol == IpProtocol.FRAGMENT && (u16(bytes, at + 2) & 0xfff9) != 0;
  }

  /** Whether the header at hand makes the packet a fragment that is not the first. */
  boolean isLaterFragment() {
    return protocol == IpProtocol.FRAGMENT && (u16(bytes, at + 2) & 0xfff8) != 0;
  }

  /** Goes past the header at hand, which is whole. */
  void step() {
    int next = u8(bytes, at);
    at += length();
    protocol = next;
    passed++;
  }

  /** Goes past all extension headers that can be read, and not into a later fragment's bytes. */
  ExtensionWalk toEnd() {
    boolean later = false;
    while (!later && isAtExtension() && !hasPassedTooMany() && isWhole()) {
      later = isLaterFragment();
      step();
    }
    return this;
  }

  /** Goes to the extension header of this number; false if there is none that is whole. */
  boolean find(int wanted) {
    while (isAtExtension() && !hasPassedTooMany() && isWhole()) {
      if (protocol == wanted) {
        return true;
      }
      if (isLaterFragment()) {
        return false;
      }
      step();
    }
    return false;
  }
}
