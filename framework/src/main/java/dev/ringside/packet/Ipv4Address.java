// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * An IPv4 address (RFC 791).
 *
 * <pre>{@code
 * Ipv4Address.of("192.0.2.10").bits() == 0xc000020a
 * }</pre>
 *
 * @param bits the address as a number, first byte on the wire most significant
 */
public record Ipv4Address(int bits) implements IpAddress {

  private static final int BYTES = 4;

  /**
   * Reads dotted decimal.
   *
   * @throws IllegalArgumentException if the text is not four numbers of 0 to 255
   */
  public static Ipv4Address of(String text) {
    int bits = 0;
    int number = -1;
    int numbers = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '.';
      if (c == '.') {
        if (number < 0 || numbers == BYTES) {
          throw notAnAddress(text);
        }
        bits = bits << 8 | number;
        numbers++;
        number = -1;
      } else if (c >= '0' && c <= '9' && number != 0) { // no 010: is it 8 or 10?
        number = Math.max(number, 0) * 10 + (c - '0');
        if (number > 255) {
          throw notAnAddress(text);
        }
      } else {
        throw notAnAddress(text);
      }
    }
    if (numbers != BYTES) {
      throw notAnAddress(text);
    }
    return new Ipv4Address(bits);
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not an IPv4 address; write four numbers of 0 to 255 as 192.0.2.10");
  }

  /** 255.255.255.255, which reaches every station of the network at hand. */
  public static final Ipv4Address BROADCAST = new Ipv4Address(-1);

  /** The Ethernet group address that carries packets to this IPv4 group (RFC 1112, 6.4). */
  public MacAddress multicastMac() {
    return new MacAddress(0x0100_5e00_0000L | (bits & 0x7f_ffff));
  }

  @Override
  public int version() {
    return 4;
  }

  @Override
  public byte[] toByteArray() {
    return new byte[] {
      (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
    };
  }

  @Override
  public boolean isMulticast() {
    return bits >>> 28 == 0xe;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ipv4Address ip && ip.bits == bits;
  }

  @Override
  public int hashCode() {
    return bits;
  }

  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 0xff)
        + "."
        + (bits >>> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }
}
