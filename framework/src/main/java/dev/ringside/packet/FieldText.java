// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Fields as text, for messages and for the sentence that a {@link PacketSpec} is. */
final class FieldText {

  /** So many bytes are shown; a payload may have thousands. */
  private static final int SHOWN_BYTES = 32;

  /** Sets the types of ICMPv6 apart from those of ICMP. */
  private static final int ICMPV6 = 256;

  private static final String[] FLAG_NAMES = {
    "syn", "ack", "fin", "rst", "psh", "urg", "ece", "cwr"
  };
  private static final int[] FLAG_BITS = {0x02, 0x10, 0x01, 0x04, 0x08, 0x20, 0x40, 0x80};

  private FieldText() {}

  /**
   * A value that was said or read.
   *
   * @param ipVersion which address of an endpoint is meant, 4 unless it is 6
   */
  static String value(Field field, Object value, int ipVersion) {
    return value instanceof Long number
        ? number(field, number, ipVersion)
        : object(value, ipVersion);
  }

  static String number(Field field, long number, int ipVersion) {
    return switch (field) {
      case PROTOCOL -> protocol((int) number, "");
      case ICMP_TYPE -> icmpType((int) number, ipVersion);
      case IP_VERSION -> "IPv" + number;
      default ->
          switch (field.style) {
            case HEXADECIMAL -> "0x" + Long.toHexString(number);
            case SWITCH -> number == 1 ? "yes" : "no";
            default -> Long.toString(number);
          };
    };
  }

  static String object(Object value, int ipVersion) {
    if (value instanceof Endpoint endpoint) {
      return ipVersion == 6 ? endpoint.ipv6().toString() : endpoint.ipv4().toString();
    }
    if (value instanceof byte[] bytes) {
      return bytes(bytes);
    }
    if (value instanceof Integer flags) {
      return flags(flags, " ");
    }
    if (value instanceof FlagPattern pattern) {
      return flags(pattern.bits(), " ");
    }
    return value instanceof List<?> list ? list(list) : value.toString();
  }

  /** The name of a protocol, or its number behind a word. */
  static String protocol(int protocol, String word) {
    return switch (protocol) {
      case IpProtocol.UDP -> "udp";
      case IpProtocol.TCP -> "tcp";
      case IpProtocol.ICMP -> "icmp";
      case IpProtocol.ICMPV6 -> "icmpv6";
      default -> word + protocol;
    };
  }

  static String icmpType(int type, int ipVersion) {
    return switch (ipVersion == 6 ? type + ICMPV6 : type) {
      case IcmpSpec.ECHO_REPLY, ICMPV6 + Icmpv6Spec.ECHO_REPLY -> "echo reply";
      case IcmpSpec.ECHO_REQUEST, ICMPV6 + Icmpv6Spec.ECHO_REQUEST -> "echo request";
      case IcmpSpec.UNREACHABLE, ICMPV6 + Icmpv6Spec.UNREACHABLE -> "unreachable";
      case IcmpSpec.TIME_EXCEEDED, ICMPV6 + Icmpv6Spec.TIME_EXCEEDED -> "time exceeded";
      case ICMPV6 + Icmpv6Spec.NEIGHBOUR_SOLICITATION -> "neighbour solicitation";
      case ICMPV6 + Icmpv6Spec.NEIGHBOUR_ADVERTISEMENT -> "neighbour advertisement";
      default -> "type " + type;
    };
  }

  /** The names of the TCP flags that are set. */
  static String flags(int bits, String separator) {
    StringBuilder text = new StringBuilder(24);
    for (int i = 0; i < FLAG_NAMES.length; i++) {
      if ((bits & FLAG_BITS[i]) != 0) {
        text.append(text.length() == 0 ? "" : separator).append(FLAG_NAMES[i]);
      }
    }
    return text.length() == 0 ? "no flags" : text.toString();
  }

  private static String list(List<?> list) {
    StringBuilder text = new StringBuilder(32);
    for (Object item : list) {
      text.append(text.length() == 0 ? "" : " ");
      if (item instanceof ExtensionHeader header) {
        text.append(header.protocol()).append(' ').append(bytes(header.bytes()));
      } else {
        TagPattern tag =
            item instanceof VlanTag real ? TagPattern.exactly(real) : (TagPattern) item;
        tag.appendTo(text);
      }
    }
    return text.length() == 0 ? "untagged" : text.toString();
  }

  private static String bytes(byte[] bytes) {
    int shown = Math.min(bytes.length, SHOWN_BYTES);
    boolean whole = shown == bytes.length;
    String rest = whole ? "" : " (" + bytes.length + " bytes)";
    if (isPrintable(bytes)) {
      String text = new String(bytes, 0, shown, StandardCharsets.US_ASCII);
      return "\"" + text + (whole ? "\"" : "...\"") + rest;
    }
    StringBuilder text = new StringBuilder(2 + 2 * shown).append("0x");
    for (int i = 0; i < shown; i++) {
      text.append(Character.forDigit(bytes[i] >> 4 & 0xf, 16));
      text.append(Character.forDigit(bytes[i] & 0xf, 16));
    }
    return text.append(whole ? "" : "...").append(rest).toString();
  }

  private static boolean isPrintable(byte[] bytes) {
    for (byte b : bytes) {
      if (b < ' ' || b > '~') {
        return false;
      }
    }
    return true;
  }
}
