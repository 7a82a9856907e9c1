// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which property has found which defect, after how many tries, and in how few lines it says so. */
final class Report {

  private static final String ROW = "%-4s %-54s %-66s %5s %5s  %s%n";

  private final List<Defect> defects = new ArrayList<>();
  private final List<List<Finding>> findings = new ArrayList<>();

  void add(Defect defect, List<Finding> found) {
    defects.add(defect);
    findings.add(found);
  }

  /** One row for each defect, and further rows for further properties that have found it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(4_096);
    text.append(String.format(ROW, "", "component", "defect", "tries", "lines", "found by"));
    for (int i = 0; i < defects.size(); i++) {
      Defect defect = defects.get(i);
      boolean first = true;
      for (Finding finding : findings.get(i)) {
        text.append(
            String.format(
                ROW,
                first ? defect.system() : "",
                first ? defect.component() : "",
                first ? defect.what() : "",
                finding.tries(),
                finding.lines(),
                finding.property()));
        first = false;
      }
      if (first) {
        text.append(
            String.format(
                ROW, defect.system(), defect.component(), defect.what(), "", "", "NOT FOUND"));
      }
    }
    return text.toString();
  }

  /** Such as {@code 62 defects in 10 systems: 62 found, 57 of them ...}. */
  String summary() {
    Set<NumberedSystem> systems = EnumSet.noneOf(NumberedSystem.class);
    int found = 0;
    int mostTries = 0;
    int mostLines = 0;
    for (int i = 0; i < defects.size(); i++) {
      systems.add(defects.get(i).system());
      if (!findings.get(i).isEmpty()) {
        Finding first = findings.get(i).get(0);
        found++;
        mostTries = Math.max(mostTries, first.tries());
        mostLines = Math.max(mostLines, first.lines());
      }
    }
    return String.format(
        "detection power: %d of %d planted defects found in %d systems,"
            + " within %d tries, told in at most %d lines",
        found, defects.size(), systems.size(), mostTries, mostLines);
  }

  void writeTo(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, this + System.lineSeparator() + summary() + System.lineSeparator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
