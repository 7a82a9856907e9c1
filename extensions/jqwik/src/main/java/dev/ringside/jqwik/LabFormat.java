// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import net.jqwik.api.SampleReportingFormat;

/**
 * Refers from the lab among the parameters of a failing try to what is told about it below.
 *
 * <pre>
 *   lab: of this try; see below for its seed and journal
 * </pre>
 */
public final class LabFormat implements SampleReportingFormat {

  /** For jqwik. */
  public LabFormat() {}

  @Override
  public boolean appliesTo(Object value) {
    return value instanceof Lab || value instanceof Host;
  }

  @Override
  public Object report(Object value) {
    return SampleReportingFormat.plainLabel("of this try; see below for its seed and journal");
  }
}
