// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.trace.DropReason;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a flow entry leads; made to be imported statically.
 *
 * <pre>{@code
 * table.insert(tcp().port(80), ring(2));
 * table.insert(udp(), subTable(sub -> sub.append(udp().port(53), ring(1))));
 * table.prepend(icmp(), mirror(ring(3)));
 * table.insert(tcp().port(22), drop());
 * }</pre>
 */
public sealed interface Destination {

  /** A destination at which a packet's walk is over. */
  sealed interface End extends Destination permits Ring, Dropped {}

  /** A ring. */
  sealed interface Ring extends End permits ToRing, ToTarget {}

  /**
   * One of the numbered rings of the table's owner.
   *
   * @param number from 0
   */
  record ToRing(int number) implements Ring {
    /** Checks that the number is not negative. */
    public ToRing {
      if (number < 0) {
        throw new IllegalArgumentException("ring " + number + ": numbers of rings start at 0");
      }
    }

    @Override
    public String toString() {
      return "ring " + number;
    }
  }

  /**
   * Another ring.
   *
   * @param target the ring
   */
  record ToTarget(RingTarget target) implements Ring {
    @Override
    public String toString() {
      return "ring " + target.name();
    }
  }

  /**
   * Nowhere.
   *
   * @param reason what is counted
   */
  record Dropped(DropReason reason) implements End {
    @Override
    public String toString() {
      return reason == DropReason.FLOW_RULE ? "drop" : "drop as " + reason;
    }
  }

  /**
   * Another table, from which there is no way back.
   *
   * @param table the sub-table
   * @param otherwise where packets go that it has neither an entry nor a default for; null: they
   *     are a miss
   */
  record ToTable(FlowTable table, @Nullable End otherwise) implements Destination {

    /** With this end for packets that the sub-table has neither an entry nor a default for. */
    public ToTable orElse(End end) {
      return new ToTable(table, end);
    }

    @Override
    public String toString() {
      return "table " + table.name() + (otherwise == null ? "" : " or else " + otherwise);
    }
  }

  /**
   * A copy to a ring; the packet itself goes on to the next entry.
   *
   * @param ring where the copy goes
   */
  record Mirrored(Ring ring) implements Destination {
    @Override
    public String toString() {
      return "mirror to " + ring;
    }
  }

  /**
   * The ring of this number.
   *
   * @throws IllegalArgumentException if it is negative
   */
  static ToRing ring(int number) {
    return UsualRings.find(number);
  }

  /** A ring that the owner of the table knows by itself. */
  static ToTarget ring(RingTarget target) {
    return new ToTarget(target);
  }

  /** A sub-table. */
  static ToTable subTable(FlowTable table) {
    return new ToTable(table, null);
  }

  /** A new sub-table, which is filled at once. */
  static ToTable subTable(Consumer<FlowTable> content) {
    FlowTable table = new FlowTable("sub-table");
    content.accept(table);
    return subTable(table);
  }

  /** Nowhere: the packet is dropped as {@link DropReason#FLOW_RULE}. */
  static Dropped drop() {
    return drop(DropReason.FLOW_RULE);
  }

  /** Nowhere: the packet is dropped, and counted under this reason. */
  static Dropped drop(DropReason reason) {
    return new Dropped(reason);
  }

  /** A copy to this ring; the walk goes on. */
  static Mirrored mirror(Ring ring) {
    return new Mirrored(ring);
  }
}
