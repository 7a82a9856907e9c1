// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.jqwik.MigrationArbitraries;
import dev.ringside.jqwik.model.MigrationStep.What;
import dev.ringside.jqwik.scenario.ChassisTopology;
import dev.ringside.jqwik.scenario.ChassisTopology.Guest;
import dev.ringside.migration.MigrationConfig;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

class MigrationActionsProperties {

  private static final ChassisTopology TWO =
      ChassisTopology.of(2, 1, new Guest(0, 0), new Guest(1, 1));

  @Provide
  Arbitrary<ActionChain<MigrationActions.Pair>> chains() {
    return MigrationArbitraries.topologies().flatMap(MigrationActions::chains);
  }

  @Property(tries = 300)
  void lab_and_twin_agree_after_each_step(
      @ForAll("chains") ActionChain<MigrationActions.Pair> chain) {
    chain.run().close();
  }

  @Example
  void a_twin_that_knows_of_no_addresses_disagrees_with_the_lab() {
    Lab lab = Lab.of(TWO);
    MigrationTwin poor = new MigrationTwin(TWO, List.of(0, 0, 0), 0);
    try (MigrationActions.Pair pair = new MigrationActions.Pair(TWO, lab, poor)) {
      assertThatThrownBy(
              () -> pair.apply(new MigrationStep(What.MOVE, 0, 1, MigrationConfig.DEFAULT)))
          .hasMessage("after 'move vm1 to b2' the place of vm1 is [b2], expected [b1]");
    }
  }
}
