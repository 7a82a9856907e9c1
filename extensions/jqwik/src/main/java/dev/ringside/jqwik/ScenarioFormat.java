// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.jqwik.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.SampleReportingFormat;

/**
 * Prints a scenario of a failing try with a line for each step.
 *
 * <pre>
 *   scenario: [h1: 2 PNICs, 1 VFs each, ...; vm1; seed 0x0, 1. fail p0, 2. repair p0]
 * </pre>
 */
public final class ScenarioFormat implements SampleReportingFormat {

  /** For jqwik. */
  public ScenarioFormat() {}

  @Override
  public boolean appliesTo(Object value) {
    return value instanceof Scenario;
  }

  @Override
  public Object report(Object value) {
    List<Object> lines = new ArrayList<>();
    for (String line : value.toString().split("\n", -1)) {
      lines.add(SampleReportingFormat.plainLabel(line));
    }
    return lines;
  }
}
