// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

/**
 * How a host uses its physical NICs together.
 *
 * <pre>{@code
 * host.aggregation(Aggregation.ACTIVE_STANDBY)
 * }</pre>
 */
public enum Aggregation {
  /** Each for itself: nothing follows a failure. */
  NONE,
  /** One carries the traffic, the others take over when it fails. */
  ACTIVE_STANDBY,
  /** All that are healthy carry traffic, each connection by one of them. */
  ACTIVE_ACTIVE
}
