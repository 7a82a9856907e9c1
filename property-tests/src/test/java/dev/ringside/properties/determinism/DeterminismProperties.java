// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.jqwik.LabPerTry;
import dev.ringside.jqwik.RingsideDomain;
import dev.ringside.jqwik.scenario.Scenario;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

/** Law 2: same program, same seed, same journal. */
@LabPerTry
@Domain(RingsideDomain.class)
class DeterminismProperties {

  @Property
  void the_same_script_and_seed_give_the_same_journal(@ForAll Scenario scenario, Lab lab) {
    scenario.run(lab);
    try (Lab again = Lab.of(scenario)) {
      scenario.run(again);
      assertThat(again.journal().toText()).isEqualTo(lab.journal().toText());
    }
  }

  @Property
  void a_journal_does_not_depend_on_whether_anybody_looks(@ForAll Scenario scenario, Lab lab) {
    scenario.run(lab);
    try (Lab observed = Lab.of(scenario)) {
      scenario.run(
          observed,
          step -> {
            assertThat(observed.toString()).isNotEmpty();
            assertThat(observed.ledger().accounts().toString()).isNotEmpty();
          });
      assertThat(observed.journal().toText()).isEqualTo(lab.journal().toText());
    }
  }

  @Test
  void another_seed_gives_another_journal_where_chance_has_a_say() {
    String journal = RandomRun.journal(1);

    assertThat(RandomRun.journal(1)).isEqualTo(journal);
    assertThat(RandomRun.journal(2)).isNotEqualTo(journal);
  }
}
