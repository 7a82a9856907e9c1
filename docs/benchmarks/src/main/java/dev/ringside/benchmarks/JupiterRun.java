// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the tests of one class with one engine, and fails unless they ran and passed. */
final class JupiterRun {
  private JupiterRun() {}

  /** Takes the name of a test class. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    run(launcher(new org.junit.jupiter.engine.JupiterTestEngine()), request(arguments[0]));
  }

  static Launcher launcher(org.junit.platform.engine.TestEngine engine) {
    return LauncherFactory.create(
        LauncherConfig.builder()
            .enableTestEngineAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .addTestEngines(engine)
            .build());
  }

  static LauncherDiscoveryRequest request(String testClass) throws ClassNotFoundException {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(Class.forName(testClass)))
        .configurationParameter("jqwik.reporting.onlyfailures", "true")
        .build();
  }

  /** Returns how many tests passed. */
  static long run(Launcher launcher, LauncherDiscoveryRequest request) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    launcher.execute(request, listener);
    long passed = listener.getSummary().getTestsSucceededCount();
    if (passed == 0 || listener.getSummary().getTotalFailureCount() > 0) {
      throw new IllegalStateException(
          passed + " tests passed; failed: " + listener.getSummary().getFailures());
    }
    return passed;
  }
}
