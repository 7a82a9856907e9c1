// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each of the rules by which the systems meet has a test that bears its number. */
class AllRulesTest {

  private static final int RULES = 19;
  private static final int PREFIX = "rule_00".length();

  private static final List<Class<?>> TESTS =
      List.of(
          FailoverRulesTest.class,
          SteeringRulesTest.class,
          MonitorRulesTest.class,
          MigrationRulesTest.class,
          ChassisRulesTest.class,
          BackPressureRulesTest.class,
          ClassifierRulesTest.class,
          WholeLabProperties.class);

  @Test
  void no_rule_is_without_a_test() {
    Set<String> tested = new TreeSet<>();
    for (Class<?> test : TESTS) {
      for (Method method : test.getDeclaredMethods()) {
        if (method.getName().startsWith("rule_")) {
          tested.add(method.getName().substring(0, PREFIX));
        }
      }
    }

    List<String> all = new ArrayList<>();
    for (int rule = 1; rule <= RULES; rule++) {
      all.add(rule < 10 ? "rule_0" + rule : "rule_" + rule);
    }
    assertThat(tested).containsExactlyElementsOf(all);
  }
}
