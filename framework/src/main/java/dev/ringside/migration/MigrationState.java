// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

/**
 * How far a migration has come.
 *
 * <pre>{@code
 * if (migration.state() == MigrationState.ROLLED_BACK) { ... }
 * }</pre>
 */
public enum MigrationState {
  /** It is under way. */
  RUNNING,
  /** The virtual machine runs on the target. */
  COMPLETED,
  /** It runs on the target, but without the virtual router that it should have. */
  DEGRADED,
  /** It runs on the source as before. */
  ROLLED_BACK
}
