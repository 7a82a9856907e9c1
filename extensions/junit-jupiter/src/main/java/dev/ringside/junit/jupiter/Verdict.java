// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.lifecycle.Finding;
import dev.ringside.lifecycle.LabCheck;
import dev.ringside.lifecycle.Lenience;
import dev.ringside.lifecycle.Leniences;
import dev.ringside.lifecycle.UncleanLabError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the checks of all labs of one test have found. */
final class Verdict {

  private final Leniences meant = new Leniences();
  private final List<RunningLab> labs = new ArrayList<>(2);

  /** Those of each lab. */
  private final List<List<Finding>> findings = new ArrayList<>(2);

  private boolean incomplete;

  /**
   * Starts with nothing found.
   *
   * @param leniences what the test wants to be forgiven
   * @param strict checks that the test asks for
   */
  Verdict(List<Lenience> leniences, List<LabCheck> strict) {
    meant.addAll(leniences);
    for (LabCheck check : strict) {
      meant.demand(check);
    }
  }

  /** Checks a lab of the test's own. */
  void check(RunningLab lab) {
    labs.add(lab);
    findings.add(lab.session().findings(meant));
  }

  /** Checks a lab that other tests will use; only the law while it is busy. */
  void checkShared(RunningLab lab, boolean busy) {
    labs.add(lab);
    incomplete |= busy;
    findings.add(busy ? lab.session().violations() : lab.session().findingsSoFar(meant));
  }

  /** The labs that were checked. */
  List<RunningLab> labs() {
    return labs;
  }

  /**
   * What to throw, null if all is well.
   *
   * @param failed whether the test has failed already: what it did not come to is no news then
   */
  @Nullable UncleanLabError error(boolean failed) {
    if (!failed && !incomplete && !labs.isEmpty()) {
      findings.get(0).addAll(meant.unused());
    }
    UncleanLabError error = null;
    for (int i = 0; i < labs.size(); i++) {
      List<Finding> found = findings.get(i);
      if (failed) {
        found.removeIf(finding -> finding.check().isOfTooLittle());
      }
      if (!found.isEmpty()) {
        error = joined(error, labs.get(i).session().error(found));
      }
    }
    return error;
  }

  private static UncleanLabError joined(@Nullable UncleanLabError first, UncleanLabError more) {
    if (first == null) {
      return more;
    }
    first.addSuppressed(more);
    return first;
  }
}
