// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Ipv4Address;
import java.time.Duration;

/**
 * How the active NIC is probed: an ARP request to a target at every interval, as the Linux bonding
 * driver's ARP monitor does.
 *
 * <pre>{@code
 * new ProbeConfig(lab.wire().ipv4(), Duration.ofMillis(100), 3)
 * }</pre>
 *
 * @param target who is asked
 * @param interval the time between two probes
 * @param tolerated after how many unanswered probes in a row the NIC counts as failed, at least 1
 */
public record ProbeConfig(Ipv4Address target, Duration interval, int tolerated) {

  /** Checks the ranges. */
  public ProbeConfig {
    if (interval.isNegative() || interval.isZero() || tolerated < 1) {
      throw new IllegalArgumentException(
          "probing every "
              + interval
              + " tolerating "
              + tolerated
              + " lost: the interval must be positive and the number at least 1");
    }
  }
}
