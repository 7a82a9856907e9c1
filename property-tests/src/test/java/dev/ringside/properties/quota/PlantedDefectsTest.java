// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.jqwik.model.QuotaActions;
import dev.ringside.jqwik.model.QuotaStep;
import dev.ringside.jqwik.model.QuotaStep.What;
import dev.ringside.jqwik.model.QuotaTwin;
import dev.ringside.properties.quota.Bench.Defect;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each law can be broken: it finds what was planted, and nothing where nothing was. */
class PlantedDefectsTest {

  private static final int SCRIPTS = 60;
  private static final int STEPS = 25;

  private static List<QuotaStep> script(int number) {
    SeededRandom random = Seed.of(number).stream("script");
    List<QuotaStep> script = new ArrayList<>();
    What[] all = What.values();
    for (int i = 0; i < STEPS; i++) {
      What what = i % 2 == 0 ? What.SEND : all[random.nextInt(all.length)];
      script.add(new QuotaStep(what, amount(what, random)));
    }
    return script;
  }

  private static int amount(What what, SeededRandom random) {
    return switch (what) {
      case SEND, REQUEST -> 60 + random.nextInt(1_400);
      case LIMIT -> 1_500 + random.nextInt(3_000);
      default -> random.nextInt(3);
    };
  }

  private static List<String> violations(Defect defect) {
    List<String> violations = new ArrayList<>();
    for (int i = 0; i < SCRIPTS; i++) {
      try (Bench bench = new Bench(defect, 2_000, false)) {
        script(i).forEach(bench::apply);
        violations.addAll(bench.violations());
      }
    }
    return violations;
  }

  @ParameterizedTest
  @CsvSource({
    "RULE_TOO_WIDE, ': used '",
    "HIDDEN_BLOCK, 'is not what lives'",
    "HIDDEN_QUOTA, 'does not add up'",
    "NEWEST_FIRST, 'is out of order'",
    "RULE_FORGETS_ROOM, 'wait for nothing'",
    "HIDDEN_BLOCK, 'grants and frees differ'",
    "RING_TOO_LARGE, ': ring p0/vf0/rx0 has'"
  })
  void a_law_finds_what_was_planted(Defect defect, String said) {
    assertThat(violations(defect)).anySatisfy(violation -> assertThat(violation).contains(said));
  }

  @Test
  void the_laws_find_nothing_where_nothing_was_planted() {
    assertThat(violations(Defect.NONE)).isEmpty();
  }

  @Test
  void isolation_finds_a_share_that_two_machines_have() {
    List<QuotaStep> load = List.of(new QuotaStep(What.SEND, 1_442));
    assertThat(QuotaProperties.ofDb(load, 2_000, Defect.SHARED_SHARE))
        .isNotEqualTo(QuotaProperties.ofDb(List.of(), 2_000, Defect.SHARED_SHARE));
  }

  @Test
  void monotony_finds_a_rule_that_is_upside_down() {
    QuotaStep send = new QuotaStep(What.SEND, 1_442);
    List<QuotaStep> load = List.of(send, send);
    assertThat(QuotaProperties.delivered(load, 4_000, Defect.RULE_UPSIDE_DOWN))
        .isLessThan(QuotaProperties.delivered(load, 1_000, Defect.RULE_UPSIDE_DOWN));
  }

  // ---- the twin ----

  private enum Wrong {
    EXACT_FIT_REFUSED,
    SMALL_ONES_OVERTAKE,
    HIGHER_LIMIT_WAKES_NOBODY,
    OVERSIZE_WAITS,
    BLOCKS_LEAK,
    FAILOVER_TAKES_GRANTS_AWAY
  }

  private static QuotaTwin twin(Wrong wrong) {
    return new QuotaTwin(2_000, 4) {
      @Override
      protected boolean fits(long inUse, long amount, long most) {
        boolean strict = wrong == Wrong.EXACT_FIT_REFUSED;
        return inUse + amount < most + (strict ? 0 : 1);
      }

      @Override
      protected boolean mayOvertake() {
        return wrong == Wrong.SMALL_ONES_OVERTAKE;
      }

      @Override
      protected boolean wakesAtHigherLimit() {
        return wrong != Wrong.HIGHER_LIMIT_WAKES_NOBODY;
      }

      @Override
      protected boolean dropsWhatNeverFits() {
        return wrong != Wrong.OVERSIZE_WAITS;
      }

      @Override
      protected long leak() {
        return wrong == Wrong.BLOCKS_LEAK ? 1 : 0;
      }

      @Override
      protected boolean keepsGrantsAtFailover() {
        return wrong != Wrong.FAILOVER_TAKES_GRANTS_AWAY;
      }
    };
  }

  private static List<QuotaStep> tight(int number) {
    List<QuotaStep> script = new ArrayList<>(script(number));
    script.add(new QuotaStep(What.LIMIT, 1_000 + 60 * (number % 3)));
    script.add(new QuotaStep(What.RELEASE, 99));
    script.add(new QuotaStep(What.SEND, 1_000));
    script.add(new QuotaStep(What.SEND, 1_200));
    return script;
  }

  private static int disagreements(QuotaTwin[] twins) {
    int found = 0;
    for (int i = 0; i < twins.length; i++) {
      try (QuotaActions.Pair pair = new QuotaActions.Pair(twins[i], 4)) {
        tight(i).forEach(pair::apply);
      } catch (AssertionError e) {
        found++;
      }
    }
    return found;
  }

  @ParameterizedTest
  @EnumSource
  void the_comparison_with_a_twin_finds_what_is_wrong_with_it(Wrong wrong) {
    QuotaTwin[] twins = new QuotaTwin[40];
    for (int i = 0; i < twins.length; i++) {
      twins[i] = twin(wrong);
    }
    assertThat(disagreements(twins)).isPositive();
  }

  @Test
  void a_twin_that_is_right_agrees() {
    QuotaTwin[] twins = new QuotaTwin[40];
    for (int i = 0; i < twins.length; i++) {
      twins[i] = new QuotaTwin(2_000, 4);
    }
    assertThat(disagreements(twins)).isZero();
  }
}
