// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.jqwik.model.QuotaStep;
import dev.ringside.jqwik.model.QuotaStep.What;
import dev.ringside.properties.quota.Bench.Defect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a lax quota has granted beyond its limit it keeps when the limit is lowered. */
class LoweredLimitTest {

  private static final List<QuotaStep> BEYOND_THEN_LOWER =
      List.of(
          new QuotaStep(What.SEND, 1_442),
          new QuotaStep(What.SEND, 1_442),
          new QuotaStep(What.SEND, 60),
          new QuotaStep(What.LIMIT, 1_443),
          new QuotaStep(What.LIMIT, 60));

  @Test
  void nothing_is_taken_away_and_nothing_is_granted() {
    try (Bench bench = new Bench(Defect.NONE, 1, true)) {
      BEYOND_THEN_LOWER.forEach(bench::apply);

      assertThat(bench.violations()).isEmpty();
      assertThat(bench.quota().used()).isEqualTo(2 * 1_442);
      assertThat(bench.quota().isWaiting()).isTrue();
    }
  }

  @Test
  void the_law_finds_what_is_granted_beyond_the_lowered_limit() {
    try (Bench bench = new Bench(Defect.RULE_TOO_WIDE, 1_443, false)) {
      bench.apply(new QuotaStep(What.SEND, 1_442));
      bench.apply(new QuotaStep(What.SEND, 1_442));

      assertThat(bench.violations()).contains("send 1442 bytes: used 2884 of 1443");
    }
  }
}
