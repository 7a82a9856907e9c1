// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Receiver;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends from the card's transmit rings: first those that have had less than their guaranteed rate,
 * in turn, then all in turn, each at most at its maximum rate, while the wire is free. A turn is
 * among the rings of the highest priority that have something to send.
 */
final class TransmitScheduler implements Runnable {

  private static final int NONE = -1;

  /** Among more rings than these, only those are asked that have something to send. */
  private static final int FEW = 16;

  private final World world;
  private final TransmitPath path;
  private final List<TransmitRing> rings = new ArrayList<>(3);
  private @Nullable BitSet busy;
  private Receiver wire = Unconnected.SIDE;
  private int turn;

  /** NONE: no ring is guaranteed a rate. */
  private int turnOfOwed = NONE;

  private int waiting;
  private long wakeAt = Long.MAX_VALUE;
  private boolean draining;
  private boolean prioritized;
  private boolean alive = true;
  private boolean link = true;

  TransmitScheduler(World world, TransmitPath path) {
    this.world = world;
    this.path = path;
  }

  void setWire(Receiver newWire) {
    wire = newWire;
  }

  void add(TransmitRing ring) {
    ring.setNumber(rings.size());
    rings.add(ring);
    if (busy == null) {
      noteAll();
    } else {
      note(ring);
    }
  }

  void remove(TransmitRing ring) {
    rings.remove(ring);
    for (int i = 0; i < rings.size(); i++) {
      rings.get(i).setNumber(i);
    }
    noteAll();
    turn = 0;
    turnOfOwed = Math.min(turnOfOwed, 0);
  }

  /** Notes which rings have something to send, where there are many. */
  private void noteAll() {
    if (rings.size() <= FEW) {
      busy = null;
      return;
    }
    busy = new BitSet(rings.size());
    for (int i = 0; i < rings.size(); i++) {
      note(rings.get(i));
    }
  }

  private void note(TransmitRing ring) {
    if (busy != null) {
      busy.set(ring.number(), ring.waiting() > 0);
    }
  }

  /** Some rings may be guaranteed a rate from now on. */
  void useGuarantees() {
    turnOfOwed = Math.max(turnOfOwed, 0);
  }

  /** Some rings may have another priority than others from now on. */
  void usePriorities() {
    prioritized = true;
  }

  /** Whether some rings may have another priority than others. */
  boolean isPrioritized() {
    return prioritized;
  }

  /** Whether the card works, and whether it has a link. */
  void setState(boolean nowAlive, boolean nowLink) {
    alive = nowAlive;
    link = nowLink;
    for (int i = 0; i < rings.size(); i++) {
      rings.get(i).makeUpForNothing(world.now());
    }
    drain();
  }

  /** Whether packets leave the ring; while it is closed, they stay in it. */
  boolean isOpen(TransmitRing ring) {
    return alive && (link || !ring.needsLink());
  }

  boolean offer(TransmitRing ring, Packet packet) {
    if (!ring.offer(packet, world.now())) {
      return false;
    }
    waiting++;
    note(ring);
    drain();
    return true;
  }

  int waiting() {
    return waiting;
  }

  /** Takes all packets back, ring by ring. */
  void takeBack(PacketSink sink) {
    for (int i = 0; i < rings.size(); i++) {
      takeBack(rings.get(i), sink);
    }
  }

  /** Takes the packets back that cannot leave now. */
  void takeBackStranded(PacketSink sink) {
    for (int i = 0; i < rings.size(); i++) {
      if (!isOpen(rings.get(i))) {
        takeBack(rings.get(i), sink);
      }
    }
  }

  void takeBack(TransmitRing ring, PacketSink sink) {
    waiting -= ring.waiting();
    ring.clear(sink);
    note(ring);
  }

  /** Packets of a ring have their buffers now. */
  void buffersCame(TransmitRing ring) {
    if (isOpen(ring)) {
      drain();
    }
  }

  /** Takes a packet out that is not ready; null if there is none. */
  @Nullable Packet removeAt(TransmitRing ring, int index) {
    if (index >= ring.waiting()) {
      return null;
    }
    waiting--;
    Packet removed = ring.removeAt(index);
    note(ring);
    return removed;
  }

  /** Sends what may be sent now. */
  void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      while (waiting > 0 && alive && wire.isReady()) {
        long now = world.now();
        int index = next(now);
        if (index == NONE) {
          wakeLater(now);
          break;
        }
        send(rings.get(index), now);
      }
    } finally {
      draining = false;
    }
  }

  private void send(TransmitRing ring, long now) {
    Packet packet = ring.poll();
    if (packet != null) {
      waiting--;
      note(ring);
      ring.sent(now, packet);
      try {
        path.leave(packet, ring);
      } finally {
        ring.completed();
      }
    }
  }

  /** Whose turn it is; each of the two turns goes its own round, or one would starve the other. */
  private int next(long now) {
    int owed = turnOfOwed == NONE ? NONE : find(turnOfOwed, now, true);
    if (owed != NONE) {
      turnOfOwed = owed + 1;
      return owed;
    }
    int other = find(turn, now, false);
    if (other != NONE) {
      turn = other + 1;
    }
    return other;
  }

  private int find(int from, long now, boolean owed) {
    int count = rings.size();
    int first = NONE;
    for (int i = skip(from, 0); i < count; i = skip(from, i + 1)) {
      int index = from + i < count ? from + i : from + i - count;
      TransmitRing ring = rings.get(index);
      if (ring.maySend(now)
          && isOpen(ring)
          && (!owed || ring.isOwed(now))
          && (first == NONE || ring.goesBefore(rings.get(first)))) {
        first = index;
        if (!prioritized) {
          return first;
        }
      }
    }
    return first;
  }

  /** The next step of a round that leads to a ring with something to send, as far as is known. */
  private int skip(int from, int step) {
    BitSet some = busy;
    if (some == null) {
      return step;
    }
    int count = rings.size();
    if (from + step < count) {
      int next = some.nextSetBit(from + step);
      if (next >= 0) {
        return next - from;
      }
      step = count - from;
    }
    int next = some.nextSetBit(from + step - count);
    return next < 0 || next >= from ? count : next + count - from;
  }

  private void wakeLater(long now) {
    long earliest = Long.MAX_VALUE;
    for (int i = skip(0, 0); i < rings.size(); i = skip(0, i + 1)) {
      TransmitRing ring = rings.get(i);
      if (ring.hasReady() && isOpen(ring)) {
        earliest = Math.min(earliest, ring.nextAt());
      }
    }
    if (earliest < wakeAt) {
      wakeAt = earliest;
      world.schedule(earliest - now, this);
    }
  }

  /** A rate allows the next packet. */
  @Override
  public void run() {
    wakeAt = Long.MAX_VALUE;
    drain();
  }
}
