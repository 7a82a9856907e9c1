// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import java.util.List;

/**
 * A test has left its lab in a state that it should not be in.
 *
 * <pre>
 * the test leaves its lab unclean
 * - undrained rings: ring p0/rx0 has 3 of 256 slots in use
 *   poll them, resume the guest, or advance the lab until they are empty
 * Replay with @LabSeed(0x5eedL)
 * </pre>
 */
public final class UncleanLabError extends AssertionError {

  private static final long serialVersionUID = 1;

  private final transient List<Finding> findings;

  UncleanLabError(List<Finding> findings, String replay) {
    super(text(findings, replay));
    this.findings = List.copyOf(findings);
  }

  /** What was found, in the order of the checks. */
  public List<Finding> findings() {
    return findings;
  }

  private static String text(List<Finding> findings, String replay) {
    StringBuilder text = new StringBuilder(256).append("the test leaves its lab unclean\n");
    for (Finding finding : findings) {
      text.append("- ").append(finding).append('\n');
      text.append("  ").append(finding.cure()).append('\n');
    }
    return text.append(replay).toString();
  }
}
