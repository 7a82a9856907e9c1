// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A matcher as rows over a {@link HeaderKey}: a packet matches if its key has the bits of one row,
 * and passes what else that row asks.
 *
 * <pre>{@code
 * HeaderMatch match = HeaderMatch.of(tcp().port(80).or(udp().port(53))); // two rows
 * HeaderMatch.of(packet -> packet.length() > 100);                       // null: a function
 * }</pre>
 *
 * <p>Ranges of ports become prefixes, a row each, as long as these are few; what is negated, and
 * fields that no key has, are asked of the packets that the rest of the row finds.
 */
public final class HeaderMatch {

  /** Beyond so many rows, parts are asked instead of being multiplied. */
  static final int MAX_ROWS = 32;

  private final List<HeaderRow> rows;

  HeaderMatch(List<HeaderRow> rows) {
    this.rows = rows;
  }

  /** A matcher as rows, null if it is a function or has one as a part. */
  public static @Nullable HeaderMatch of(PacketMatcher matcher) {
    if (matcher instanceof PacketSpec spec) {
      return new HeaderMatch(new HeaderCompiler(spec).rows());
    }
    if (matcher instanceof Named named) {
      return of(named.matcher());
    }
    if (matcher instanceof Not not) {
      HeaderMatch refused = of(not.refused());
      return refused == null ? null : asked(refused, false);
    }
    if (matcher instanceof AllOf both) {
      HeaderMatch first = of(both.first());
      HeaderMatch second = first == null ? null : of(both.second());
      return first == null || second == null ? null : and(first, second);
    }
    if (matcher instanceof AnyOf either) {
      HeaderMatch first = of(either.first());
      HeaderMatch second = first == null ? null : of(either.second());
      return first == null || second == null ? null : or(first, second);
    }
    return null;
  }

  private static HeaderMatch asked(HeaderMatch match, boolean wanted) {
    HeaderRow row = new HeaderRow();
    row.require(new HeaderCheck.OfMatch(match, wanted));
    return new HeaderMatch(List.of(row));
  }

  private static HeaderMatch and(HeaderMatch first, HeaderMatch second) {
    List<HeaderRow> others =
        first.rows.size() * second.rows.size() > MAX_ROWS ? asked(second, true).rows : second.rows;
    List<HeaderRow> rows = new ArrayList<>(first.rows.size() * others.size());
    for (HeaderRow one : first.rows) {
      for (HeaderRow other : others) {
        HeaderRow both = one.copy();
        if (both.require(other)) {
          rows.add(both);
        }
      }
    }
    return new HeaderMatch(rows);
  }

  private static HeaderMatch or(HeaderMatch first, HeaderMatch second) {
    List<HeaderRow> rows = new ArrayList<>(first.rows);
    rows.addAll(second.rows);
    return new HeaderMatch(rows);
  }

  // ---- the rows ----

  /** How many rows there are; with none, nothing matches. */
  public int rows() {
    return rows.size();
  }

  /** Which bits of a number of the key a row looks at. */
  public long mask(int row, int word) {
    return rows.get(row).mask[word];
  }

  /** How these bits must be; the others are 0. */
  public long value(int row, int word) {
    return rows.get(row).value[word];
  }

  /** Whether the row asks for more than the bits of the key. */
  public boolean hasChecks(int row) {
    return rows.get(row).checks.length > 0;
  }

  /** Whether a packet that has the bits of this row passes what else it asks. */
  public boolean accepts(int row, Packet packet, long[] key) {
    return rows.get(row).accepts(packet, key);
  }

  /** Whether a packet matches, whose whole key this is. */
  public boolean matches(Packet packet, long[] key) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).matches(packet, key)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the other says the same in the same order. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof HeaderMatch match) || match.rows.size() != rows.size()) {
      return false;
    }
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).isSame(match.rows.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = rows.size();
    for (HeaderRow row : rows) {
      for (int i = 0; i < HeaderKey.WORDS; i++) {
        hash = 31 * hash + Long.hashCode(row.value[i]);
      }
    }
    return hash;
  }
}
