// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

/**
 * The link state that a virtual function shows to its guest, as {@code ip link set ... vf ...
 * state} sets it.
 *
 * <pre>{@code
 * nic.virtualFunction(0).setLink(FunctionLink.DISABLED);
 * }</pre>
 */
public enum FunctionLink {
  /** That of the card. */
  AUTO,
  /** Up, whatever the card's is; functions of one card then reach each other without a cable. */
  ENABLED,
  /** Down. */
  DISABLED
}
