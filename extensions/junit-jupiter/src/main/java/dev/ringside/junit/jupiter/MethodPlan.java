// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import java.lang.reflect.Method;
import java.util.List;

/**
 * What a test method and its parameters say about labs.
 *
 * @param place what messages call it: {@code FailoverTest.follows}
 * @param declared what stands on the method
 * @param hosts the hosts on its parameters
 */
record MethodPlan(String place, Declared declared, List<HostSpec> hosts) {

  static MethodPlan of(Class<?> testClass, Method method) {
    String place = testClass.getSimpleName() + '.' + method.getName();
    return new MethodPlan(place, Declared.on(method), ClassLevel.hostsOn(method));
  }

  /** Whether it wants a lab of the test's own. */
  boolean describesLab() {
    return declared.describesLab() || !hosts.isEmpty();
  }
}
