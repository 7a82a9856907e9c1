// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.proxies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.jqwik.model.ProxyStep;
import dev.ringside.jqwik.model.ProxyStep.What;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each law can be broken: it finds what was planted, and nothing where nothing was. */
class PlantedDefectsTest {

  private static final int SCRIPTS = 20;
  private static final int STEPS = 30;

  private enum Law {
    ONE(ProxyLaws::unicastsReachOne),
    PAIRS(ProxyLaws::everyPairHasItsChannels),
    SYMMETRY(ProxyLaws::tablesAreSymmetric),
    ORDER(ProxyLaws::pairsKeepOrder),
    BROADCASTS(ProxyLaws::broadcastsReachAllOnce),
    LOOPS(ProxyLaws::noLoops),
    CARDS(ProxyLaws::noCards),
    BYTES(ProxyLaws::bytesAreKept),
    BOUNDS(ProxyLaws::channelsAreBounded),
    DANGLING(ProxyLaws::noEntryDangles),
    ISOLATION(ProxyLaws::othersSeeNothing);

    private final Function<Bench, List<String>> violations;

    Law(Function<Bench, List<String>> violations) {
      this.violations = violations;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ADDRESS_MOVED, ONE",
    "CHANNELS_DROP, ONE",
    "OTHER_VLAN, PAIRS",
    "ANNOUNCEMENT_LOST, SYMMETRY",
    "OVERTAKEN, ORDER",
    "CHANNELS_DROP, BROADCASTS",
    "SPOOFED_BROADCAST, BROADCASTS",
    "HOST_SWITCH, LOOPS",
    "ANNOUNCEMENT_LOST, CARDS",
    "BYTES_CHANGED, BYTES",
    "SHRUNK, BOUNDS",
    "STALE_TABLES, DANGLING",
    "ADDRESS_MOVED, ISOLATION"
  })
  void a_defect_is_found_and_its_absence_is_not(Defect defect, Law law) {
    int found = 0;
    for (int seed = 0; seed < SCRIPTS; seed++) {
      found += violations(defect, law, seed).isEmpty() ? 0 : 1;
      assertThat(violations(Defect.NONE, law, seed)).isEmpty();
    }
    assertThat(found).isGreaterThan(SCRIPTS / 3);
  }

  private static List<String> violations(Defect defect, Law law, int seed) {
    try (Bench run = new Bench(defect, 2)) {
      return law.violations.apply(run.run(script(seed)).settle());
    }
  }

  /** The first sends to the second, somebody is paused, and at the end the last one goes. */
  private static List<ProxyStep> script(int seed) {
    SeededRandom random = new Seed(seed).stream("script");
    List<ProxyStep> script = new ArrayList<>();
    script.add(new ProxyStep(What.SEND, 0, 1, 2));
    script.add(new ProxyStep(What.BROADCAST, 0, 1, 1));
    script.add(new ProxyStep(What.PAUSE, 1, 0, 0));
    script.add(new ProxyStep(What.SEND, 0, 1, 3));
    script.add(new ProxyStep(What.BROADCAST, 0, 1, 1));
    What[] choice = {
      What.SEND, What.SEND, What.SEND, What.BROADCAST, What.PAUSE, What.RESUME, What.HOLD, What.POLL
    };
    for (int i = 0; i < STEPS; i++) {
      int from = random.nextInt(Bench.VMS);
      int to = (from + 1 + random.nextInt(Bench.VMS - 1)) % Bench.VMS;
      script.add(new ProxyStep(choice[random.nextInt(choice.length)], from, to, random.nextInt(5)));
    }
    script.add(new ProxyStep(What.LEAVE, Bench.VMS - 1, 0, 0));
    return script;
  }
}
