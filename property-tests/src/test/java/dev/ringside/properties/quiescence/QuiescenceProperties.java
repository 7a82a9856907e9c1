// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.quiescence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.jqwik.LabPerTry;
import dev.ringside.jqwik.RingsideDomain;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

/** Law 3: an operation returns when all that it causes at the present time has happened. */
@LabPerTry
@Domain(RingsideDomain.class)
class QuiescenceProperties {

  @Property
  void nothing_more_happens_before_time_passes(@ForAll Scenario scenario, Lab lab) {
    scenario.run(lab, step -> assertThat(late(lab)).as("after %s", step).isEmpty());
  }

  @Property
  void time_passes_only_when_a_script_says_so(@ForAll Scenario scenario, Lab lab) {
    List<Duration> times = new ArrayList<>(List.of(lab.elapsed()));
    scenario.run(
        lab,
        step -> {
          Duration before = times.get(times.size() - 1);
          boolean waits = step.action() == Action.ADVANCE || step.action() == Action.FLAP;
          if (!waits) {
            assertThat(lab.elapsed()).isEqualTo(before);
          }
          assertThat(lab.elapsed()).isGreaterThanOrEqualTo(before);
          times.add(lab.elapsed());
        });
  }

  private static String late(Lab lab) {
    String before = lab.journal().toText();
    lab.advance(Duration.ZERO);
    return lab.journal().toText().substring(before.length());
  }

  @Test
  void an_event_that_was_left_behind_is_found() {
    try (Lab lab = Lab.open()) {
      lab.world().schedule(0, () -> lab.note("late"));
      assertThat(late(lab)).isEqualTo("             0 ns  test: note late\n");
    }
  }
}
