// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import java.util.List;

/**
 * The first difference between a recorded journal and that of a run, with what was before it.
 *
 * <pre>{@code
 * System.out.println(recording.differenceTo(lab.journal()));
 * }</pre>
 */
public final class JournalDifference {

  /** So many lines that are alike are shown before the difference. */
  private static final int BEFORE = 3;

  private final String name;
  private final List<String> recorded;
  private final List<String> now;
  private final int at;

  JournalDifference(String name, List<String> recorded, List<String> now, int at) {
    this.name = name;
    this.recorded = recorded;
    this.now = now;
    this.at = at;
  }

  /** The number of the line that differs, from 1. */
  public int line() {
    return at + 1;
  }

  /** The line as it was recorded, empty if the recording ends before it. */
  public String recorded() {
    return at < recorded.size() ? recorded.get(at) : "";
  }

  /** The line as it is in this run, empty if the run ends before it. */
  public String actual() {
    return at < now.size() ? now.get(at) : "";
  }

  /**
   * The difference in lines: what was alike before it, behind - what was recorded, behind + what
   * is.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(512);
    text.append("line ").append(line()).append(" of ").append(name).append(" differs");
    text.append(" (").append(recorded.size()).append(" lines recorded, ");
    text.append(now.size()).append(" now)");
    for (int i = Math.max(0, at - BEFORE); i < at; i++) {
      text.append("\n    ").append(now.get(i));
    }
    text.append("\n  - ").append(at < recorded.size() ? recorded.get(at) : "(ends here)");
    text.append("\n  + ").append(at < now.size() ? now.get(at) : "(ends here)");
    return text.toString();
  }
}
