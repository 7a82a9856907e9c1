// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import net.jqwik.engine.JqwikTestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * Runs planted properties, which are meant to fail, and tells what a user would read: one at a
 * time, because jqwik keeps what it has learned of types in maps that are not for several threads.
 */
final class Engine {

  private Engine() {}

  /** All that a class with one property reports, and what it fails with. */
  static synchronized String report(Class<?> planted) {
    StringBuilder text = new StringBuilder();
    EngineTestKit.engine(new JqwikTestEngine())
        .configurationParameter("jqwik.reporting.usejunitplatform", "true")
        .selectors(selectClass(planted))
        .execute()
        .allEvents()
        .reportingEntryPublished()
        .list()
        .forEach(event -> text.append(values(event)));
    return text.toString();
  }

  /** What the only property of a class fails with. */
  static synchronized Throwable failure(Class<?> planted) {
    return EngineTestKit.engine(new JqwikTestEngine())
        .selectors(selectClass(planted))
        .execute()
        .testEvents()
        .failed()
        .stream()
        .map(
            event ->
                event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> values(Event event) {
    return event.getRequiredPayload(ReportEntry.class).getKeyValuePairs();
  }
}
