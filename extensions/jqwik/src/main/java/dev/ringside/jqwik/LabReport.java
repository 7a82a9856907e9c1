// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.Lab;
import dev.ringside.trace.JournalEntry;
import java.util.List;

/** What a failing try tells of its lab. */
final class LabReport {

  /** As much as one reads; the whole of it can be had by running the minimal try again. */
  static final int MOST_ENTRIES = 400;

  private LabReport() {}

  static List<String> of(Lab lab) {
    return List.of(
        "lab: seed " + lab.seed() + ", at " + lab.elapsed().toNanos() + " ns", journal(lab));
  }

  private static String journal(Lab lab) {
    List<JournalEntry> entries = lab.journal().entries();
    int from = Math.max(0, entries.size() - MOST_ENTRIES);
    long earlier = from + lab.journal().forgotten();
    StringBuilder text = new StringBuilder("journal:\n");
    if (earlier > 0) {
      text.append("    (").append(earlier).append(" earlier entries left out)\n");
    }
    for (JournalEntry entry : entries.subList(from, entries.size())) {
      text.append("    ").append(entry).append('\n');
    }
    return text.toString();
  }
}
