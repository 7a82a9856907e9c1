// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.suppressed;

import dev.ringside.bytebuddy.guard.victim.Agent;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

@ResourceLock("guards")
class GuardedTest {

  @Guarded("dev.ringside.bytebuddy.guard.victim")
  static class Swallowing {
    @Test
    void test() {
      Agent.swallow();
    }

    @Nested
    class Inner {
      @Test
      void test() {
        Agent.swallow();
      }
    }
  }

  static class Plain {
    @Test
    @Guarded("dev.ringside.bytebuddy.guard.victim")
    void guarded() {
      Object unused = Agent.millis();
    }

    @Test
    @Guarded("dev.ringside.bytebuddy.guard.victim")
    void failing() {
      Agent.swallow();
      throw new IllegalStateException("its own reason");
    }

    @Test
    void free() {
      Object unused = Agent.millis();
    }

    @Test
    @Guarded("dev.ringside.bytebuddy.guard.innocent")
    void other() {
      Object unused = Agent.millis();
    }
  }

  @Test
  void a_guarded_test_fails_even_if_the_code_swallows_the_error() {
    run(Swallowing.class)
        .assertStatistics(all -> all.failed(2))
        .failed()
        .assertThatEvents()
        .are(finishedWithFailure(instanceOf(RealWorldError.class)));
  }

  @Test
  void a_test_that_fails_for_a_reason_of_its_own_stays_failed_for_that() {
    Events events = run(Plain.class);
    events.assertStatistics(all -> all.failed(2).succeeded(2));
    events
        .failed()
        .assertThatEvents()
        .haveExactly(1, finishedWithFailure(instanceOf(RealWorldError.class)))
        .haveExactly(
            1,
            finishedWithFailure(
                instanceOf(IllegalStateException.class),
                suppressed(0, instanceOf(RealWorldError.class))));
    assertThat(events.succeeded().count()).isEqualTo(2);
  }

  private static Events run(Class<?> test) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
        .selectors(selectClass(test))
        .execute()
        .testEvents();
  }
}
