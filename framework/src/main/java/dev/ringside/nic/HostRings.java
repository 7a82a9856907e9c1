// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Priority;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transmit rings of a card that send what passes the host: one, and one more for senders of
 * each other priority, once there are any. A sender is known by its source address.
 *
 * <pre>
 *   virtual switch --&gt; source of priority HIGH? --&gt; p0/high/tx --.
 *                      no priority of its own? --&gt; p0/tx --------+--&gt; scheduler of the card
 *                      source of priority LOW? --&gt; p0/low/tx ----'
 * </pre>
 *
 * <pre>{@code
 * host.vnic("web").setPriority(Priority.HIGH);
 * host.pnic("p0").hostRings().rings(); // p0/high/tx, p0/tx
 * }</pre>
 *
 * <p>Packets of one sender keep their order: while some of it wait, those that follow are put
 * behind them, whatever its priority is by then.
 */
public final class HostRings {

  private static final Sender[] NONE = {};

  private final World world;
  private final TransmitPath path;
  private final TransmitRing normal;
  private @Nullable TransmitRing high;
  private @Nullable TransmitRing low;

  /** Replaced when there is one more. */
  private List<TransmitRing> rings;

  /** Those with a priority of their own, by address, so that finding one allocates nothing. */
  private Sender[] senders = NONE;

  HostRings(World world, TransmitPath path, TransmitRing normal) {
    this.world = world;
    this.path = path;
    this.normal = normal;
    this.rings = List.of(normal);
  }

  /** The rings, that of the highest priority first. */
  public List<TransmitRing> rings() {
    synchronized (world) {
      return rings;
    }
  }

  private TransmitRing add(String place, Priority priority) {
    TransmitRing ring = path.addHostRing(place, priority);
    List<TransmitRing> more = new ArrayList<>(rings);
    more.add(priority == Priority.HIGH ? 0 : more.size(), ring);
    rings = List.copyOf(more);
    return ring;
  }

  /**
   * Sets the priority of what passes the host with this source address, from its next packet on.
   */
  public void setPriority(MacAddress source, Priority priority) {
    synchronized (world.whileOpen()) {
      int at = find(source.bits());
      if (at >= 0 && priority == Priority.NORMAL && senders[at].ring.hasLeft(senders[at].last)) {
        remove(at);
      } else if (at >= 0) {
        senders[at].priority = priority;
      } else if (priority != Priority.NORMAL) {
        insert(-at - 1, new Sender(source.bits(), priority, normal));
      }
    }
  }

  // ---- for the way out of the card ----

  /** The ring that a packet of the host goes into next. */
  TransmitRing ringOf(Packet packet) {
    if (senders.length == 0) {
      return normal;
    }
    int at = find(packet.sourceMacBits());
    return at < 0 ? normal : ringOf(at);
  }

  /** The ring for what no guest may hold up. */
  TransmitRing urgent() {
    return ring(Priority.HIGH);
  }

  /** Whether each has room for a packet. */
  boolean haveRoom() {
    for (int i = 0; i < rings.size(); i++) {
      if (!rings.get(i).hasRoom()) {
        return false;
      }
    }
    return true;
  }

  private TransmitRing ringOf(int at) {
    Sender sender = senders[at];
    if (sender.priority != sender.ring.priority() && sender.ring.hasLeft(sender.last)) {
      sender.ring = ring(sender.priority);
      if (sender.ring == normal) {
        remove(at);
      }
    }
    sender.last = sender.ring.nextNumber();
    return sender.ring;
  }

  private TransmitRing ring(Priority priority) {
    if (priority == Priority.HIGH) {
      high = high == null ? add("high", priority) : high;
      return high;
    }
    if (priority == Priority.LOW) {
      low = low == null ? add("low", priority) : low;
      return low;
    }
    return normal;
  }

  // ---- the senders ----

  private int find(long source) {
    int from = 0;
    int to = senders.length - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      long there = senders[middle].source;
      if (there == source) {
        return middle;
      } else if (there < source) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return -from - 1;
  }

  private void insert(int at, Sender sender) {
    sender.last = normal.nextNumber() - 1;
    Sender[] more = Arrays.copyOf(senders, senders.length + 1);
    System.arraycopy(senders, at, more, at + 1, senders.length - at);
    more[at] = sender;
    senders = more;
  }

  private void remove(int at) {
    Sender[] fewer = Arrays.copyOf(senders, senders.length - 1);
    System.arraycopy(senders, at + 1, fewer, at, fewer.length - at);
    senders = fewer;
  }

  /** Whose packets go into another ring than those of all others, or are about to. */
  private static final class Sender {
    private final long source;
    private Priority priority;
    private TransmitRing ring;

    /** The number of its last packet among all that its ring has taken. */
    private long last;

    Sender(long source, Priority priority, TransmitRing ring) {
      this.source = source;
      this.priority = priority;
      this.ring = ring;
    }
  }

  @Override
  public String toString() {
    return rings().toString();
  }
}
