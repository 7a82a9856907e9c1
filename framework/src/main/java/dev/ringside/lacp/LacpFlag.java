// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

/**
 * A bit of the state that a port tells in LACPDUs (IEEE 802.1AX-2014, section 6.4.2.3).
 *
 * <pre>{@code
 * host.lacp().network().port("p0").actor().has(LacpFlag.DISTRIBUTING)
 * }</pre>
 */
public enum LacpFlag {
  /** It sends LACPDUs whether or not the partner does. */
  ACTIVITY,
  /** It wants to hear from the partner every second, and waits three. */
  TIMEOUT,
  /** It may share an aggregate with other ports. */
  AGGREGATION,
  /** It belongs to the aggregate that it should belong to. */
  SYNCHRONIZATION,
  /** It takes frames. */
  COLLECTING,
  /** It sends frames. */
  DISTRIBUTING,
  /** It knows of its partner by default only. */
  DEFAULTED,
  /** It has not heard from its partner in time. */
  EXPIRED;

  /** Its bit in the octet. */
  public int bit() {
    return 1 << ordinal();
  }
}
