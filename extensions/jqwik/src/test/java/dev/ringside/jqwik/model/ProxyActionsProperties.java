// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.jqwik.model.ProxyStep.What;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

class ProxyActionsProperties {

  @Provide
  Arbitrary<ActionChain<ProxyActions.Pair>> chains() {
    return ProxyActions.chains(3, 2, 0).withMaxTransformations(60);
  }

  @Provide
  Arbitrary<ActionChain<ProxyActions.Pair>> chainsUnderQuota() {
    return ProxyActions.chains(3, 1, 2).withMaxTransformations(60);
  }

  @Property(tries = 1000)
  void lab_and_twin_agree(@ForAll("chains") ActionChain<ProxyActions.Pair> chain) {
    chain.run().close();
  }

  @Property(tries = 1000)
  void lab_and_twin_agree_under_quota(
      @ForAll("chainsUnderQuota") ActionChain<ProxyActions.Pair> chain) {
    chain.run().close();
  }

  @Example
  void a_twin_that_is_wrong_is_told_what_differs() {
    ProxyTwin wasteful =
        new ProxyTwin(2, 4, 2) {
          @Override
          protected boolean fits(int used) {
            return used < 1;
          }
        };
    try (ProxyActions.Pair pair = new ProxyActions.Pair(2, 4, 2, wasteful)) {
      pair.apply(new ProxyStep(What.SEND, 0, 1, 1));
      assertThatThrownBy(() -> pair.apply(new ProxyStep(What.SEND, 0, 1, 1)))
          .hasMessage("after 'SEND 0>1 1' the content of channel vm0>vm1 is [], expected [2]");
    }
  }
}
