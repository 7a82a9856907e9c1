// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

/**
 * What is checked of a lab after each test.
 *
 * <pre>{@code
 * session.lenient(LabCheck.UNDRAINED_RINGS);
 * }</pre>
 */
public enum LabCheck {
  /** Every packet has exactly one fate. Always checked. */
  CONSERVATION_LAW("conservation law"),
  /**
   * Packets were lost and nobody expected it. Expected is what the test announces with {@link
   * dev.ringside.Lab#expectDrops}, and what a fault of the test's own causes: on a wire with
   * faults, in or behind a NIC that failed or lost its link. What filters refuse is no loss ({@link
   * dev.ringside.trace.DropReason#isLoss}), nor what a station refuses because it is for another
   * one or for a closed port.
   */
  UNEXPECTED_DROPS("unexpected drops"),
  /** A virtual function is still bound to somebody who is not there, or who uses another one. */
  LEAKED_BINDINGS("leaked bindings"),
  /**
   * A request waits ({@link dev.ringside.Lab#waiters}), or a packet does: for an address, for its
   * other fragments, or for an active NIC.
   */
  WAITING_REQUESTS("still-waiting requests"),
  /** Packets are left in receive or transmit rings, or wait for a guest that is not ready. */
  UNDRAINED_RINGS("undrained rings");

  private final String text;

  LabCheck(String text) {
    this.text = text;
  }

  /** The name that messages use. */
  public String text() {
    return text;
  }
}
