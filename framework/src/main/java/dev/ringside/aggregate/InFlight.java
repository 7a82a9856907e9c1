// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

/**
 * What becomes of packets that the failed NIC had not sent.
 *
 * <pre>{@code
 * host.aggregator().setInFlight(InFlight.LOSE);
 * }</pre>
 */
public enum InFlight {
  /** They are sent once through the NIC that takes over, ahead of newer packets. */
  RESEND,
  /** They are dropped as {@code PNIC_FAILED}. */
  LOSE
}
