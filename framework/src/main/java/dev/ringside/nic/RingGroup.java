// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The receive rings of one owner of the card, the host or a virtual function: which frames they
 * take, and how flows are spread over them. The rings come into being with the first packet.
 */
final class RingGroup implements Receiver {

  private final World world;
  private final Account account;
  private final NicConfig config;
  private final String prefix;
  private final int ringCount;
  private final Receiver consumer;
  private final FrameFilter filter = new FrameFilter();
  private @Nullable ReceiveSideScaling scaling;
  private boolean open = true;
  private ReceiveRing @Nullable [] rings;

  /**
   * Creates a group.
   *
   * @param account the card's, which answers for the packets in the rings
   * @param prefix of the ring names, such as p0/rx
   */
  RingGroup(
      World world,
      Account account,
      NicConfig config,
      String prefix,
      int ringCount,
      Receiver consumer) {
    this.world = world;
    this.account = account;
    this.config = config;
    this.prefix = prefix;
    this.ringCount = ringCount;
    this.consumer = consumer;
  }

  FrameFilter filter() {
    return filter;
  }

  /** Whether somebody is there to take what arrives; a free virtual function takes nothing. */
  boolean isOpen() {
    return open;
  }

  void setOpen(boolean nowOpen) {
    open = nowOpen;
  }

  int ringCount() {
    return ringCount;
  }

  ReceiveSideScaling scaling() {
    if (scaling == null) {
      scaling = new ReceiveSideScaling(world, ringCount);
    }
    return scaling;
  }

  /** A ring by a number that a test gives. */
  ReceiveRing find(int index, String owner) {
    if (index < 0 || index >= ringCount) {
      throw new IllegalArgumentException(
          "no receive ring " + index + " on " + owner + "; it has 0 to " + (ringCount - 1));
    }
    return rings()[index];
  }

  private ReceiveRing[] rings() {
    if (rings == null) {
      rings = new ReceiveRing[ringCount];
      for (int i = 0; i < ringCount; i++) {
        rings[i] = new ReceiveRing(world, prefix + i, config, this);
      }
    }
    return rings;
  }

  /** A packet that the classifier has chosen this group for. */
  void enqueue(Packet packet) {
    ReceiveRing ring = rings()[ringCount == 1 ? 0 : scaling().ringOf(packet)];
    if (!ring.offer(packet)) {
      world.dropped(account, packet, DropReason.RING_FULL, ring);
    }
  }

  /** Whether the consumer takes a packet from a ring now. */
  @Override
  public boolean isReady() {
    return consumer.isReady();
  }

  /** A packet leaves a ring for the consumer. */
  @Override
  public void accept(Packet packet) {
    account.addSent();
    consumer.accept(packet);
  }

  void consumerReady() {
    if (rings != null) {
      for (ReceiveRing ring : rings) {
        ring.receiverReady();
      }
    }
  }

  int live() {
    int live = 0;
    if (rings != null) {
      for (ReceiveRing ring : rings) {
        live += ring.live();
      }
    }
    return live;
  }

  void clear(PacketSink sink) {
    if (rings != null) {
      for (ReceiveRing ring : rings) {
        ring.clear(sink);
      }
    }
  }

  /** Forgets filters and settings; the rings and their counters stay. */
  void reset() {
    filter.reset();
    scaling = null;
    if (rings != null) {
      for (ReceiveRing ring : rings) {
        ring.reset();
      }
    }
  }

  /** As a message needs it. */
  @Override
  public String toString() {
    return (open ? "filter of " : "nobody at ") + prefix;
  }
}
