// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import dev.ringside.packet.Packet;
import dev.ringside.packet.TcpSegments;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a message that have come to a node: the first so many. What comes again is left out,
 * so that each is taken once.
 */
final class Store {

  private final int size;
  private byte @Nullable [] bytes;
  private int filled;

  private Store(int size, byte @Nullable [] bytes, int filled) {
    this.size = size;
    this.bytes = bytes;
    this.filled = filled;
  }

  /** One that has nothing yet of a message of so many bytes. */
  static Store empty(int size) {
    return new Store(size, null, 0);
  }

  /** One that has all, which is these bytes. */
  static Store of(byte[] message) {
    return new Store(message.length, message, message.length);
  }

  int size() {
    return size;
  }

  /** How many of the first bytes are there. */
  int filled() {
    return filled;
  }

  /** The array; what is not there yet has no meaning. */
  byte[] bytes() {
    byte[] array = bytes;
    if (array == null) {
      array = new byte[size];
      bytes = array;
    }
    return array;
  }

  /** Takes bytes of another store that has them, from this place on. */
  void copy(Store from, int at, int count) {
    int place = Math.max(at, filled);
    int end = at + count;
    if (end <= place) {
      return;
    }
    if (place == 0 && end == size && bytes == null) {
      bytes = Arrays.copyOf(from.bytes(), size); // which need not be cleared first
    } else {
      System.arraycopy(from.bytes(), place, bytes(), place, end - place);
    }
    filled = end;
  }

  /** Takes payload of a segment, which may be ahead of what is there. */
  void take(Packet segment, int skip, int at, int count) {
    int known = Math.min(count, Math.max(0, filled - at));
    if (count > known) {
      TcpSegments.copyPayload(segment, skip + known, bytes(), at + known, count - known);
    }
  }

  /** All before this place is there; false if that is nothing new. */
  boolean fillTo(int place) {
    boolean more = place > filled;
    filled = Math.max(filled, place);
    return more;
  }

  /** A copy of what is there. */
  byte[] copyOfFilled() {
    return filled == 0 ? new byte[0] : Arrays.copyOf(bytes(), filled);
  }
}
