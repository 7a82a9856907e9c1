// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

/**
 * How far a port is on its way to carrying traffic: the state of the mux machine (IEEE
 * 802.1AX-2014, 6.4.15, independent control).
 *
 * <pre>{@code
 * host.lacp().host().port("p0").muxState(); // DISTRIBUTING
 * }</pre>
 */
public enum MuxState {
  /** It belongs to no aggregate. */
  DETACHED,
  /** It was selected, and waits for others that may join with it. */
  WAITING,
  /** It belongs to the aggregate, in sync from its own side. */
  ATTACHED,
  /** The partner is in sync too; frames that come are taken. */
  COLLECTING,
  /** The partner takes frames; frames are sent. */
  DISTRIBUTING
}
