// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Receiver;
import dev.ringside.time.Bandwidth;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * What a guest is held to in each direction, at the end of the virtual NIC that is next to it,
 * whichever that is.
 */
final class BandwidthLimits {

  private final World world;
  private final BandwidthLimit transmit;
  private final BandwidthLimit receive;
  private GuestEnd end;

  /** Creates limits without a bandwidth. */
  BandwidthLimits(World world, GuestEnd end) {
    this.world = world;
    this.end = end;
    this.transmit = new BandwidthLimit(world, end.account(), "/tx", new ToWays());
    this.receive = new BandwidthLimit(world, end.account(), "/rx", new ToGuest());
  }

  /** From now on stands at this end, with what waits. */
  void standAt(GuestEnd newEnd) {
    end = newEnd;
    transmit.answeredFor(newEnd.account());
    receive.answeredFor(newEnd.account());
  }

  /** From now on lets so much pass in each direction; with null all, what waits first. */
  void set(@Nullable Bandwidth bandwidth) {
    transmit.set(bandwidth);
    receive.set(bandwidth);
  }

  @Nullable Bandwidth bandwidth() {
    return transmit.bandwidth();
  }

  /** How many packets wait, in either direction. */
  int size() {
    return transmit.size() + receive.size();
  }

  void send(Packet packet) {
    offer(packet, transmit);
  }

  void receive(Packet packet) {
    offer(packet, receive);
  }

  private void offer(Packet packet, BandwidthLimit limit) {
    if (!limit.offer(packet)) {
      world.dropped(end.account(), packet, DropReason.RATE_LIMITED, limit);
    }
  }

  /** Whether a packet for the guest would wait here, or be refused, were the guest ready. */
  boolean holds(Packet packet) {
    return receive.holds(packet);
  }

  void guestReady() {
    receive.drain();
  }

  /** Hands over what waits. */
  void clear(PacketSink sent, PacketSink received) {
    transmit.clear(sent);
    receive.clear(received);
  }

  /** The ways out, behind the limit; they are never busy. */
  private final class ToWays implements Receiver {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void accept(Packet packet) {
      end.leave(packet);
    }
  }

  /** The guest, behind the limit. */
  private final class ToGuest implements Receiver {
    @Override
    public boolean isReady() {
      return end.guest().isReady();
    }

    @Override
    public boolean takes(Packet packet, @Nullable PacketQueue queue) {
      return end.guest().takes(packet, queue);
    }

    @Override
    public void accept(Packet packet) {
      end.enter(packet);
    }
  }
}
