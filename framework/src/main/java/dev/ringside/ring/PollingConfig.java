// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

/**
 * The watermarks of the dynamic polling rules.
 *
 * <pre>{@code
 * PollingConfig small = new PollingConfig(4, 16, true);
 * }</pre>
 *
 * @param lowMark up to this backlog, in packets, the poller goes on pulling from the hardware ring
 * @param highMark where polling is impossible, a backlog of this size drops further packets
 * @param canPoll whether the hardware ring can be polled at all
 */
public record PollingConfig(int lowMark, int highMark, boolean canPoll) {

  /** Pulls up to a backlog of 64 packets. */
  public static final PollingConfig DEFAULT = new PollingConfig(64, 512, true);

  /** Checks that 0 &lt;= low mark &lt;= high mark. */
  public PollingConfig {
    if (lowMark < 0 || highMark < lowMark) {
      throw new IllegalArgumentException(
          "polling marks: low mark "
              + lowMark
              + " and high mark "
              + highMark
              + " must satisfy 0 <= low <= high");
    }
    if (!canPoll && highMark == 0) {
      throw new IllegalArgumentException(
          "polling marks: high mark 0 would drop every packet of a ring that cannot be polled");
    }
  }
}
