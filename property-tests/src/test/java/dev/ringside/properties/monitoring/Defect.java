// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.monitoring;

/** What can be wrong with a run, so that each law can be seen to find it. */
enum Defect {
  NONE,
  /** The rule on the card is wider than the one that the test asked for. */
  RULE_TOO_WIDE,
  /** Matching packets are taken by somebody else's rule. */
  RULE_TAKEN_OVER,
  /** Watched packets go through a virtual NIC before they come to the ring. */
  DETOUR,
  /** Batches are one packet short. */
  BATCH_TOO_SHORT,
  /** The second cable lets packets overtake each other. */
  WIRE_REORDERS,
  /** The second cable flips bits. */
  WIRE_CORRUPTS,
  /** The second cable loses packets, which no device of the host counts. */
  WIRE_LOSES,
  /** The second cable doubles packets. */
  WIRE_DOUBLES,
  /** What shall end goes on. */
  CONSUMED_GOES_ON,
  /** Somebody frees slots that the application still reads. */
  SLOT_FREED_EARLY,
  /** A rule outside of the two classes drops packets. */
  STEERED_AWAY,
  /** The rule stays when it is removed. */
  RULE_STAYS
}
