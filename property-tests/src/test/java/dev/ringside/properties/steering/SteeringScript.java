// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.steering;

import dev.ringside.jqwik.Attack;
import dev.ringside.jqwik.AttackMix;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What happens to a host, step by step. */
record SteeringScript(List<Step> steps) {

  /** Kinds of steps; they shrink towards the first. */
  enum Kind {
    SEND,
    CONTAIN,
    REMOVE,
    FAIL_OVER
  }

  /** One step; the attack says which to contain or to remove. */
  record Step(Kind kind, Attack attack, AttackMix.Part part) {
    @Override
    public String toString() {
      return kind == Kind.SEND ? "send " + part : kind + " " + attack;
    }
  }

  static Arbitrary<SteeringScript> arbitrary() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(20, Kind.SEND),
            Tuple.of(4, Kind.CONTAIN),
            Tuple.of(2, Kind.REMOVE),
            Tuple.of(1, Kind.FAIL_OVER));
    Arbitrary<Attack> attacks = Arbitraries.of(Attack.values());
    Arbitrary<AttackMix.Part> parts =
        Combinators.combine(attacks.injectNull(0.3), Arbitraries.integers().between(0, 1 << 16))
            .as((attack, number) -> new AttackMix.Part(0, attack, number));
    return Combinators.combine(kinds, attacks, parts)
        .as(Step::new)
        .list()
        .ofMaxSize(60)
        .map(SteeringScript::new)
        .withoutEdgeCases();
  }
}
