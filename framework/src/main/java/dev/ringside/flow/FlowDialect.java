// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

/**
 * How a table puts new entries in order.
 *
 * <pre>{@code
 * FlowTable acl = new FlowTable("acl", 1_000, FlowDialect.PRIORITIES);
 * acl.insert(100, tcp().port(22), Destination.drop());
 * }</pre>
 */
public enum FlowDialect {
  /**
   * Entries that say IP addresses more exactly come first, those that say none last; of equals the
   * newest comes first. {@code prepend} and {@code append} put an entry before and behind all that
   * are in order.
   */
  LONGEST_PREFIX,

  /** Every entry has a priority, 0 to 65535; the highest comes first, of equals the newest. */
  PRIORITIES
}
