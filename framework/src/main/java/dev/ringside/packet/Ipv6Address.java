// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.Arrays;

/**
 * An IPv6 address (RFC 4291), written in the canonical form of RFC 5952.
 *
 * <pre>{@code
 * Ipv6Address.of("2001:DB8:0:0::a").toString(); // 2001:db8::a
 * }</pre>
 *
 * @param high the first eight bytes on the wire
 * @param low the last eight bytes on the wire
 */
public record Ipv6Address(long high, long low) implements IpAddress {

  /** The fractional part of the golden ratio, odd. */
  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private static final int GROUPS = 8;

  /**
   * Reads hexadecimal groups, of which one run may be shortened to {@code ::}.
   *
   * @throws IllegalArgumentException if the text is not such an address; zone identifiers and
   *     embedded dotted decimal are not read
   */
  public static Ipv6Address of(String text) {
    int gap = text.indexOf("::");
    int[] head = groups(text, gap < 0 ? text : text.substring(0, gap));
    int[] tail = gap < 0 ? new int[0] : groups(text, text.substring(gap + 2));
    int given = head.length + tail.length;
    if (gap < 0 ? given != GROUPS : given >= GROUPS) {
      throw notAnAddress(text);
    }
    int[] all = new int[GROUPS];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
    return new Ipv6Address(join(all, 0), join(all, GROUPS / 2));
  }

  private static long join(int[] groups, int from) {
    long bits = 0;
    for (int i = from; i < from + GROUPS / 2; i++) {
      bits = bits << 16 | groups[i];
    }
    return bits;
  }

  private static int[] groups(String whole, String part) {
    if (part.isEmpty()) {
      return new int[0];
    }
    int[] found = new int[GROUPS + 1];
    int count = 0;
    int start = 0;
    while (start <= part.length()) {
      int colon = part.indexOf(':', start);
      int end = colon < 0 ? part.length() : colon;
      if (end == start || end - start > 4 || count == GROUPS) {
        throw notAnAddress(whole);
      }
      found[count++] = group(whole, part, start, end);
      start = end + 1;
    }
    return Arrays.copyOf(found, count);
  }

  private static int group(String whole, String part, int start, int end) {
    int value = 0;
    for (int i = start; i < end; i++) {
      int digit = Character.digit(part.charAt(i), 16);
      if (digit < 0) {
        throw notAnAddress(whole);
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not an IPv6 address; write hexadecimal groups as 2001:db8::a");
  }

  /** The link-local address that a station with this MAC forms (RFC 4291, appendix A). */
  public static Ipv6Address linkLocal(MacAddress mac) {
    long upper = (mac.bits() >>> 24) ^ 0x02_0000L;
    return new Ipv6Address(
        0xfe80L << 48, (upper << 40) | 0xff_fe00_0000L | (mac.bits() & 0xff_ffffL));
  }

  /** The group that neighbour solicitations for this address go to (RFC 4291, section 2.7.1). */
  public Ipv6Address solicitedNode() {
    return new Ipv6Address(0xff02L << 48, 0x1_ff00_0000L | (low & 0xff_ffffL));
  }

  /** The Ethernet group address that carries packets to this IPv6 group (RFC 2464, section 7). */
  public MacAddress multicastMac() {
    return new MacAddress(0x3333_0000_0000L | (low & 0xffff_ffffL));
  }

  @Override
  public int version() {
    return 6;
  }

  @Override
  public byte[] toByteArray() {
    byte[] bytes = new byte[16];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (high >>> (56 - 8 * i));
      bytes[8 + i] = (byte) (low >>> (56 - 8 * i));
    }
    return bytes;
  }

  @Override
  public boolean isMulticast() {
    return high >>> 56 == 0xff;
  }

  private int group(int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ipv6Address ip && ip.high == high && ip.low == low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high * SPREAD + low); // neighbours differ, in both halves
  }

  @Override
  public String toString() {
    int gapStart = -1;
    int gapLength = 1; // a single zero group is not shortened (RFC 5952, section 4.2.2)
    for (int i = 0; i < GROUPS; i++) {
      int length = 0;
      while (i + length < GROUPS && group(i + length) == 0) {
        length++;
      }
      if (length > gapLength) {
        gapStart = i;
        gapLength = length;
      }
      i += Math.max(0, length - 1);
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (i == gapStart) {
        text.append("::");
        i += gapLength - 1;
      } else {
        if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }
}
