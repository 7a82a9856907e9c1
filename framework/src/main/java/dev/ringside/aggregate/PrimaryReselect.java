// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

/**
 * When a repaired primary NIC becomes the active one again, as {@code primary_reselect} of the
 * Linux bonding driver has it.
 *
 * <pre>{@code
 * FailoverPolicies.primary("p0", PrimaryReselect.BETTER)
 * }</pre>
 */
public enum PrimaryReselect {
  /** Whenever it is healthy. */
  ALWAYS,
  /** If it is faster than the active one. */
  BETTER,
  /** Only when the active one fails. */
  FAILURE
}
