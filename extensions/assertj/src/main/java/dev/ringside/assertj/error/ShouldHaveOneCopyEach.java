// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.trace.Trace;

/**
 * A packet came to user memory by another way than from the card through one ring.
 *
 * <pre>{@code
 * Expecting monitor ids of tcp port 80
 *   to have captured every packet with one copy, straight from a ring of the card
 *   but #7 passed VNIC web/vnic0
 * }</pre>
 */
public final class ShouldHaveOneCopyEach extends Failure {

  private static final String WANTED =
      "have captured every packet with one copy, straight from a ring of the card";

  /** Says it of a packet that went elsewhere, too. */
  public ShouldHaveOneCopyEach(String subject, String detour, Trace way, Evidence evidence) {
    super(
        "PNIC, RECEIVE_RING, USER_MEMORY",
        detour,
        FailureText.expecting(subject)
            .to(WANTED)
            .but("#" + way.packetId() + " passed " + detour)
            .way(way)
            .end(evidence));
  }

  /** Says it of a memory into which was copied more often than packets were captured. */
  public ShouldHaveOneCopyEach(String subject, long captured, long copies, Evidence evidence) {
    super(
        captured,
        copies,
        FailureText.expecting(subject)
            .to(WANTED)
            .but(
                FailureText.count(captured, "packet")
                    + " took "
                    + (copies == 1 ? "1 copy" : copies + " copies"))
            .end(evidence));
  }
}
