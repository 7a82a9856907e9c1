// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

class QuotaActionsProperties {

  @Provide
  Arbitrary<ActionChain<QuotaActions.Pair>> chains() {
    return QuotaActions.chains(3_000, 4);
  }

  @Property(tries = 300)
  void lab_and_twin_agree(@ForAll("chains") ActionChain<QuotaActions.Pair> chain) {
    chain.run().close();
  }

  @Example
  void a_twin_that_is_wrong_is_told_what_differs() {
    QuotaTwin refusing =
        new QuotaTwin(120, 4) {
          @Override
          protected boolean fits(long inUse, long amount, long most) {
            return inUse + amount < most;
          }
        };
    try (QuotaActions.Pair pair = new QuotaActions.Pair(refusing, 4)) {
      pair.apply(new QuotaStep(QuotaStep.What.SEND, 60));
      assertThatThrownBy(() -> pair.apply(new QuotaStep(QuotaStep.What.REQUEST, 60)))
          .hasMessage("after 'request 60 bytes' the number of bytes in use is 120, expected 60");
    }
  }
}
