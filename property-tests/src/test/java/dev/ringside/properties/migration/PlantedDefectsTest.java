// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.jqwik.model.MigrationStep;
import dev.ringside.jqwik.model.MigrationStep.What;
import dev.ringside.jqwik.scenario.ChassisTopology;
import dev.ringside.jqwik.scenario.ChassisTopology.Guest;
import dev.ringside.migration.MigrationConfig;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each law can be broken: it finds what was planted, and nothing where nothing was. */
class PlantedDefectsTest {

  /** vm1 and vm2 of A on b1, vm3 of B on b2, vm4 and vm5 of C on b3 and b4. */
  private static final ChassisTopology TOPOLOGY =
      ChassisTopology.of(
          4,
          1,
          new Guest(0, 0),
          new Guest(0, 0),
          new Guest(1, 1),
          new Guest(2, 2),
          new Guest(3, 2));

  private static final MigrationStep MOVE =
      new MigrationStep(What.MOVE, 0, 1, MigrationConfig.DEFAULT);

  private enum Law {
    PLACE(MigrationLaws::oneIsOnOneBlade),
    ADDRESSES(MigrationLaws::addressesStay),
    REACHES(MigrationLaws::joinedReachEachOtherInside),
    OWN_ADDRESSES(MigrationLaws::routersHaveAddressesOfTheirOwn),
    NEED(MigrationLaws::oneRouterForThoseWhoNeedIt),
    TABLES(MigrationLaws::tablesAreRight),
    OTHERS(MigrationLaws::othersAreLeftAlone);

    private final Function<Bench, List<String>> violations;

    Law(Function<Bench, List<String>> violations) {
      this.violations = violations;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TWICE, PLACE",
    "OTHER_MAC, ADDRESSES",
    "NOT_RESUMED, REACHES",
    "ROUTES_LOST, REACHES",
    "ADDRESS_OF_STATION, OWN_ADDRESSES",
    "ADDRESS_OUTSIDE, OWN_ADDRESSES",
    "TABLE_WRONG, TABLES",
    "OTHER_LED_ASTRAY, OTHERS"
  })
  void a_defect_is_found_and_its_absence_is_not(Defect defect, Law law) {
    assertThat(violations(defect, law)).isNotEmpty();
    assertThat(violations(Defect.NONE, law)).isEmpty();
  }

  private static List<String> violations(Defect defect, Law law) {
    try (Bench bench = new Bench(TOPOLOGY, defect)) {
      return law.violations.apply(bench.run(List.of(MOVE)));
    }
  }

  @Test
  void a_migration_that_is_undone_by_half_is_found() {
    List<MigrationStep> script =
        List.of(new MigrationStep(What.FAIL, 1, 0, MigrationConfig.DEFAULT), MOVE);
    try (Bench bench = new Bench(TOPOLOGY, Defect.UNDONE_BY_HALF);
        Bench right = new Bench(TOPOLOGY, Defect.NONE)) {
      assertThat(MigrationLaws.whatIsUndoneHasNotBeen(bench.run(script))).hasSize(1);
      assertThat(MigrationLaws.whatIsUndoneHasNotBeen(right.run(script))).isEmpty();
    }
  }

  @Test
  void addresses_that_a_router_still_has_are_found() {
    try (Bench bench = new Bench(TOPOLOGY, Defect.NONE)) {
      assertThat(MigrationLaws.addressesComeBack(bench.run(List.of(MOVE)))).hasSize(2);
      assertThat(MigrationLaws.addressesComeBack(bench.goHome())).isEmpty();
    }
  }
}
