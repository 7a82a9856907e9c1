// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.ringside.Lab;
import dev.ringside.jqwik.LabPerTry;
import dev.ringside.jqwik.Scenarios;
import dev.ringside.jqwik.Topologies;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.Scenario;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.engine.JqwikTestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;

/** One at a time: jqwik keeps what it learns of types in maps that are not for several threads. */
@ResourceLock("jqwik")
class JqwikReportTest {

  @LabPerTry
  static class Planted {
    // tag::wrong[]
    @Property(seed = "1")
    void the_first_nic_is_always_active(@ForAll("failovers") Scenario scenario, Lab lab) {
      scenario.run(lab);

      assertThat(lab.host().aggregator().activeName()).isEqualTo("p0");
    }

    // end::wrong[]

    @Provide
    Arbitrary<Scenario> failovers() {
      return Scenarios.of(Topologies.redundant(), Action.failover(), Action.traffic());
    }
  }

  @Test
  void a_failing_property_reports_the_smallest_lab_and_script() {
    StringBuilder report = new StringBuilder();
    EngineTestKit.engine(new JqwikTestEngine())
        .configurationParameter("jqwik.reporting.usejunitplatform", "true")
        .configurationParameter("jqwik.database", "")
        .selectors(selectClass(Planted.class))
        .execute()
        .allEvents()
        .reportingEntryPublished()
        .list()
        .forEach(
            event ->
                event
                    .getRequiredPayload(ReportEntry.class)
                    .getKeyValuePairs()
                    .values()
                    .forEach(report::append));
    Output.assertShown("jqwik-report.txt", smallestSample(report.toString()));
  }

  private static String smallestSample(String report) {
    int start = report.indexOf("Shrunk Sample");
    return report.substring(start, report.indexOf("Original Sample"));
  }
}
