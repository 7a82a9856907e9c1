// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trust;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the faster half of the framework's test classes again and again, several at a time, and
 * fails if one of them fails once: {@code Repetitions <folder of test classes> <times>}.
 */
public final class Repetitions {

  private static final PrintStream OUT = new PrintStream(System.out, true);

  private final Launcher launcher = LauncherFactory.create();

  /** How long each class took, and what failed; engines call from many threads. */
  private static final class Watch implements TestExecutionListener {
    final Map<String, Long> begun = new ConcurrentHashMap<>();
    final Map<String, Long> nanos = new ConcurrentHashMap<>();
    final Set<String> failed = ConcurrentHashMap.newKeySet();
    private volatile long tests;

    @Override
    public void executionStarted(TestIdentifier test) {
      begun.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
      Long start = begun.get(test.getUniqueId());
      if (start != null && test.getSource().orElse(null) instanceof ClassSource source) {
        nanos.merge(source.getClassName(), System.nanoTime() - start, Math::max);
      }
      tests += test.isTest() ? 1 : 0;
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        failed.add(test.getUniqueId() + ": " + result.getThrowable().orElse(null));
      }
    }
  }

  /** Measures once, and repeats. */
  public static void main(String[] arguments) {
    Path classes = Path.of(arguments[0]);
    int times = Integer.parseInt(arguments[1]);
    Repetitions repetitions = new Repetitions();
    Watch first = repetitions.run(all(classes));
    List<String> fast = fasterHalf(first.nanos);
    OUT.println(fast.size() + " of " + first.nanos.size() + " test classes are the faster half");
    Map<String, Integer> failures = new LinkedHashMap<>();
    long tests = 0;
    for (int i = 0; i < times; i++) {
      Watch watch = repetitions.run(these(fast));
      tests += watch.tests;
      watch.failed.forEach(failure -> failures.merge(failure, 1, Integer::sum));
    }
    OUT.println(tests + " tests in " + times + " repetitions, " + failures.size() + " failed");
    if (!failures.isEmpty() || tests < times) {
      throw new IllegalStateException("not the same each time: " + failures);
    }
  }

  private Watch run(LauncherDiscoveryRequest request) {
    Watch watch = new Watch();
    launcher.execute(request, watch);
    return watch;
  }

  private static LauncherDiscoveryRequest all(Path classes) {
    return concurrent().selectors(selectClasspathRoots(Set.of(classes))).build();
  }

  private static LauncherDiscoveryRequest these(List<String> classes) {
    LauncherDiscoveryRequestBuilder request = concurrent();
    classes.forEach(name -> request.selectors(selectClass(name)));
    return request.build();
  }

  private static LauncherDiscoveryRequestBuilder concurrent() {
    return LauncherDiscoveryRequestBuilder.request()
        .configurationParameter("jqwik.database", "")
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8");
  }

  private static List<String> fasterHalf(Map<String, Long> nanos) {
    List<String> names = new ArrayList<>(nanos.keySet());
    names.removeIf(name -> name.contains("$"));
    names.sort(Comparator.comparing((String name) -> nanos.getOrDefault(name, 0L)));
    return names.subList(0, (names.size() + 1) / 2);
  }
}
