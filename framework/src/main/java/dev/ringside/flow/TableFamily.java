// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import org.jspecify.annotations.Nullable;

/**
 * Tables that lead to each other: they have one owner, and a walk over them sees one version.
 *
 * <p>Families only ever merge, so each points to the one that it has become part of.
 */
final class TableFamily {

  private @Nullable TableFamily mergedInto;
  private final @Nullable FlowOwner owner;
  private int walks;
  private long version;

  TableFamily(@Nullable FlowOwner owner) {
    this.owner = owner;
  }

  TableFamily root() {
    TableFamily root = this;
    while (root.mergedInto != null) {
      root = root.mergedInto;
    }
    return root;
  }

  @Nullable FlowOwner owner() {
    return owner;
  }

  /** Both are roots; this one stays one. The other has the same owner or none. */
  void merge(TableFamily other) {
    other.mergedInto = this;
    walks += other.walks;
    version = Math.max(version, other.version);
  }

  // ---- versions ----

  /** A walk begins. It will see nothing that is newer than the version returned. */
  long beginWalk() {
    walks++;
    return version;
  }

  void endWalk() {
    walks--;
  }

  /** Whether what is there now may be under somebody's feet. */
  boolean isWalked() {
    return walks > 0;
  }

  long nextVersion() {
    return ++version;
  }
}
