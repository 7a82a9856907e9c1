// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

/**
 * Who goes first where there is not room for all: those of a higher priority before any of a lower
 * one, and those of the same in turn. Whoever is behind gets what is left, which may be nothing.
 *
 * <pre>{@code
 * host.vnic("web").setPriority(Priority.HIGH);
 * }</pre>
 */
public enum Priority {
  /** After all others. */
  LOW,
  /** Unless told otherwise. */
  NORMAL,
  /** Before all others. */
  HIGH
}
