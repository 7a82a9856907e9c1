// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.trace.Journal;
import dev.ringside.trace.JournalDifference;
import dev.ringside.trace.JournalRecording;

/**
 * A run went another way than the one that was recorded.
 *
 * <pre>{@code
 * Expecting journal
 *   to repeat recording failover.txt, 40 lines
 *   but line 12 of failover.txt differs (40 lines recorded, 38 now)
 * }</pre>
 */
public final class ShouldRepeat extends Failure {

  /** It went another way. */
  public ShouldRepeat(Journal journal, JournalRecording recording, JournalDifference difference) {
    super(
        difference.recorded(),
        difference.actual(),
        FailureText.expecting("journal")
            .to("repeat " + recording)
            .but(difference.toString())
            .end(Evidence.of(journal)));
  }
}
