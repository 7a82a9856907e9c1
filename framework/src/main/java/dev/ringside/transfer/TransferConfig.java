// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import java.time.Duration;

/**
 * How a transfer is to be done.
 *
 * <pre>{@code
 * TransferConfig config = TransferConfig.DEFAULT.withPolicy(media -> Protocol.TCP_IP).withUnits(3);
 * }</pre>
 *
 * @param policy chooses the protocol of each hop
 * @param wholePath whether all hops take the protocol that suits the media of all of them together;
 *     otherwise each takes the one for its own
 * @param creditTimeout how long a sender waits for a posted buffer before it takes TCP/IP
 * @param units how many units may be begun before {@link Transfer#allow} says more
 * @param ipVersion 4 or 6
 * @param window how many bytes TCP takes unacknowledged, 0 to 65,535
 * @param attempts how often TCP sends one segment again before it gives up, 0 to 30
 */
public record TransferConfig(
    ProtocolPolicy policy,
    boolean wholePath,
    Duration creditTimeout,
    long units,
    int ipVersion,
    int window,
    int attempts) {

  /** By media, hop by hop, a second for credits, any number of units, IPv4. */
  public static final TransferConfig DEFAULT =
      new TransferConfig(
          ProtocolPolicy.byMedia(), false, Duration.ofSeconds(1), Long.MAX_VALUE, 4, 65_535, 8);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public TransferConfig {
    if (creditTimeout.isNegative() || units < 0) {
      throw new IllegalArgumentException(
          "credit timeout " + creditTimeout + " and units " + units + " must not be negative");
    }
    if (ipVersion != 4 && ipVersion != 6) {
      throw new IllegalArgumentException("IP version " + ipVersion + " is not 4 or 6");
    }
    checkUpTo("window", window, 65_535);
    checkUpTo("attempts", attempts, 30);
  }

  private static void checkUpTo(String what, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(what + " " + value + " is not in 0 to " + most);
    }
  }

  /** The same with this policy. */
  public TransferConfig withPolicy(ProtocolPolicy newPolicy) {
    return new TransferConfig(
        newPolicy, wholePath, creditTimeout, units, ipVersion, window, attempts);
  }

  /** The same with one protocol for the whole path. */
  public TransferConfig withOneProtocol() {
    return new TransferConfig(policy, true, creditTimeout, units, ipVersion, window, attempts);
  }

  /** The same with this time to wait for a posted buffer. */
  public TransferConfig withCreditTimeout(Duration timeout) {
    return new TransferConfig(policy, wholePath, timeout, units, ipVersion, window, attempts);
  }

  /** The same with so many units to begin with. */
  public TransferConfig withUnits(long first) {
    return new TransferConfig(policy, wholePath, creditTimeout, first, ipVersion, window, attempts);
  }

  /** The same over this version of IP. */
  public TransferConfig withIpVersion(int version) {
    return new TransferConfig(policy, wholePath, creditTimeout, units, version, window, attempts);
  }

  /** The same with this TCP window. */
  public TransferConfig withWindow(int bytes) {
    return new TransferConfig(policy, wholePath, creditTimeout, units, ipVersion, bytes, attempts);
  }

  /** The same with so many attempts of TCP. */
  public TransferConfig withAttempts(int times) {
    return new TransferConfig(policy, wholePath, creditTimeout, units, ipVersion, window, times);
  }
}
