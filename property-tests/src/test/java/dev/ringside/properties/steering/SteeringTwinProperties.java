// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.steering;

import dev.ringside.jqwik.model.SteeringActions;
import dev.ringside.jqwik.model.SteeringStep;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Attacks that come, overlap, are contained, end, and cards that fail: as the naive twin says. */
class SteeringTwinProperties {

  @Provide
  Arbitrary<List<SteeringStep>> scripts() {
    return SteeringActions.steps().list().ofMaxSize(60).withoutEdgeCases();
  }

  @Property
  void every_packet_ends_where_the_twin_says(
      @ForAll("scripts") List<SteeringStep> script,
      @ForAll boolean direct,
      @ForAll @IntRange(max = 3) int rings,
      @ForAll @IntRange(max = 8) int capacity) {
    try (SteeringActions.Pair pair = new SteeringActions.Pair(direct, rings, capacity)) {
      script.forEach(pair::apply);
    }
  }
}
