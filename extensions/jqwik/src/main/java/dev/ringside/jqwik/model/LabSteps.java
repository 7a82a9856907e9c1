// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.jqwik.Scenarios;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Step;
import java.util.Set;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.state.Action.Independent;
import net.jqwik.api.state.Transformer;

/** Any step of these kinds, taken by a lab and its twin. */
record LabSteps<P>(LabTopology topology, Set<Action> actions, BiConsumer<P, Step> apply)
    implements Independent<P> {

  @Override
  public Arbitrary<Transformer<P>> transformer() {
    return Scenarios.steps(topology, actions)
        .map(step -> Transformer.mutate(step.toString(), pair -> apply.accept(pair, step)));
  }
}
