// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import java.util.List;

/**
 * Two subnets that a virtual router joins, and who needs it.
 *
 * <pre>{@code
 * router.pairs().get(0).dependants(); // [web]
 * }</pre>
 *
 * @param one the name of the subnet that comes first in the lab
 * @param other the name of the other one
 * @param dependants the names of the virtual machines that have come to the host and are in one of
 *     them, while another one of the host is in the other
 */
public record SubnetPair(String one, String other, List<String> dependants) {

  boolean joins(String first, String second) {
    return (one.equals(first) && other.equals(second))
        || (one.equals(second) && other.equals(first));
  }

  @Override
  public String toString() {
    return one + "-" + other + " for " + dependants;
  }
}
