// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

/**
 * What a port knows of its partner: the state of the receive machine (IEEE 802.1AX-2014, 6.4.12).
 *
 * <pre>{@code
 * host.lacp().host().port("p0").receiveState(); // CURRENT
 * }</pre>
 */
public enum ReceiveState {
  /** There is no link. */
  PORT_DISABLED,
  /** The partner was not heard in time, or not yet; it has 3 s. */
  EXPIRED,
  /** The partner is silent. */
  DEFAULTED,
  /** The partner was heard in time. */
  CURRENT
}
