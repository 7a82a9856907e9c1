// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

/**
 * Where a {@link LinkAggregator} is between two states of rest.
 *
 * <pre>{@code
 * host.aggregator().state() == AggregatorState.NORMAL
 * }</pre>
 */
public enum AggregatorState {
  /** One NIC is active, and guests have their direct access. */
  NORMAL,
  /** The active NIC is known to have failed. */
  DETECTED,
  /** No guest has a virtual function; what they send is held. */
  UNMAPPED,
  /** The next NIC is chosen. */
  CHOSEN,
  /** The next NIC is active; guests send through the virtual switch. */
  SWAPPED,
  /** As NORMAL, but some guests are short of a virtual function. */
  SWITCHED_ONLY,
  /** No NIC is healthy. */
  NO_UPLINK
}
