// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.trace.Ledger;
import java.util.List;

/**
 * Packets are unaccounted for, which is a bug of the device that lost them.
 *
 * <pre>{@code
 * Expecting ledger
 *   to balance
 *   but packets are unaccounted for
 *     1 packets are unaccounted for at PNIC p0: received 1,
 * }</pre>
 */
public final class ShouldBalance extends Failure {

  /** Says it. */
  public ShouldBalance(Ledger ledger, List<String> violations) {
    super(
        List.of(),
        violations,
        FailureText.expecting("ledger")
            .to("balance")
            .but("packets are unaccounted for")
            .items(violations)
            .end(Evidence.of(ledger)));
  }
}
