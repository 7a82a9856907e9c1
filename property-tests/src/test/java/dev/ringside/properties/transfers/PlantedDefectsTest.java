// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.jqwik.model.TransferStep;
import dev.ringside.jqwik.model.TransferStep.What;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each law can be broken: it finds what was planted, and nothing where nothing was. */
class PlantedDefectsTest {

  private static final int SCRIPTS = 12;
  private static final int STEPS = 20;

  private enum Law {
    ONCE(TransferLaws::bytesArriveOnce),
    TABLE(TransferLaws::protocolsFollowTheTable),
    INSIDE(TransferLaws::chassisTrafficStaysInside),
    TCP(TransferLaws::tcpIsForTheNetwork),
    UNITS(TransferLaws::unitsAreFew),
    CREDITS(TransferLaws::chunksHaveBuffers),
    VERSION(TransferLaws::changesAreSeenBeforeTheNextUnit),
    COST(TransferLaws::theCheapestIsChosen),
    RELAY(TransferLaws::relaysAlterNothing),
    LOOKUP(TransferLaws::lookupsAgree);

    private final Function<Bench, List<String>> violations;

    Law(Function<Bench, List<String>> violations) {
      this.violations = violations;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MESSAGE_CHANGED, ONCE",
    "STICKY_POLICY, TABLE",
    "ALWAYS_TCP, TABLE",
    "OTHER_WAY_OUT, INSIDE",
    "ALWAYS_TCP, TCP",
    "JUMBO, UNITS",
    "SECRET_POST, CREDITS",
    "STALE_VERSION, VERSION",
    "STICKY_POLICY, COST",
    "MESSAGE_CHANGED, RELAY",
    "ONE_WAY, LOOKUP"
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
    try (Bench run = new Bench(defect, 0)) {
      return law.violations.apply(run.run(script(law, seed)).settle());
    }
  }

  /** A long message over the interconnect, one to the network, a move, and then anything. */
  private static List<TransferStep> script(Law law, int seed) {
    SeededRandom random = new Seed(seed).stream("script");
    List<TransferStep> script = new ArrayList<>();
    script.add(new TransferStep(What.START, 0, 2, law == Law.RELAY ? 30_003 : 30_001));
    script.add(new TransferStep(What.START, 0, law == Law.INSIDE ? 1 : 3, 20_002));
    What moves = law == Law.CREDITS ? What.ALLOW : What.MOVE;
    script.add(new TransferStep(moves, 2, 0, 0));
    What[] choice = {What.ALLOW, What.ALLOW, What.ALLOW, moves, What.POST};
    for (int i = 0; i < STEPS; i++) {
      What what = choice[random.nextInt(choice.length)];
      int vm = random.nextInt(3);
      int blade = random.nextInt(law == Law.INSIDE ? 2 : 4);
      script.add(new TransferStep(what, vm, blade, random.nextInt(4)));
    }
    return script;
  }
}
