// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the NIC that takes over; the user's to plug in.
 *
 * <pre>{@code
 * FailoverPolicy lastFirst = (healthy, failed) -> healthy.get(healthy.size() - 1);
 * host.aggregator().setPolicy(lastFirst);
 * }</pre>
 *
 * <p>Policies of the framework: {@link FailoverPolicies}.
 */
@FunctionalInterface
public interface FailoverPolicy {

  /**
   * Chooses among the healthy NICs, which are given in the configured order and are at least one.
   *
   * @param failed the NIC that has to be replaced, null if there was none
   * @return one of the given ones, or null to choose none
   */
  @Nullable Candidate choose(List<Candidate> healthy, @Nullable Candidate failed);

  /**
   * Whether a NIC that has become healthy replaces an active one that is healthy too. No, unless a
   * policy says so.
   */
  default boolean replaces(Candidate active, Candidate repaired) {
    return false;
  }
}
