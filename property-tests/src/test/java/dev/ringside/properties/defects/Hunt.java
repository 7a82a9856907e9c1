// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks for defects with the suites of their systems. A property counts as having found one only if
 * it holds, with as many tries, where nothing was changed.
 */
final class Hunt {

  private static final int OF_OTHERS = 40;

  private final int mostTries;
  private final boolean asksAll;
  private final DefectRun unchanged = DefectRun.unchanged();

  private Hunt(int mostTries, boolean asksAll) {
    this.mostTries = mostTries;
    this.asksAll = asksAll;
  }

  /**
   * Asks one property about each defect, which is expected to find it in a few tries. Examples stay
   * as they are.
   */
  static Hunt quick() {
    return new Hunt(200, false);
  }

  /**
   * Asks the property that is named with so many tries at most, all others of a system with few,
   * and shrinks the examples, for a second each.
   */
  static Hunt thorough(int mostTries) {
    return new Hunt(mostTries, true);
  }

  /** The properties that find a defect; none if it gets by. */
  List<Finding> find(Defect defect) {
    NumberedSystem system = defect.system();
    DefectRun run = DefectRun.with(defect.component());
    List<Finding> failed =
        new ArrayList<>(run.look(system, defect.finder(), mostTries, asksAll).found());
    if (asksAll) {
      for (Finding finding : run.look(system, OF_OTHERS, true).found()) {
        if (!finding.property().equals(defect.finder())) {
          failed.add(finding);
        }
      }
    }
    if (!run.hasLoadedTheChange()) {
      throw new IllegalStateException("no suite of " + system + " uses " + defect.component());
    }
    List<Finding> found = new ArrayList<>();
    for (Finding each : failed) {
      if (unchanged.look(system, each.property(), each.tries(), false).found().isEmpty()) {
        found.add(each);
      }
    }
    return found;
  }
}
