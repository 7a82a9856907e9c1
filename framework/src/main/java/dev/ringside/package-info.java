// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/**
 * The door to Ringside: test doubles for NIC virtualization that really work, in memory.
 *
 * <p>Most users need {@link dev.ringside.Lab} and {@link dev.ringside.LabBuilder}; the rest is
 * reached from a lab. A lab is one small world:
 *
 * <pre>
 *   station ---- external switch ---- cable ---- PNIC p0 --- vf0 ============= VM web   direct
 *  (the test)           |                            |   `-- vf1
 *                       |                            `------- aggregator --- virtual switch --- VM db
 *                       `------------ cable ---- PNIC p1 ----'                            switched
 *
 *   world: one lock, one clock, one seed, the journal of events, the ledger of packets' fates
 * </pre>
 *
 * <p>Six things make up all systems: packets, which are immutable bytes; rings, which are bounded;
 * flow tables, of which the first match decides; waits, which can be looked at; bindings, which say
 * who owns what; and the world. Where each lives, and which may use which, is decision 1 of the
 * project and the guide's chapter on architecture.
 *
 * <p>Every operation returns when all that it causes at the present virtual time has happened, so
 * that what has not arrived then has not been sent. Time moves by {@link
 * dev.ringside.Lab#advance(java.time.Duration)} only. Every packet has exactly one fate, and the
 * same program with the same seed is the same run.
 *
 * <p>What hardware does is a value: a full ring, a lost packet, a failed card. What a caller does
 * wrong is an exception, with the name, the value, the limit and the next step.
 */
@NullMarked
package dev.ringside;

import org.jspecify.annotations.NullMarked;
