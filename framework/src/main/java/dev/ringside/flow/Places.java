// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSpec;

/**
 * Gives entries their places: numbers that say the order, and that no later entry ever changes.
 *
 * <pre>
 *                  63  62      61 60             52 51                      0
 *   LONGEST_PREFIX  0 | band     | 256 - bits said | newest first, or oldest |
 *                  63  62                 47 46                             0
 *   PRIORITIES      0 | 65535 - priority    | newest first                   |
 * </pre>
 *
 * <p>Bands: prepended, in order, appended.
 */
final class Places {

  private static final int HIGHEST_PRIORITY = 0xffff;
  private static final int PRIORITY_SHIFT = 47;
  private static final int BAND_SHIFT = 61;
  private static final int RANK_SHIFT = 52;
  private static final int EXACT = 256;
  private static final long IN_ORDER = 1L << BAND_SHIFT;
  private static final long BEHIND = 2L << BAND_SHIFT;

  private final String table;
  private final FlowDialect dialect;
  private long given;

  Places(String table, FlowDialect dialect) {
    this.table = table;
    this.dialect = dialect;
  }

  FlowDialect dialect() {
    return dialect;
  }

  long byRule(PacketMatcher match) {
    requirePlaces("insert(match, destination)", "insert(priority, match, destination)");
    int bits = match instanceof PacketSpec spec ? spec.addressBits() : 0;
    return IN_ORDER | (long) (EXACT - bits) << RANK_SHIFT | newest(RANK_SHIFT);
  }

  long first() {
    requirePlaces("prepend", "insert(priority, match, destination)");
    return newest(RANK_SHIFT);
  }

  long last() {
    requirePlaces("append", "insert(priority, match, destination)");
    return BEHIND | ++given;
  }

  long byPriority(int priority) {
    if (dialect != FlowDialect.PRIORITIES) {
      throw new IllegalStateException(
          "flow table "
              + table
              + " knows no priorities; say insert(match, destination), or create it with"
              + " FlowDialect.PRIORITIES");
    }
    if (priority < 0 || priority > HIGHEST_PRIORITY) {
      throw new IllegalArgumentException(
          "priority " + priority + " in flow table " + table + " is not in 0 to 65535");
    }
    return (long) (HIGHEST_PRIORITY - priority) << PRIORITY_SHIFT | newest(PRIORITY_SHIFT);
  }

  private void requirePlaces(String said, String instead) {
    if (dialect == FlowDialect.PRIORITIES) {
      throw new IllegalStateException(
          "flow table " + table + " goes by priorities, which " + said + " lacks; say " + instead);
    }
  }

  private long newest(int bits) {
    return (1L << bits) - 1 - ++given; // never Long.MAX_VALUE, which stands for no place
  }

  /** Whether the table would have to ask in vain for one of them if both had the same match. */
  boolean mayNotBeEqual(FlowEntry one, FlowEntry other) {
    int shift = dialect == FlowDialect.PRIORITIES ? PRIORITY_SHIFT : BAND_SHIFT;
    return one.place() >>> shift == other.place() >>> shift;
  }
}
