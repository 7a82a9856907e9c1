// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.Arrays;

/** One alternative of a {@link HeaderMatch}: bits that a key must have, and what else is asked. */
final class HeaderRow {

  private static final HeaderCheck[] NO_CHECKS = {};

  final long[] mask;
  final long[] value;
  HeaderCheck[] checks;

  HeaderRow() {
    this(new long[HeaderKey.WORDS], new long[HeaderKey.WORDS], NO_CHECKS);
  }

  private HeaderRow(long[] mask, long[] value, HeaderCheck[] checks) {
    this.mask = mask;
    this.value = value;
    this.checks = checks;
  }

  HeaderRow copy() {
    return new HeaderRow(mask.clone(), value.clone(), checks);
  }

  /** Asks for some bits more; false if others were asked for already, so that nothing matches. */
  boolean require(int word, long bits, long wanted) {
    long common = mask[word] & bits;
    boolean possible = ((value[word] ^ wanted) & common) == 0;
    mask[word] |= bits;
    value[word] |= wanted & bits;
    return possible;
  }

  void require(HeaderCheck check) {
    HeaderCheck[] more = Arrays.copyOf(checks, checks.length + 1);
    more[checks.length] = check;
    checks = more;
  }

  /** Asks for all that another asks for; false if both cannot be. */
  boolean require(HeaderRow other) {
    boolean possible = true;
    for (int i = 0; i < HeaderKey.WORDS; i++) {
      possible &= require(i, other.mask[i], other.value[i]);
    }
    for (HeaderCheck check : other.checks) {
      require(check);
    }
    return possible;
  }

  boolean matches(Packet packet, long[] key) {
    for (int i = 0; i < HeaderKey.WORDS; i++) {
      if ((key[i] & mask[i]) != value[i]) {
        return false;
      }
    }
    return accepts(packet, key);
  }

  boolean accepts(Packet packet, long[] key) {
    for (HeaderCheck check : checks) {
      if (!check.accepts(packet, key)) {
        return false;
      }
    }
    return true;
  }

  boolean isSame(HeaderRow other) {
    return Arrays.equals(mask, other.mask)
        && Arrays.equals(value, other.value)
        && Arrays.equals(checks, other.checks);
  }
}
