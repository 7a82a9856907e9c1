// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Receiver;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends from the card's transmit rings: first those that have had less than their guaranteed rate,
 * then all in turn, each at most at its maximum rate, while the wire is free.
 */
final class TransmitScheduler implements Runnable {

  /** Where packets go that leave a transmit ring. */
  interface Exit {
    void leave(Packet packet, TransmitQueue from);
  }

  private final World world;
  private final Exit exit;
  private final List<TransmitQueue> queues = new ArrayList<>(2);
  private Receiver wire;
  private int turn;
  private int waiting;
  private long wakeAt = Long.MAX_VALUE;
  private boolean draining;
  private boolean stopped;

  TransmitScheduler(World world, Receiver wire, Exit exit) {
    this.world = world;
    this.wire = wire;
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
  }

  /** While stopped, packets stay in their rings. */
  void setStopped(boolean nowStopped) {
    stopped = nowStopped;
    drain();
  }

  boolean offer(TransmitQueue queue, Packet packet) {
    if (!queue.offer(packet)) {
      return false;
    }
    waiting++;
    drain();
    return true;
  }

  int waiting() {
    int sum = 0;
    for (int i = 0; i < queues.size(); i++) {
      sum += queues.get(i).size();
    }
    return sum;
  }

  /** Takes all packets back, ring by ring. */
  void takeBack(PacketSink sink) {
    for (int i = 0; i < queues.size(); i++) {
      queues.get(i).clear(sink);
    }
    waiting = 0;
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
      while (waiting > 0 && !stopped && wire.isReady()) {
        long now = world.now();
        TransmitQueue queue = next(now);
        if (queue == null) {
          wakeLater(now);
          break;
        }
        Packet packet = queue.poll();
        if (packet != null) {
          waiting--;
          queue.taken(now, packet);
          exit.leave(packet, queue);
        }
      }
    } finally {
      draining = false;
    }
  }

  private @Nullable TransmitQueue next(long now) {
    int count = queues.size();
    TransmitQueue inTurn = null;
    int turnOf = 0;
    for (int i = 0; i < count; i++) {
      int index = turn + i < count ? turn + i : turn + i - count;
      TransmitQueue queue = queues.get(index);
      if (!queue.maySend(now)) {
        continue;
      }
      if (queue.isOwed(now)) {
        return queue;
      }
      if (inTurn == null) {
        inTurn = queue;
        turnOf = index;
      }
    }
    if (inTurn != null) {
      turn = turnOf + 1 < count ? turnOf + 1 : 0;
    }
    return inTurn;
  }

  private void wakeLater(long now) {
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < queues.size(); i++) {
      TransmitQueue queue = queues.get(i);
      if (queue.size() > 0) {
        earliest = Math.min(earliest, queue.nextAt());
      }
    }
    if (earliest < wakeAt || wakeAt <= now) {
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
