// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.jqwik.model.MonitorStep.What;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

class MonitorActionsProperties {

  @Provide
  Arbitrary<ActionChain<MonitorActions.Pair>> polling() {
    return Arbitraries.integers()
        .between(0, 6)
        .flatMap(slots -> MonitorActions.chains(slots, 4, 0));
  }

  @Provide
  Arbitrary<ActionChain<MonitorActions.Pair>> interrupts() {
    return Arbitraries.integers()
        .between(1, 4)
        .flatMap(threshold -> MonitorActions.chains(5, 4, threshold));
  }

  @Property(tries = 150)
  void lab_and_twin_agree_when_the_application_polls(
      @ForAll("polling") ActionChain<MonitorActions.Pair> chain) {
    chain.run().close();
  }

  @Property(tries = 150)
  void lab_and_twin_agree_when_packets_come_by_themselves(
      @ForAll("interrupts") ActionChain<MonitorActions.Pair> chain) {
    chain.run().close();
  }

  @Example
  void a_twin_with_one_slot_more_disagrees_with_the_lab() {
    try (MonitorActions.Pair pair = new MonitorActions.Pair(2, 4, 1, new MonitorTwin(3, 4, 1))) {
      assertThatThrownBy(() -> pair.apply(new MonitorStep(What.SEND_WATCHED, 3)))
          .hasMessage(
              "after 'send 3 watched' the content of the memory is [1, 2], expected [1, 2, 3]");
    }
  }
}
