// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a key cannot say about a packet, and has to be asked of those that it finds. */
sealed interface HeaderCheck {

  /** Whether the packet, whose key this is, may pass. */
  boolean accepts(Packet packet, long[] key);

  /** A field that is in no key. */
  record OfField(Field field, Object value) implements HeaderCheck {
    @Override
    public boolean accepts(Packet packet, long[] key) {
      return FieldMatcher.matches(field, value, packet);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof OfField check
          && field == check.field
          && Objects.deepEquals(value, check.value);
    }

    @Override
    public int hashCode() {
      return 31 * field.ordinal() + Arrays.deepHashCode(new Object[] {value});
    }
  }

  /** A number in the summary. */
  record OfRange(int shift, NumberRange range) implements HeaderCheck {
    @Override
    public boolean accepts(Packet packet, long[] key) {
      return range.contains(key[HeaderKey.SUMMARY] >>> shift & 0xffff);
    }
  }

  /** Another match, or its contrary. */
  record OfMatch(HeaderMatch match, boolean wanted) implements HeaderCheck {
    @Override
    public boolean accepts(Packet packet, long[] key) {
      return match.matches(packet, key) == wanted;
    }
  }
}
