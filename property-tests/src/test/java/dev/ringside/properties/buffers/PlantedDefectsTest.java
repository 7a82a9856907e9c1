// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.buffers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.jqwik.model.BufferActions;
import dev.ringside.jqwik.model.BufferRule;
import dev.ringside.jqwik.model.BufferStep;
import dev.ringside.memory.BufferOffer;
import dev.ringside.memory.BufferOffers;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.TransmitBufferPolicy;
import dev.ringside.properties.buffers.BufferLaws.Policies;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each law can be broken: it finds what was planted, and nothing where nothing was. */
class PlantedDefectsTest {

  private static final int SCRIPTS = 40;
  private static final int STEPS = 30;

  /** What can be wrong with a policy. */
  private enum Defect {
    NONE,
    /** Takes the dearest. */
    DEAREST,
    /** Does not look at the distance of the NIC. */
    BLIND_TO_NIC,
    /** Does not look at where the application is. */
    BLIND_TO_APPLICATION,
    /** Takes the last of equal ones. */
    OTHER_TIE,
    /** Waits every third time although there is a buffer. */
    RELUCTANT,
    /** Does not choose the same way twice. */
    MOODY;

    private static int calls;

    TransmitBufferPolicy spoil(BufferRule rule) {
      return switch (this) {
        case NONE -> rule.policy();
        case DEAREST -> offers -> offers.least(offer -> -cost(rule, offer));
        case BLIND_TO_NIC -> offers -> offers.least(BufferOffer::fromApplication);
        case BLIND_TO_APPLICATION -> offers -> offers.least(BufferOffer::toNic);
        case OTHER_TIE -> offers -> last(rule, offers);
        case RELUCTANT -> offers -> calls++ % 3 == 0 ? null : rule.policy().choose(offers);
        case MOODY -> offers -> offers.get(calls++ % offers.size());
      };
    }

    private static long cost(BufferRule rule, BufferOffer offer) {
      return 1_000L * rule.cost(offer.fromApplication(), offer.toNic())
          + rule.tie(offer.fromApplication(), offer.toNic());
    }

    private static @Nullable BufferOffer last(BufferRule rule, BufferOffers offers) {
      BufferOffer last = null;
      for (int i = 0; i < offers.size(); i++) {
        BufferOffer offer = offers.get(i);
        last = last == null || cost(rule, offer) <= cost(rule, last) ? offer : last;
      }
      return last;
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Defect.class,
      names = {"DEAREST", "BLIND_TO_NIC", "BLIND_TO_APPLICATION", "OTHER_TIE", "MOODY"})
  void brute_force_finds_a_choice_that_is_not_the_best(Defect defect) {
    assertThat(found((nodes, script) -> BufferLaws.asTwin(nodes, defect::spoil, script)))
        .isGreaterThan(SCRIPTS / 8);
    assertThat(found((nodes, script) -> BufferLaws.asTwin(nodes, Defect.NONE::spoil, script)))
        .isZero();
  }

  @Test
  void waits_while_buffers_are_free_are_found() {
    Policies reluctant = Defect.RELUCTANT::spoil;
    assertThat(found((nodes, script) -> BufferLaws.firstComeFirstServed(nodes, reluctant, script)))
        .isGreaterThan(SCRIPTS / 8);
  }

  @Test
  void choices_that_differ_from_run_to_run_are_found() {
    Policies moody = Defect.MOODY::spoil;
    assertThat(found((nodes, script) -> BufferLaws.deterministic(nodes, moody, script)))
        .isGreaterThan(SCRIPTS / 8);
  }

  @ParameterizedTest
  @CsvSource({
    "DEAREST, NEAR_APP",
    "DEAREST, NEAR_NIC",
    "BLIND_TO_NIC, NEAR_NIC",
    "BLIND_TO_NIC, JOINT",
    "BLIND_TO_APPLICATION, NEAR_APP",
    "BLIND_TO_APPLICATION, ONE_QUARTER"
  })
  void a_choice_that_costs_more_than_the_least_is_found(Defect defect, BufferRule rule) {
    int found = 0;
    for (int seed = 0; seed < 5 * SCRIPTS; seed++) {
      NumaTopology nodes = nodes(new Seed(seed).stream("nodes"), 4);
      found += BufferLaws.optimal(Choice.of(nodes, rule, defect.spoil(rule))).size();
    }
    assertThat(found).isGreaterThan(SCRIPTS / 8);
  }

  @Test
  void a_place_that_is_not_the_real_one_is_found() {
    NumaTopology nodes = NumaTopology.nodes(2);
    assertThat(BufferLaws.realLocation(new Choice(nodes, BufferRule.JOINT, 0, 1))).hasSize(1);
  }

  @Test
  void a_policy_that_pays_for_what_it_does_not_weigh_or_more_for_more_is_found() {
    NumaTopology near = NumaTopology.nodes(2).applications(0, "web");
    Choice good = new Choice(near, BufferRule.NEAR_APP, 0, 0);
    Choice bad = new Choice(near, BufferRule.NEAR_APP, 1, 1);
    assertThat(BufferLaws.costs(good, bad, false)).hasSize(1);
    assertThat(BufferLaws.costs(bad, good, true)).hasSize(1);
    assertThat(BufferLaws.costs(good, bad, true)).isEmpty();
  }

  // ---- scripts ----

  private interface Law {
    List<String> violations(NumaTopology nodes, List<BufferStep> script);
  }

  private static int found(Law law) {
    int found = 0;
    for (int seed = 0; seed < SCRIPTS; seed++) {
      SeededRandom random = new Seed(seed).stream("script");
      found += law.violations(nodes(random, 3), script(random)).isEmpty() ? 0 : 1;
    }
    return found;
  }

  private static NumaTopology nodes(SeededRandom random, int number) {
    NumaTopology nodes = NumaTopology.nodes(number);
    for (int from = 0; from < number; from++) {
      nodes = nodes.buffers(from, 1 + random.nextInt(3));
      for (int to = 0; to < number; to++) {
        nodes = from == to ? nodes : nodes.distance(from, to, 11 + 15 * random.nextInt(3));
      }
    }
    return nodes
        .nics(random.nextInt(number), "p0")
        .nics(random.nextInt(number), "p1")
        .applications(random.nextInt(number), "web");
  }

  private static List<BufferStep> script(SeededRandom random) {
    List<BufferStep> script = new ArrayList<>();
    BufferStep.What[] kinds = BufferStep.What.values();
    for (int i = 0; i < STEPS; i++) {
      BufferStep.What what =
          random.nextInt(2) == 0 ? BufferStep.What.REQUEST : kinds[random.nextInt(kinds.length)];
      BufferRule rule = BufferRule.values()[random.nextInt(BufferRule.values().length)];
      boolean end = what == BufferStep.What.END;
      script.add(
          new BufferStep(
              end ? BufferStep.What.TRY : what,
              BufferActions.APPLICATIONS.get(random.nextInt(2)),
              random.nextInt(12),
              rule));
    }
    return script;
  }
}
