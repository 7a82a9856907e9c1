// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.lifecycle.Finding;
import dev.ringside.lifecycle.LabCheck;
import dev.ringside.lifecycle.UncleanLabError;
import dev.ringside.trace.DropReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the checks of all labs of one test have found. */
final class Verdict {

  private static final DropReason[] NO_DROPS = {};

  private final List<LabCheck> lenient;
  private final DropReason[] expected;
  private final List<RunningLab> labs = new ArrayList<>(2);
  private @Nullable UncleanLabError error;

  /**
   * Starts with nothing found.
   *
   * @param lenient checks that the test does without
   * @param expected losses that the test means
   */
  Verdict(List<LabCheck> lenient, List<DropReason> expected) {
    this.lenient = lenient;
    this.expected = expected.isEmpty() ? NO_DROPS : expected.toArray(NO_DROPS);
  }

  /** Checks a lab; only the law while it is busy. */
  void check(RunningLab lab, boolean busy) {
    labs.add(lab);
    List<Finding> findings = busy ? lab.session().violations() : lab.session().findings(expected);
    if (!findings.isEmpty()) {
      take(lab, findings);
    }
  }

  private void take(RunningLab lab, List<Finding> findings) {
    findings.removeIf(
        finding ->
            finding.check() != LabCheck.CONSERVATION_LAW && lenient.contains(finding.check()));
    if (!findings.isEmpty()) {
      UncleanLabError found = lab.session().error(findings);
      if (error == null) {
        error = found;
      } else {
        error.addSuppressed(found);
      }
    }
  }

  /** The labs that were checked. */
  List<RunningLab> labs() {
    return labs;
  }

  /** What to throw, null if all is well. */
  @Nullable UncleanLabError error() {
    return error;
  }
}
