// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

/**
 * How the consumer of a ring learns that there is something in it.
 *
 * <pre>{@code
 * host.pnic("p0").receiveRing(3).mode() == RingMode.POLL
 * }</pre>
 */
public enum RingMode {
  /** The ring raises an interrupt for a packet. */
  INTERRUPT,
  /** Interrupts are off; the consumer comes and looks. */
  POLL
}
