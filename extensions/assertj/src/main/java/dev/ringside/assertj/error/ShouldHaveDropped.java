// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.trace.DropReason;
import dev.ringside.trace.Trace;

/**
 * Not as many packets were dropped for a reason as was wanted.
 *
 * <pre>{@code
 * Expecting PNIC p0
 *   to have dropped 3 packets for RING_FULL
 *   but it has dropped 1 for it; its drops are
 *     RING_FULL 1
 * }</pre>
 */
public final class ShouldHaveDropped extends Failure {

  /** Says it. */
  public ShouldHaveDropped(
      String subject, DropReason reason, long wanted, Drops drops, Evidence evidence) {
    super(wanted, drops.of(reason), text(subject, reason, wanted, drops, evidence));
  }

  private static FailureText text(
      String subject, DropReason reason, long wanted, Drops drops, Evidence evidence) {
    FailureText text =
        FailureText.expecting(subject)
            .to("have dropped " + FailureText.count(wanted, "packet") + " for " + reason);
    if (drops.lines().isEmpty()) {
      return text.but("it has dropped nothing").end(evidence);
    }
    String found = drops.of(reason) == 0 ? "none" : String.valueOf(drops.of(reason));
    text.but("it has dropped " + found + " for it; its drops are");
    text.items(drops.lines());
    Trace way = evidence.wayOfDropped(drops.place(), dropped -> dropped == reason);
    return (way == null ? text : text.way(way)).end(evidence);
  }
}
