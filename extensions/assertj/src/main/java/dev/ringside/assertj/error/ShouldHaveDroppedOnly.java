// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.trace.DropReason;
import dev.ringside.trace.Trace;
import java.util.function.Predicate;

/**
 * Packets were dropped for reasons that were not allowed; the way of the first of them shows where.
 *
 * <pre>{@code
 * Expecting ledger
 *   to have dropped nothing
 *   but it has dropped
 *     RING_FULL 1
 * }</pre>
 */
public final class ShouldHaveDroppedOnly extends Failure {

  /**
   * Says it.
   *
   * @param wanted what was wanted, after {@code to have}
   * @param allowed the reasons that were allowed
   */
  public ShouldHaveDroppedOnly(
      String subject,
      String wanted,
      Predicate<DropReason> allowed,
      Drops drops,
      Evidence evidence) {
    super(wanted, drops.linesExcept(allowed), text(subject, wanted, allowed, drops, evidence));
  }

  private static FailureText text(
      String subject,
      String wanted,
      Predicate<DropReason> allowed,
      Drops drops,
      Evidence evidence) {
    FailureText text =
        FailureText.expecting(subject)
            .to("have " + wanted)
            .but("it has dropped")
            .items(drops.linesExcept(allowed));
    Trace way = evidence.wayOfDropped(drops.place(), allowed.negate());
    return (way == null ? text : text.way(way)).end(evidence);
  }
}
