// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.ringside.aggregate.Candidate;
import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.contracts.FailoverPolicyContract;
import dev.ringside.contracts.QuotaRuleContract;
import dev.ringside.memory.QuotaRule;
import java.util.Comparator;
import java.util.List;
import net.jqwik.engine.JqwikTestEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** One at a time: jqwik keeps what it learns of types in maps that are not for several threads. */
@ResourceLock("jqwik")
class ContractsTest {

  // tag::policy[]
  static class LeastFailures implements FailoverPolicy {
    @Override
    public @Nullable Candidate choose(List<Candidate> healthy, @Nullable Candidate failed) {
      return healthy.stream().min(Comparator.comparingInt(Candidate::failures)).orElse(null);
    }
  }

  static class LeastFailuresTest implements FailoverPolicyContract {
    @Override
    public FailoverPolicy policy() {
      return new LeastFailures();
    }
  }

  // end::policy[]

  // tag::careless[]
  static class SharingTest implements QuotaRuleContract {
    @Override
    public QuotaRule rule() {
      return new QuotaRule() {
        @Override
        public boolean fits(long used, long amount, long limit) {
          return used > 0 && used + amount <= limit;
        }

        @Override
        public String toString() {
          return "only beside others";
        }
      };
    }
  }

  // end::careless[]

  @Test
  void a_policy_that_keeps_the_contract_passes() {
    EngineTestKit.engine(new JqwikTestEngine())
        .configurationParameter("jqwik.database", "")
        .selectors(selectClass(LeastFailuresTest.class))
        .execute()
        .testEvents()
        .assertStatistics(counts -> counts.succeeded(4).failed(0));
  }

  @Test
  void a_failure_says_what_was_promised() {
    String failure =
        EngineTestKit.engine(new JqwikTestEngine())
            .configurationParameter("jqwik.database", "")
            .selectors(selectClass(SharingTest.class))
            .execute()
            .testEvents()
            .failed()
            .stream()
            .map(event -> event.getRequiredPayload(TestExecutionResult.class))
            .map(result -> String.valueOf(result.getThrowable().orElseThrow().getMessage()))
            .filter(message -> message.contains("nothing is in use"))
            .findFirst()
            .orElseThrow();
    Output.assertShown("contract-failure.txt", failure);
  }
}
