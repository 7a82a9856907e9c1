// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks for defects with the suites of their systems. A property counts as having found one only if
 * it holds, with as many tries, where nothing was changed.
 */
final class Hunt {

  private final int mostTries;
  private final boolean asksAll;
  private final DefectRun unchanged = DefectRun.unchanged();

  private Hunt(int mostTries, boolean asksAll) {
    this.mostTries = mostTries;
    this.asksAll = asksAll;
  }

  /** Asks one property about each defect, which is expected to find it in a few tries. */
  static Hunt quick() {
    return new Hunt(200, false);
  }

  /** Asks all properties of all suites of a system, each with so many tries at most. */
  static Hunt thorough(int mostTries) {
    return new Hunt(mostTries, true);
  }

  /** The properties that find a defect; none if it gets by. */
  List<Finding> find(Defect defect) {
    NumberedSystem system = defect.system();
    DefectRun run = DefectRun.with(defect.component());
    Findings findings =
        asksAll ? run.look(system, mostTries) : run.look(system, defect.finder(), mostTries);
    if (!run.hasLoadedTheChange()) {
      throw new IllegalStateException("no suite of " + system + " uses " + defect.component());
    }
    List<Finding> found = new ArrayList<>();
    for (Finding finding : findings.found()) {
      if (unchanged.look(system, finding.property(), finding.tries()).found().isEmpty()) {
        found.add(finding);
      }
    }
    return found;
  }
}
