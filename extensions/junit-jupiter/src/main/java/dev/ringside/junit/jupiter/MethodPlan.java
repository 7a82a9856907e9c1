// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import java.lang.reflect.Method;
import java.util.List;

/**
 * What a test method and its parameters say about labs.
 *
 * @param name the name of the method
 * @param declared what stands on the method
 * @param hosts the hosts on its parameters
 */
record MethodPlan(String name, Declared declared, List<HostSpec> hosts) {

  static MethodPlan of(Method method) {
    return new MethodPlan(method.getName(), Declared.on(method), ClassLevel.hostsOn(method));
  }

  /** Whether it wants a lab of the test's own. */
  boolean describesLab() {
    return declared.describesLab() || !hosts.isEmpty();
  }
}
