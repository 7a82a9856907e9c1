// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.model.FailoverActions;
import dev.ringside.jqwik.model.FailoverTwin;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Step;
import dev.ringside.properties.failover.Bench.Defect;
import dev.ringside.trace.JournalEntry;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each property can fail: it finds what was planted, and nothing where nothing was. */
class PlantedDefectsTest {

  private static final int SCRIPTS = 50;

  /** The laws over the journal, by the numbers of their properties. */
  private enum Law {
    ONE_ACTIVE(JournalLaws::oneActive),
    MAPPED_TO_THE_ACTIVE(JournalLaws::mappedToTheActive),
    STEPS_IN_ORDER(JournalLaws::stepsInOrder),
    SILENT_WHEN_INACTIVE(JournalLaws::silentWhenInactive);

    private final Function<List<JournalEntry>, List<String>> violations;

    Law(Function<List<JournalEntry>, List<String>> violations) {
      this.violations = violations;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NIC_STAYS_ACTIVE, ONE_ACTIVE",
    "GUEST_KEEPS_ITS_MAPPING, MAPPED_TO_THE_ACTIVE",
    "GUEST_IS_MAPPED_TO_ANY_NIC, MAPPED_TO_THE_ACTIVE",
    "GUEST_KEEPS_ITS_MAPPING, STEPS_IN_ORDER",
    "GUEST_IS_MAPPED_TO_ANY_NIC, STEPS_IN_ORDER",
    "NIC_SENDS_WHEN_INACTIVE, SILENT_WHEN_INACTIVE"
  })
  void a_defect_is_found_and_its_absence_is_not(Defect defect, Law law) {
    int found = 0;
    for (int seed = 0; seed < SCRIPTS; seed++) {
      found += law.violations.apply(Bench.journal(defect, seed)).isEmpty() ? 0 : 1;
      assertThat(law.violations.apply(Bench.journal(Defect.NONE, seed))).isEmpty();
    }
    assertThat(found).isGreaterThan(SCRIPTS / 2);
  }

  @Test
  void a_violation_tells_the_line_and_the_state() {
    List<JournalEntry> journal = Bench.journal(Defect.NIC_STAYS_ACTIVE, 1);

    assertThat(JournalLaws.oneActive(journal).get(0))
        .matches("0 ns  h1: [a-z ]+ p\\d.* with \\[p\\d, p\\d.*]");
  }

  @Test
  void a_twin_with_one_function_more_disagrees_with_the_lab() {
    LabTopology topology = LabTopology.of(2, 1, VmSpec.named("vm1"), VmSpec.named("vm2"));
    LabTopology other = LabTopology.of(2, 2, VmSpec.named("vm1"), VmSpec.named("vm2"));
    try (FailoverActions.Pair pair =
        new FailoverActions.Pair(Lab.of(topology), new FailoverTwin(other))) {
      assertThatThrownBy(() -> pair.apply(new Step(1, Action.FAIL, "p0", "", 0)))
          .hasMessage("after 'fail p0' the direct access of vm2 is null, expected p1");
    }
  }
}
