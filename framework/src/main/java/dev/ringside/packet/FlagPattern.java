// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/** What a {@link PacketSpec} says about the TCP flags: the bits of the mask are as in bits. */
record FlagPattern(int mask, int bits) {

  boolean accepts(int flags) {
    return (flags & mask) == bits;
  }
}
