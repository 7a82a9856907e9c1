// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.jqwik.model.MonitorStep;
import dev.ringside.jqwik.model.MonitorStep.What;
import dev.ringside.monitor.Verdict;
import dev.ringside.properties.monitoring.Bench.Shape;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each law can be broken: it finds what was planted, and nothing where nothing was. */
class PlantedDefectsTest {

  private static final int SCRIPTS = 30;
  private static final int STEPS = 20;

  private enum Law {
    RINGS(MonitoringLaws::ringsGetWhatIsTheirs),
    STRAIGHT(MonitoringLaws::capturedStraight),
    BATCHES(MonitoringLaws::batchesAreAsLongAsTheyCan),
    ORDER(MonitoringLaws::orderIsKept),
    BRIDGED(MonitoringLaws::theRestIsBridged),
    PASSED(MonitoringLaws::watchedLeavesOnlyIfPassed),
    SLOTS(MonitoringLaws::slotsAreSafe),
    PARTITION(MonitoringLaws::everyPacketIsInOneRing),
    REMOVED(MonitoringLaws::bridgesAllWithoutRule),
    WATCHED_ONLY(MonitoringLaws::applicationSeesWatchedOnly);

    private final Function<Bench, List<String>> violations;

    Law(Function<Bench, List<String>> violations) {
      this.violations = violations;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RULE_TOO_WIDE, RINGS",
    "RULE_TAKEN_OVER, RINGS",
    "DETOUR, STRAIGHT",
    "BATCH_TOO_SHORT, BATCHES",
    "WIRE_REORDERS, ORDER",
    "WIRE_CORRUPTS, BRIDGED",
    "WIRE_LOSES, BRIDGED",
    "WIRE_DOUBLES, BRIDGED",
    "CONSUMED_GOES_ON, PASSED",
    "SLOT_FREED_EARLY, SLOTS",
    "STEERED_AWAY, PARTITION",
    "RULE_STAYS, REMOVED",
    "RULE_TOO_WIDE, WATCHED_ONLY"
  })
  void a_defect_is_found_and_its_absence_is_not(Defect defect, Law law) {
    Shape shape = new Shape(8, 8, law == Law.BATCHES);
    int found = 0;
    for (int seed = 0; seed < SCRIPTS; seed++) {
      found += violations(shape, defect, law, seed).isEmpty() ? 0 : 1;
      assertThat(violations(shape, Defect.NONE, law, seed)).isEmpty();
    }
    assertThat(found).isGreaterThan(SCRIPTS / 3);
  }

  private static List<String> violations(Shape shape, Defect defect, Law law, int seed) {
    try (Bench run = new Bench(shape, defect)) {
      return law.violations.apply(run.run(script(seed, What.values())));
    }
  }

  @Test
  void a_monitor_that_uses_the_second_card_changes_when_the_rest_leaves() {
    Shape shape = new Shape(8, 8, false);
    int found = 0;
    for (int seed = 0; seed < SCRIPTS; seed++) {
      List<MonitorStep> script = script(seed, What.SEND_WATCHED, What.SEND_OTHERS, What.CONSUME);
      found += changes(shape, Defect.CONSUMED_GOES_ON, script).isEmpty() ? 0 : 1;
      assertThat(changes(shape, Defect.NONE, script)).isEmpty();
    }
    assertThat(found).isGreaterThan(SCRIPTS / 3);
  }

  private static List<String> changes(Shape shape, Defect defect, List<MonitorStep> script) {
    try (Bench loaded = new Bench(shape.slow(false), defect);
        Bench quiet = new Bench(shape.slow(true), defect)) {
      return MonitoringLaws.restIsAsWithoutLoad(loaded.run(script), quiet.run(script));
    }
  }

  @Test
  void a_verdict_that_is_not_carried_out_is_found() {
    Shape shape = new Shape(8, 8, false).releasing(Verdict.REINJECT);
    try (Bench run = new Bench(shape, Defect.WIRE_LOSES)) {
      run.run(List.of(new MonitorStep(What.SEND_WATCHED, 3), new MonitorStep(What.REINJECT, 3)));
      assertThat(MonitoringLaws.watchedLeavesOnlyIfPassed(run))
          .containsExactly("2 left 0 times, expected 1");
    }
  }

  /** Starts with packets of both kinds, ends with a rule that is removed and packets after it. */
  private static List<MonitorStep> script(int seed, What... choice) {
    SeededRandom random = new Seed(seed).stream("script");
    List<MonitorStep> script = new ArrayList<>();
    script.add(new MonitorStep(What.SEND_OTHERS, 4));
    script.add(new MonitorStep(What.SEND_WATCHED, 4));
    for (int i = 0; i < STEPS; i++) {
      What what = choice[random.nextInt(choice.length)];
      boolean end = what == What.DIE || what == What.STOP;
      script.add(new MonitorStep(end ? What.SEND_WATCHED : what, random.nextInt(6)));
    }
    if (choice.length == What.values().length) {
      script.add(new MonitorStep(What.STOP, 0));
      script.add(new MonitorStep(What.SEND_WATCHED, 2));
    }
    return script;
  }
}
