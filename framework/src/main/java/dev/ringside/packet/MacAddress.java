// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * A 48-bit Ethernet address (IEEE 802-2014, section 8).
 *
 * <pre>{@code
 * MacAddress web = MacAddress.of("02:00:5e:10:00:0b");
 * web.isMulticast();          // false: the lowest bit of the first byte is clear
 * web.isLocallyAdministered() // true: the second-lowest bit is set
 * }</pre>
 *
 * @param bits the address as a number, first byte on the wire most significant; 0 to 2^48 - 1
 */
public record MacAddress(long bits) implements Comparable<MacAddress> {

  /** ff:ff:ff:ff:ff:ff, which every station accepts. */
  public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

  /** 00:00:00:00:00:00, which no station may use as its own. */
  public static final MacAddress ZERO = new MacAddress(0);

  /** 01:80:c2:00:00:02, where slow protocols such as LACP are sent to (IEEE 802.3, annex 57A). */
  public static final MacAddress SLOW_PROTOCOLS = new MacAddress(0x0180_c200_0002L);

  private static final long LINK_PROTOCOLS = 0x0180_c200_0000L;
  private static final long MULTICAST_BIT = 0x0100_0000_0000L;
  private static final long LOCAL_BIT = 0x0200_0000_0000L;
  private static final int TEXT_LENGTH = 17;
  private static final int SEPARATOR_EVERY = 3;

  /** Checks that the number has no more than 48 bits. */
  public MacAddress {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException(
          "MAC address 0x" + Long.toHexString(bits) + " has more than 48 bits");
    }
  }

  /**
   * Reads an address such as {@code 02:00:5e:10:00:0b}; {@code -} may stand for {@code :}.
   *
   * @throws IllegalArgumentException if the text is not six bytes of two hexadecimal digits
   */
  public static MacAddress of(String text) {
    if (text.length() != TEXT_LENGTH) {
      throw notAnAddress(text);
    }
    long bits = 0;
    for (int i = 0; i < TEXT_LENGTH; i++) {
      char c = text.charAt(i);
      if (i % SEPARATOR_EVERY == 2) {
        if (c != ':' && c != '-') {
          throw notAnAddress(text);
        }
      } else {
        int digit = Character.digit(c, 16);
        if (digit < 0) {
          throw notAnAddress(text);
        }
        bits = bits << 4 | digit;
      }
    }
    return new MacAddress(bits);
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a MAC address; write six bytes as 02:00:5e:10:00:0b");
  }

  /** Whether this is a group address (the broadcast address is one too). */
  public boolean isMulticast() {
    return isMulticast(bits);
  }

  /** Whether the number of a MAC address is that of a group address. */
  public static boolean isMulticast(long bits) {
    return (bits & MULTICAST_BIT) != 0;
  }

  /**
   * Whether the number of a MAC address is one of the 16 from 01:80:c2:00:00:00 on, which no bridge
   * forwards (IEEE 802.1Q-2018, table 8-1).
   */
  public static boolean isLinkProtocol(long bits) {
    return bits >>> 4 == LINK_PROTOCOLS >>> 4;
  }

  /** Whether this is ff:ff:ff:ff:ff:ff. */
  public boolean isBroadcast() {
    return bits == BROADCAST.bits;
  }

  /** Whether an administrator, not a vendor, gave this address. */
  public boolean isLocallyAdministered() {
    return (bits & LOCAL_BIT) != 0;
  }

  @Override
  public int compareTo(MacAddress other) {
    return Long.compare(bits, other.bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MacAddress mac && mac.bits == bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  @Override
  public String toString() {
    char[] text = new char[TEXT_LENGTH];
    for (int i = 0, shift = 44; i < TEXT_LENGTH; i++) {
      if (i % SEPARATOR_EVERY == 2) {
        text[i] = ':';
      } else {
        text[i] = Character.forDigit((int) (bits >>> shift) & 0xf, 16);
        shift -= 4;
      }
    }
    return new String(text);
  }
}
