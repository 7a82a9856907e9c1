// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.Arrays;

/** One IPv6 extension header. */
final class ExtensionHeader {

  private final int protocol;
  private final byte[] bytes;

  /** Keeps these bytes, which nobody else holds. */
  ExtensionHeader(int protocol, byte[] bytes) {
    this.protocol = protocol;
    this.bytes = bytes;
  }

  int protocol() {
    return protocol;
  }

  /** The bytes themselves, for classes of this package that only read them. */
  byte[] bytes() {
    return bytes;
  }

  /** Whether they agree but for the first byte, which says what follows. */
  boolean isSame(ExtensionHeader other) {
    return protocol == other.protocol
        && Arrays.equals(bytes, 1, bytes.length, other.bytes, 1, other.bytes.length);
  }
}
