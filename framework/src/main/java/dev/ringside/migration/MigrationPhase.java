// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

/**
 * The steps of a migration, in their order.
 *
 * <pre>{@code
 * migration.phase(); // COPY
 * }</pre>
 */
public enum MigrationPhase {
  /** Asks the target whether it has room, memory and addresses; waits until failovers are over. */
  CHECK,
  /** Reserves what the target must have, and makes the virtual router. */
  PREPARE,
  /** Takes the virtual function away and waits until what it had to send is sent. */
  DETACH,
  /** Stops the virtual machine; what comes for it from now on is kept. */
  SUSPEND,
  /** Copies its state, which takes time. */
  COPY,
  /** The virtual machine is the target's from here on: the point of no return. */
  SWITCH,
  /** Lets it run, hands it what was kept, and tells its networks where it is. */
  RESUME,
  /** Makes the virtual router where it is made after the move. */
  ROUTER,
  /** Gives back what only the move needed. */
  CLEAN;

  /** Whether a failure in it undoes the migration. */
  public boolean isBeforeCommit() {
    return compareTo(SWITCH) < 0;
  }
}
