// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import java.util.function.BiConsumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.state.Action.Independent;
import net.jqwik.api.state.Transformer;

/** Any of these steps, taken by a lab and its twin. */
record AnyStep<P, S>(Arbitrary<S> steps, BiConsumer<P, S> apply) implements Independent<P> {

  @Override
  public Arbitrary<Transformer<P>> transformer() {
    return steps.map(step -> Transformer.mutate(step.toString(), pair -> apply.accept(pair, step)));
  }
}
