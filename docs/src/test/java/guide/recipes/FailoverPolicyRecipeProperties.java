// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide.recipes;

import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.contracts.FailoverPolicyContract;
import guide.recipes.FailoverPolicyRecipeTest.ProvenAndFast;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

// tag::contract[]
class FailoverPolicyRecipeProperties implements FailoverPolicyContract {
  @Override
  public FailoverPolicy policy() {
    return new ProvenAndFast(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }
}
// end::contract[]
