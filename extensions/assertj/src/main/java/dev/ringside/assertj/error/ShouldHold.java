// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

/**
 * A queue does not hold as many packets as was wanted.
 *
 * <pre>{@code
 * Expecting receive ring p0/rx3
 *   to hold 3 packets
 *   but it holds 2 (ring p0/rx3 has 2 of 256 slots in use)
 * }</pre>
 */
public final class ShouldHold extends Failure {

  /** Says it; the queue describes itself. */
  public ShouldHold(String subject, String wanted, long found, Object queue, Evidence evidence) {
    super(
        wanted,
        FailureText.count(found, "packet"),
        FailureText.expecting(subject)
            .to("hold " + wanted)
            .but("it holds " + found + " (" + queue + ")")
            .end(evidence));
  }
}
