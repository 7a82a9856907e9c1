// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

/**
 * What is checked of a lab after each test: that there is nothing too much, and nothing too little.
 *
 * <pre>{@code
 * session.lenient(LabCheck.UNDRAINED_RINGS);
 * session.lenient(Lenience.about(LabCheck.LEAKED_BINDINGS).at("h1/p0/vf3"));
 * }</pre>
 */
public enum LabCheck {
  /** Every packet has exactly one fate. Always checked. */
  CONSERVATION_LAW("conservation law"),
  /**
   * Packets were lost and nobody expected it. Expected is what the test announces with {@link
   * dev.ringside.Lab#expectDrops} or {@link Lenience#expecting}, and what a fault of the test's own
   * causes: on a wire with faults, in or behind a NIC that failed or lost its link. What filters
   * refuse is no loss ({@link dev.ringside.trace.DropReason#isLoss}), nor what a station refuses
   * because it is for another one or for a closed port.
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
  UNDRAINED_RINGS("undrained rings"),
  /** A loss was expected for a reason for which nothing was lost. */
  UNUSED_EXPECTATIONS("unused expectations"),
  /**
   * A fault was planned that never struck ({@link dev.ringside.world.PlannedFault}), such as the
   * loss of the fifth packet on a wire that carried four. One by chance must have had its chance.
   */
  UNUSED_FAULTS("unused faults"),
  /**
   * An entry of a card's flow tables has matched no packet. Only where a test asks for it ({@link
   * LabSession#strict}), as most tests use a few of many rules.
   */
  UNUSED_RULES("unused rules"),
  /** The test does without a check that would have found nothing. */
  UNUSED_LENIENCES("unused leniences");

  private final String text;

  LabCheck(String text) {
    this.text = text;
  }

  /** Whether it finds what a test has said and not needed. */
  public boolean isOfTooLittle() {
    return this == UNUSED_EXPECTATIONS
        || this == UNUSED_FAULTS
        || this == UNUSED_RULES
        || this == UNUSED_LENIENCES;
  }

  /** Whether it is left out unless a test asks for it. */
  public boolean isOnDemand() {
    return this == UNUSED_RULES;
  }

  /** The name that messages use. */
  public String text() {
    return text;
  }
}
