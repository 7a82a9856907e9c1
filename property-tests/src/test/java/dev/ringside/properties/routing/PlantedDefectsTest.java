// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
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
  private static final int STEPS = 40;
  private static final int FAR = 0xcb00_7100;

  private enum Law {
    WAY(RoutingLaws::longestPrefixCounts),
    HOPS(RoutingLaws::oneHopLess),
    CONTENTS(RoutingLaws::contentsStay),
    ERRORS(RoutingLaws::sendersAreTold),
    PIECES(RoutingLaws::piecesFit);

    private final Function<Bench, List<String>> violations;

    Law(Function<Bench, List<String>> violations) {
      this.violations = violations;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PREFIX_TOO_SHORT, WAY",
    "ROUTE_STAYS, WAY",
    "ROUTE_IGNORED, WAY",
    "HOPS_UNTOUCHED, HOPS",
    "HOPS_TWICE, HOPS",
    "CHECKSUM_STALE, CONTENTS",
    "SOURCE_REPLACED, CONTENTS",
    "PAYLOAD_CHANGED, CONTENTS",
    "FRAGMENTS_LOST, CONTENTS",
    "ERRORS_LOST, ERRORS",
    "ERRORS_OF_OTHER_CODE, ERRORS",
    "ERRORS_TWICE, ERRORS",
    "MTU_IGNORED, PIECES",
    "FRAGMENTS_LOST, PIECES"
  })
  void a_defect_is_found_and_its_absence_is_not(Defect defect, Law law) {
    int found = 0;
    for (int seed = 0; seed < SCRIPTS; seed++) {
      List<Step> script = script(seed);
      found += law.violations.apply(new Bench(defect).run(script)).isEmpty() ? 0 : 1;
      assertThat(law.violations.apply(new Bench(Defect.NONE).run(script))).isEmpty();
    }
    assertThat(found).isGreaterThan(SCRIPTS / 3);
  }

  private static List<Step> script(int seed) {
    SeededRandom random = new Seed(seed).stream("script");
    List<Step> script = new ArrayList<>();
    List<IpPrefix> added = new ArrayList<>();
    script.add(new Step.SetMtu(2, 576));
    for (int i = 0; i < STEPS; i++) {
      int gateway = random.nextInt(Stations.ALL);
      IpPrefix prefix =
          IpPrefix.around(new Ipv4Address(FAR | random.nextInt(8)), 28 + random.nextInt(5));
      switch (random.nextInt(6)) {
        case 0 -> {
          script.add(new Step.AddRoute(prefix, gateway));
          added.add(prefix);
        }
        case 1 -> {
          if (!added.isEmpty()) {
            script.add(new Step.RemoveRoute(added.remove(random.nextInt(added.size()))));
          }
        }
        default -> script.add(send(random));
      }
    }
    return script;
  }

  private static Step send(SeededRandom random) {
    int from = random.nextInt(2);
    IpAddress to =
        random.nextInt(2) == 0
            ? new Ipv4Address(FAR | random.nextInt(8))
            : Stations.address(
                1 + random.nextInt(2), 10 + random.nextInt(3), random.nextInt(3) > 0);
    return new Step.Send(
        from, to, random.nextInt(4) == 0 ? 1 : 64, random.nextInt(1_400), random.nextInt(3) == 0);
  }
}
