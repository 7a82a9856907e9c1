// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.jqwik.model.TransferStep.What;
import dev.ringside.transfer.Media;
import dev.ringside.transfer.Protocol;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

class TransferActionsProperties {

  @Provide
  Arbitrary<ActionChain<TransferActions.Pair>> chains() {
    return TransferActions.chains(3).withMaxTransformations(50);
  }

  @Property(tries = 300)
  void lab_and_twin_agree(@ForAll("chains") ActionChain<TransferActions.Pair> chain) {
    chain.run().close();
  }

  @Example
  void a_twin_that_is_wrong_is_told_what_differs() {
    TransferTwin stubborn =
        new TransferTwin(TransferActions.Pair.places(3), 2, 1_000) {
          @Override
          protected Protocol protocolFor(Set<Media> media) {
            return Protocol.TCP_IP;
          }
        };
    try (TransferActions.Pair pair = new TransferActions.Pair(3, stubborn)) {
      assertThatThrownBy(() -> pair.apply(new TransferStep(What.START, 0, 2, 5_000)))
          .hasMessage(
              "after 'START 0 2 5000' the parts of transfer 0 is [RDMA from 0: 0], expected"
                  + " [TCP_IP from 0: 0]");
    }
  }
}
