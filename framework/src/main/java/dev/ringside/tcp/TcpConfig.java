// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

/**
 * What a TCP connection may be told.
 *
 * <pre>{@code
 * TcpConfig patient = TcpConfig.DEFAULT.withAttempts(20);
 * }</pre>
 *
 * @param ipVersion 4 or 6
 * @param window how many bytes the receiving end takes unacknowledged, 0 to 65,535: there is no
 *     window scaling
 * @param attempts how often one segment is sent again before the connection is given up, 0 to 30
 */
public record TcpConfig(int ipVersion, int window, int attempts) {

  /**
   * IPv4, the largest window, 8 attempts: with a timeout of 200 ms that doubles, a connection is
   * given up after 102 s, which is beyond the 100 s that RFC 9293, 3.8.3, asks for.
   */
  public static final TcpConfig DEFAULT = new TcpConfig(4, 65_535, 8);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public TcpConfig {
    if (ipVersion != 4 && ipVersion != 6) {
      throw new IllegalArgumentException("IP version " + ipVersion + " is not 4 or 6");
    }
    check("TCP window", window, 65_535);
    check("TCP attempts", attempts, 30);
  }

  private static void check(String what, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(what + " " + value + " is not in 0 to " + most);
    }
  }

  /** The same over this version of IP. */
  public TcpConfig withIpVersion(int version) {
    return new TcpConfig(version, window, attempts);
  }

  /** The same with this window. */
  public TcpConfig withWindow(int bytes) {
    return new TcpConfig(ipVersion, bytes, attempts);
  }

  /** The same with this many attempts. */
  public TcpConfig withAttempts(int times) {
    return new TcpConfig(ipVersion, window, times);
  }

  /** How many bytes the IP and TCP headers of a segment have. */
  int headerBytes() {
    return ipVersion == 4 ? 40 : 60;
  }
}
