// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.jqwik.Attack;
import dev.ringside.jqwik.model.SteeringStep.What;
import dev.ringside.packet.Endpoint;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

class SteeringActionsProperties {

  @Provide
  Arbitrary<ActionChain<SteeringActions.Pair>> chains() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 8))
        .flatAs((direct, rings, capacity) -> SteeringActions.chains(direct, rings, capacity));
  }

  @Property(tries = 300)
  void lab_and_twin_agree_after_each_step(
      @ForAll("chains") ActionChain<SteeringActions.Pair> chain) {
    chain.run().close();
  }

  private enum Wrong {
    NONE,
    OLDEST_FIRST,
    FREED_RING_STAYS_FREE,
    RINGS_OUTLIVE_THEIR_CARD,
    FULL_RING_DROPS_OLDEST
  }

  /** One ring for one packet; a packet of the scan matches the signature of the flood, too. */
  private static final List<SteeringStep> SCRIPT =
      List.of(
          new SteeringStep(What.CONTAIN, Attack.SYN_SCAN, 0),
          new SteeringStep(What.CONTAIN, Attack.SYN_FLOOD, 0),
          new SteeringStep(What.SEND, Attack.SYN_SCAN, 2),
          new SteeringStep(What.SEND, Attack.SYN_SCAN, 1),
          new SteeringStep(What.SEND, Attack.SYN_SCAN, 3),
          new SteeringStep(What.SEND, null, 1),
          new SteeringStep(What.REMOVE, Attack.SYN_SCAN, 0),
          new SteeringStep(What.SEND, Attack.SYN_FLOOD, 4),
          new SteeringStep(What.DISCARD, Attack.SYN_FLOOD, 0),
          new SteeringStep(What.SEND, Attack.SYN_FLOOD, 5),
          new SteeringStep(What.FAIL_OVER, null, 0));

  private static SteeringTwin twin(Endpoint web, int rings, Wrong wrong) {
    return new SteeringTwin(web, false, rings, 1) {
      @Override
      protected boolean asksNewestFirst() {
        return wrong != Wrong.OLDEST_FIRST;
      }

      @Override
      protected boolean handsRingsOn() {
        return wrong != Wrong.FREED_RING_STAYS_FREE;
      }

      @Override
      protected boolean losesRingsAtFailover() {
        return wrong != Wrong.RINGS_OUTLIVE_THEIR_CARD;
      }

      @Override
      protected boolean dropsNewest() {
        return wrong != Wrong.FULL_RING_DROPS_OLDEST;
      }
    };
  }

  private static void run(int rings, Wrong wrong) {
    try (SteeringActions.Pair pair =
        new SteeringActions.Pair(false, rings, 1, web -> twin(web, rings, wrong))) {
      SCRIPT.forEach(pair::apply);
    }
  }

  @Example
  void a_twin_that_is_right_agrees() {
    run(1, Wrong.NONE);
    run(2, Wrong.NONE);
  }

  @Property
  void the_comparison_finds_what_is_wrong_with_a_twin(@ForAll Wrong wrong) {
    int rings = wrong == Wrong.OLDEST_FIRST ? 2 : 1;
    if (wrong != Wrong.NONE) {
      assertThatThrownBy(() -> run(rings, wrong)).isInstanceOf(AssertionError.class);
    }
  }

  @Example
  void a_disagreement_names_the_step() {
    assertThatThrownBy(() -> run(1, Wrong.FULL_RING_DROPS_OLDEST))
        .hasMessageMatching(
            "after 'send SYN_SCAN \\d' the content of ring 0 is \\[\\d+], expected \\[\\d+]");
  }

  @Example
  void steps_are_said_in_words() {
    assertThat(SCRIPT)
        .extracting(SteeringStep::toString)
        .contains(
            "contain SYN_SCAN",
            "send SYN_SCAN 2",
            "send good packet 1",
            "remove SYN_SCAN",
            "discard SYN_FLOOD",
            "fail over");
  }
}
