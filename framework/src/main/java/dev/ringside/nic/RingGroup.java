// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.flow.FlowTable;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.ArrivalOrder;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The receive rings of one owner of the card, the host or a virtual function: which frames they
 * take, and how flows are spread over them. The rings come into being with the first packet.
 */
final class RingGroup {

  private final World world;
  private final Account account;
  private final PhysicalNic nic;
  private final NicConfig config;
  private final String owner;
  private final int ringCount;
  private final Receiver consumer;
  private final FrameFilter filter = new FrameFilter();
  private @Nullable ReceiveSideScaling scaling;
  private @Nullable FlowRules rules;
  private @Nullable FlowTable flows;
  private int defaultRing = Packet.NONE;
  private boolean open = true;
  private @Nullable ArrivalOrder order;
  private ReceiveRing @Nullable [] rings;

  /**
   * Creates a group.
   *
   * @param nic the card, whose account answers for the packets in the rings
   * @param owner whose rings they are, such as p0 or p0/vf0
   */
  RingGroup(PhysicalNic nic, String owner, NicConfig config, int ringCount, Receiver consumer) {
    this.world = nic.world();
    this.account = nic.account();
    this.nic = nic;
    this.config = config;
    this.owner = owner;
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

  /** From now on packets leave the rings in this order with those of others. */
  void setOrder(@Nullable ArrivalOrder newOrder) {
    order = newOrder;
    if (rings != null) {
      for (ReceiveRing ring : rings) {
        ring.setOrder(newOrder);
      }
    }
  }

  /** Whose rings they are, such as p0 or p0/vf0. */
  String owner() {
    return owner;
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
        rings[i] =
            NicParts.of(world)
                .receiveRing(
                    world,
                    account,
                    owner + "/rx" + i,
                    config.ringCapacity(),
                    config.polling(),
                    consumer);
        rings[i].setOrder(order);
      }
    }
    return rings;
  }

  // ---- flows ----

  /** What is programmed into the card for this group. */
  FlowRules rules() {
    if (rules == null) {
      rules = new FlowRules(nic, this, owner);
    }
    return rules;
  }

  /** The table of its flows. */
  FlowTable flows() {
    if (flows == null) {
      flows = rules().newTable("flows");
    }
    return flows;
  }

  /** The table of its flows, null if nobody has asked for it. */
  @Nullable FlowTable flowsIfAny() {
    return flows;
  }

  /** The ring for packets that no flow is for, {@link Packet#NONE} where they are spread. */
  int defaultRing() {
    return defaultRing;
  }

  void setDefaultRing(int ring) {
    defaultRing = ring;
  }

  // ---- packets ----

  /** A packet that the classifier has chosen this group for. */
  void enqueue(Packet packet) {
    if (flows == null || !rules().decides(flows, packet)) {
      enqueue(packet, ringOf(packet));
    }
  }

  /** The ring for a packet that no flow is for. */
  int ringOf(Packet packet) {
    if (defaultRing >= 0) {
      return defaultRing;
    }
    return ringCount == 1 ? 0 : scaling().ringOf(packet);
  }

  /** A packet that goes to a ring of this number. */
  void enqueue(Packet packet, int number) {
    ReceiveRing ring = rings()[number];
    if (!ring.offer(packet)) {
      world.dropped(account, packet, DropReason.RING_FULL, ring);
    }
  }

  void consumerReady() {
    if (rings != null) {
      for (ReceiveRing ring : rings) {
        ring.consumerReady();
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

  void remove(PacketMatcher unwanted, PacketSink fate) {
    if (rings != null) {
      for (ReceiveRing ring : rings) {
        ring.remove(unwanted, fate);
      }
    }
  }

  void discard(PacketMatcher unwanted, DropReason reason, String why) {
    if (rings != null) {
      for (ReceiveRing ring : rings) {
        ring.discard(unwanted, reason, why);
      }
    }
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
    flows = null;
    defaultRing = Packet.NONE;
    if (rings != null) {
      for (ReceiveRing ring : rings) {
        ring.reset();
      }
    }
  }

  /** As a message needs it. */
  @Override
  public String toString() {
    return (open ? "filter of " : "nobody at ") + owner + "/rx";
  }
}
