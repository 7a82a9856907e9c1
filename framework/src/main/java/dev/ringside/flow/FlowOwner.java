// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

/**
 * The device that a table and its sub-tables belong to: it lends them its lock, knows the rings,
 * and is told of changes.
 *
 * <pre>{@code
 * FlowTable table = new FlowTable("p0/flows", 8_192, FlowDialect.LONGEST_PREFIX, card);
 * }</pre>
 */
public interface FlowOwner {

  /** The name, for messages. */
  String name();

  /** What is held while tables are looked at or changed. */
  Object lock();

  /**
   * Called before a table changes.
   *
   * @throws IllegalStateException if the device cannot be changed any more
   */
  void beforeChange();

  /**
   * Refuses rings that the device does not have.
   *
   * @throws IllegalArgumentException if there is no such ring; the message names those there are
   */
  void check(Destination.End end);

  /** Called when a table has changed, with what happened in words. */
  void changed(FlowTable table, String what);
}
