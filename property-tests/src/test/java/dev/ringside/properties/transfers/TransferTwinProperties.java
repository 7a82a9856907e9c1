// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.transfers;

import dev.ringside.jqwik.model.TransferActions;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

/** Transfers get exactly as far as a naive twin says, by the same protocols. */
class TransferTwinProperties {

  @Provide
  Arbitrary<ActionChain<TransferActions.Pair>> chains() {
    return TransferActions.chains(3).withMaxTransformations(40);
  }

  @Property(tries = 200)
  void lab_and_twin_agree(@ForAll("chains") ActionChain<TransferActions.Pair> chain) {
    chain.run().close();
  }
}
