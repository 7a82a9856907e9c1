// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The packet that an ICMP error message is about, of which it quotes the first bytes. */
final class Quote {

  /** So many bytes behind the IP header every error message quotes (RFC 792). */
  private static final int SURE_BYTES = 8;

  private final Packet quoted;

  private Quote(Packet quoted) {
    this.quoted = quoted;
  }

  static Quote of(Packet original) {
    if (original.ipVersion() == 0) {
      throw new IllegalArgumentException(
          "an ICMP error message quotes an IP packet, which this is not: " + original);
    }
    return new Quote(original);
  }

  /** What this ICMP message quotes, null if that is nothing readable. */
  static @Nullable Quote in(Packet message) {
    if (!isError(message)) {
      return null;
    }
    byte[] frame = new byte[Layout.ETHERNET_BYTES + message.payloadLength()];
    Bytes.put16(frame, 12, message.ipVersion() == 4 ? EtherType.IPV4 : EtherType.IPV6);
    System.arraycopy(
        message.trustedBytes(),
        message.payloadOffset(),
        frame,
        Layout.ETHERNET_BYTES,
        message.payloadLength());
    Packet quoted = Packet.ofTrusted(frame);
    return quoted.ipVersion() == 0 ? null : new Quote(quoted);
  }

  /** Unreachable, time exceeded and the like (RFC 792; RFC 4443, 2.1). */
  private static boolean isError(Packet message) {
    int type = message.icmpType();
    return message.is(IpProtocol.ICMP)
        ? (type >= 3 && type <= 5) || type == 11 || type == 12
        : message.is(IpProtocol.ICMPV6) && type < 128;
  }

  /** The first bytes, from the IP header on. */
  byte[] bytes(int atMost) {
    int from = quoted.networkOffset();
    byte[] bytes = new byte[Math.min(quoted.endOffset() - from, atMost)];
    System.arraycopy(quoted.trustedBytes(), from, bytes, 0, bytes.length);
    return bytes;
  }

  /** Whether the other one is of the same packet, perhaps seen some hops away. */
  boolean isSame(Quote other) {
    if (!Objects.equals(quoted.sourceIp(), other.quoted.sourceIp())
        || !Objects.equals(quoted.destinationIp(), other.quoted.destinationIp())
        || quoted.protocol() != other.quoted.protocol()) {
      return false;
    }
    int at = behindIp(quoted);
    int otherAt = behindIp(other.quoted);
    int present = Math.min(quoted.endOffset() - at, other.quoted.endOffset() - otherAt);
    for (int i = 0; i < Math.min(present, SURE_BYTES); i++) {
      if (quoted.unsignedByteAt(at + i) != other.quoted.unsignedByteAt(otherAt + i)) {
        return false;
      }
    }
    return true;
  }

  private static int behindIp(Packet packet) {
    int transport = packet.transportOffset();
    return transport == Packet.NONE ? packet.payloadOffset() : transport;
  }

  @Override
  public String toString() {
    return String.valueOf(quoted.flowKey());
  }
}
