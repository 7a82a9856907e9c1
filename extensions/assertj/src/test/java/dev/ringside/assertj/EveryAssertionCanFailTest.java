// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * An assertion that cannot fail is worse than none: each must be seen to fail by the other tests.
 */
class EveryAssertionCanFailTest {

  private static final String PACKAGE = EveryAssertionCanFailTest.class.getPackageName();

  /** Says what the assertions behind it are about. */
  private static final Set<String> NOT_ASSERTING = Set.of("FlowTableAssert.classifying");

  @Test
  void every_assertion_has_a_test_that_it_fails() {
    LauncherDiscoveryRequest others =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage(PACKAGE))
            .filters(excludeClassNamePatterns(EveryAssertionCanFailTest.class.getName()))
            .build();
    LauncherFactory.create().execute(others);

    Set<String> neverFailed = assertions();
    assertThat(neverFailed).hasSizeGreaterThan(200);
    neverFailed.removeAll(Failing.SEEN);
    assertThat(neverFailed)
        .as("assertions that no test has seen to fail; write one with Failing.fails")
        .isEqualTo(NOT_ASSERTING);
  }

  private static Set<String> assertions() {
    Set<String> names = new TreeSet<>();
    for (Class<?> type :
        ReflectionSupport.findAllClassesInPackage(
            PACKAGE, AbstractAssert.class::isAssignableFrom, name -> true)) {
      for (Method method :
          ReflectionSupport.findMethods(
              type, EveryAssertionCanFailTest::isAssertion, HierarchyTraversalMode.TOP_DOWN)) {
        if (method.getDeclaringClass() == type) {
          names.add(type.getSimpleName() + '.' + method.getName());
        }
      }
    }
    return names;
  }

  private static boolean isAssertion(Method method) {
    return Modifier.isPublic(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers())
        && !method.isBridge()
        && !method.isSynthetic();
  }
}
