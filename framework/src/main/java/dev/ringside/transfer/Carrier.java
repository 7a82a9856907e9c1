// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

/**
 * Carries the bytes of one hop by one protocol. It begins a unit only when the hop lets it, says
 * what was acknowledged, and says when it is done: everything is acknowledged, or it was told to
 * leave and nothing is in flight.
 */
interface Carrier {

  /** There may be more to do: more bytes, more units allowed. */
  void pump();

  /** Begins no more units, and is done once those in flight are acknowledged. */
  void leave();

  /** Gives up at once; says nothing any more. */
  void abort();
}
