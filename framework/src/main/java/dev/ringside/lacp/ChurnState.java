// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

/**
 * Whether one end of a link comes to belong to an aggregate in time (IEEE 802.1AX-2014, 6.4.17).
 *
 * <pre>{@code
 * host.lacp().host().port("p0").partnerChurn(); // CHURN: the switch's side is configured wrongly
 * }</pre>
 */
public enum ChurnState {
  /** It belongs to an aggregate. */
  NO_CHURN,
  /** Not now; it has 60 s. */
  MONITOR,
  /** It still does not. */
  CHURN
}
