// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

/**
 * What a transmit buffer is used for.
 *
 * <pre>{@code
 * buffer.state() == TransmitBufferState.IN_DMA
 * }</pre>
 */
public enum TransmitBufferState {
  /** Nobody has it. */
  FREE,
  /** An application has it, and copies into it. */
  ALLOCATED,
  /** A NIC reads from it; until that is over nobody can have it. */
  IN_DMA
}
