// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Lets suites run, unchanged, against a framework of which one class is changed, or none. */
final class DefectRun {

  private static final String SUITES = "dev.ringside.properties.";

  private final IsolatingLoader loader;

  private DefectRun(IsolatingLoader loader) {
    this.loader = loader;
  }

  /** Runs with this component changed. */
  static DefectRun with(Component component) {
    return new DefectRun(new IsolatingLoader(component.className(), component.bytes()));
  }

  /** Runs with nothing changed, to compare. */
  static DefectRun unchanged() {
    return new DefectRun(new IsolatingLoader("", new byte[0]));
  }

  /** Whether the changed class has been in use. */
  boolean hasLoadedTheChange() {
    return loader.hasLoadedTheChange();
  }

  /** All properties of all suites of a system, with so many tries of each at most. */
  Findings look(NumberedSystem system, int mostTries, boolean shrinks) {
    List<DiscoverySelector> suites = new ArrayList<>();
    for (String suite : system.allSuites()) {
      suites.add(DiscoverySelectors.selectClass(load(SUITES + suite)));
    }
    return run(suites, mostTries, shrinks);
  }

  /** One property of a system, such as {@code QuotaProperties.the_laws_hold_after_each_step}. */
  Findings look(NumberedSystem system, String property, int mostTries, boolean shrinks) {
    String[] names = property.split("\\.");
    for (String suite : system.allSuites()) {
      if (suite.endsWith("." + names[0])) {
        for (Method method : load(SUITES + suite).getDeclaredMethods()) {
          if (method.getName().equals(names[1])) {
            Class<?> owner = method.getDeclaringClass();
            return run(List.of(DiscoverySelectors.selectMethod(owner, method)), mostTries, shrinks);
          }
        }
      }
    }
    throw new IllegalStateException(system + " has no property " + property);
  }

  private Findings run(List<DiscoverySelector> selectors, int mostTries, boolean shrinks) {
    Findings findings = new Findings(mostTries, shrinks);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    findings.begin();
    try {
      EngineTestKit.engine(newEngine())
          .configurationParameter("jqwik.database", "")
          .configurationParameter("jqwik.reporting.usejunitplatform", "true")
          .configurationParameter("jqwik.shrinking.bounded.seconds", "1")
          .selectors(selectors.toArray(DiscoverySelector[]::new))
          .execute();
    } finally {
      Findings.end();
      thread.setContextClassLoader(before);
    }
    if (findings.properties() == 0) {
      throw new IllegalStateException("no property ran of " + selectors);
    }
    return findings;
  }

  private TestEngine newEngine() {
    try {
      Class<?> engine = load("net.jqwik.engine.JqwikTestEngine");
      return (TestEngine) engine.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("jqwik does not start", e);
    }
  }

  private Class<?> load(String name) {
    try {
      return loader.loadClass(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("there is no " + name, e);
    }
  }
}
