// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

/**
 * What becomes of a packet for a channel that is full.
 *
 * <pre>{@code
 * host.proxies().channel("web", "db").setWhenFull(WhenFull.DROP);
 * }</pre>
 */
public enum WhenFull {
  /** It waits at the sending virtual NIC, with all that is sent after it. */
  WAIT,
  /** It is dropped as RING_FULL. */
  DROP
}
