// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.transfers;

/** What can be wrong with transfers, so that a law must find it. */
enum Defect {
  /** Nothing. */
  NONE,
  /** Senders change their messages while they are on their way. */
  MESSAGE_CHANGED,
  /** The policy stays with what it has chosen once. */
  STICKY_POLICY,
  /** The policy takes TCP/IP for everything. */
  ALWAYS_TCP,
  /** A blade's frames leave the chassis to reach another one of it. */
  OTHER_WAY_OUT,
  /** Guests send longer packets than the network of the specification has. */
  JUMBO,
  /** A receiver posts buffers that it does not count. */
  SECRET_POST,
  /** Nobody is told that something has moved. */
  STALE_VERSION,
  /** The table says one thing in one direction and another in the other. */
  ONE_WAY
}
