// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Receiver;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends from the card's transmit rings: first those that have had less than their guaranteed rate,
 * in turn, then all in turn, each at most at its maximum rate, while the wire is free.
 */
final class TransmitScheduler implements Runnable {

  /** Where packets go that leave a transmit ring. */
  interface Exit {
    void leave(Packet packet, TransmitQueue from);
  }

  private static final int NONE = -1;

  private final World world;
  private final Exit exit;
  private final List<TransmitQueue> queues = new ArrayList<>(2);
  private Receiver wire = Unconnected.SIDE;
  private int turn;
  private int turnOfOwed;
  private int waiting;
  private long wakeAt = Long.MAX_VALUE;
  private boolean draining;
  private boolean alive = true;
  private boolean link = true;

  TransmitScheduler(World world, Exit exit) {
    this.world = world;
    this.exit = exit;
  }

  void setWire(Receiver newWire) {
    wire = newWire;
  }

  void add(TransmitQueue queue) {
    queues.add(queue);
  }

  void remove(TransmitQueue queue) {
    queues.remove(queue);
    turn = 0;
    turnOfOwed = 0;
  }

  /** Whether the card works, and whether it has a link. */
  void setState(boolean nowAlive, boolean nowLink) {
    alive = nowAlive;
    link = nowLink;
    for (int i = 0; i < queues.size(); i++) {
      queues.get(i).makeUpForNothing(world.now());
    }
    drain();
  }

  /** Whether packets leave the queue; while it is closed, they stay in it. */
  boolean isOpen(TransmitQueue queue) {
    return alive && (link || !queue.needsLink());
  }

  boolean offer(TransmitQueue queue, Packet packet) {
    if (!queue.offer(packet, world.now())) {
      return false;
    }
    waiting++;
    drain();
    return true;
  }

  int waiting() {
    return waiting;
  }

  /** Takes all packets back, ring by ring. */
  void takeBack(PacketSink sink) {
    for (int i = 0; i < queues.size(); i++) {
      takeBack(queues.get(i), sink);
    }
  }

  /** Takes the packets back that cannot leave now. */
  void takeBackStranded(PacketSink sink) {
    for (int i = 0; i < queues.size(); i++) {
      if (!isOpen(queues.get(i))) {
        takeBack(queues.get(i), sink);
      }
    }
  }

  void takeBack(TransmitQueue queue, PacketSink sink) {
    waiting -= queue.size();
    queue.clear(sink);
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
        send(queues.get(index), now);
      }
    } finally {
      draining = false;
    }
  }

  private void send(TransmitQueue queue, long now) {
    Packet packet = queue.poll();
    if (packet != null) {
      waiting--;
      queue.taken(now, packet);
      exit.leave(packet, queue);
    }
  }

  /** Whose turn it is; each of the two turns goes its own round, or one would starve the other. */
  private int next(long now) {
    int owed = find(turnOfOwed, now, true);
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
    int count = queues.size();
    for (int i = 0; i < count; i++) {
      int index = from + i < count ? from + i : from + i - count;
      TransmitQueue queue = queues.get(index);
      if (queue.maySend(now) && isOpen(queue) && (!owed || queue.isOwed(now))) {
        return index;
      }
    }
    return NONE;
  }

  private void wakeLater(long now) {
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < queues.size(); i++) {
      TransmitQueue queue = queues.get(i);
      if (queue.size() > 0 && isOpen(queue)) {
        earliest = Math.min(earliest, queue.nextAt());
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
