// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts one datagram together byte by byte, as simply as it can be said. */
final class ReassemblyTwin {

  /** Some bytes of the datagram, from an offset on. */
  record Piece(int offset, List<Byte> bytes, boolean more) {
    int end() {
      return offset + bytes.size();
    }
  }

  private final List<Piece> held = new ArrayList<>();
  private boolean abandoned;

  int live() {
    return held.size();
  }

  /** The bytes of the whole, if this was the last piece. */
  @Nullable List<Byte> add(Piece piece) {
    if (piece.offset == 0 && !piece.more) {
      return piece.bytes; // no fragment, and no concern of those that are (RFC 6946)
    }
    if (abandoned || held.contains(piece)) {
      return null;
    }
    for (Piece other : held) {
      boolean overlaps = piece.offset < other.end() && other.offset < piece.end();
      boolean afterTheLast = !other.more && piece.end() > other.end();
      boolean lastBeforeOther = !piece.more && piece.end() < other.end();
      abandoned |= overlaps || afterTheLast || lastBeforeOther;
    }
    held.add(piece);
    if (abandoned) {
      held.clear();
      return null;
    }
    return whole();
  }

  private @Nullable List<Byte> whole() {
    List<Byte> bytes = new ArrayList<>();
    boolean more = true;
    while (more) {
      Piece next = startingAt(bytes.size());
      if (next == null) {
        return null;
      }
      bytes.addAll(next.bytes);
      more = next.more;
    }
    held.clear();
    return bytes;
  }

  private @Nullable Piece startingAt(int offset) {
    for (Piece piece : held) {
      if (piece.offset == offset) {
        return piece;
      }
    }
    return null;
  }
}
