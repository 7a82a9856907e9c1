// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs a class of tests and prints how they went, for {@link WithoutAgentTest}. */
final class ForkedRun {

  private ForkedRun() {}

  public static void main(String[] args) {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(args[0]))
            .execute()
            .testEvents();
    tests.failed().debug(System.out);
    System.out.println("started " + tests.started().count() + ", failed " + tests.failed().count());
  }
}
