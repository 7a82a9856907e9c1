// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Receiver;
import dev.ringside.time.Bandwidth;
import dev.ringside.trace.Account;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The end of a virtual NIC that is next to its guest: what the guest sends comes in here, and what
 * comes for it goes out. Limits of bandwidth stand here, in front of all paths.
 *
 * <pre>
 *   limits --&gt; transmit limit --&gt; ways out
 *   guest &lt;-- receive limit &lt;-- accept
 * </pre>
 */
final class GuestEnd implements Receiver {

  private final World world;
  private final Account account;
  private final PacketSink out;
  private Receiver guest;
  private @Nullable BandwidthLimits limits;

  /**
   * Creates one without a limit.
   *
   * @param account the virtual NIC's, which answers for the packets that wait
   * @param guest takes what arrives
   * @param out takes what is sent
   */
  GuestEnd(World world, Account account, Receiver guest, PacketSink out) {
    this.world = world;
    this.account = account;
    this.guest = guest;
    this.out = out;
  }

  Account account() {
    return account;
  }

  Receiver guest() {
    return guest;
  }

  /** From now on hands packets to this receiver. */
  void connect(Receiver newGuest) {
    guest = newGuest;
  }

  // ---- the limits ----

  /** From now on lets so much pass in each direction; with null all. */
  void setBandwidth(@Nullable Bandwidth bandwidth) {
    if (limits == null) {
      limits = new BandwidthLimits(world, this);
    }
    limits.set(bandwidth);
  }

  @Nullable Bandwidth bandwidth() {
    return limits == null ? null : limits.bandwidth();
  }

  /** How many packets wait for bandwidth, in either direction. */
  int waiting() {
    return limits == null ? 0 : limits.size();
  }

  /** Takes over the limits of another end, with what waits for them. */
  void takeOver(GuestEnd other) {
    BandwidthLimits its = other.limits;
    other.limits = null;
    limits = its;
    if (its != null) {
      its.standAt(this);
    }
  }

  /** Hands over what waits. */
  void clear(PacketSink sent, PacketSink received) {
    if (limits != null) {
      limits.clear(sent, received);
    }
  }

  // ---- packets ----

  /** The guest sends a packet. True: it is held to a limit, which sends it on; false: it may go. */
  boolean limits(Packet packet) {
    BandwidthLimits its = limits;
    if (its == null) {
      return false;
    }
    its.send(packet);
    return true;
  }

  /** A packet of the guest goes on, behind the limit. */
  void leave(Packet packet) {
    out.accept(packet);
  }

  @Override
  public boolean isReady() {
    return guest.isReady();
  }

  /** What waits for bandwidth asks for memory when its time has come. */
  @Override
  public boolean takes(Packet packet, @Nullable PacketQueue queue) {
    BandwidthLimits its = limits;
    return (its != null && guest.isReady() && its.holds(packet)) || guest.takes(packet, queue);
  }

  @Override
  public boolean hasRoomFor(Packet packet) {
    return limits != null || guest.hasRoomFor(packet);
  }

  /** A packet comes for the guest. */
  @Override
  public void accept(Packet packet) {
    BandwidthLimits its = limits;
    if (its == null) {
      enter(packet);
    } else {
      its.receive(packet);
    }
  }

  /** A packet goes on to the guest, behind the limit. */
  void enter(Packet packet) {
    world.passed(account, packet);
    account.addSent();
    guest.accept(packet);
  }

  /** The guest takes packets again: what waits here is older than what comes. */
  void guestReady() {
    if (limits != null) {
      limits.guestReady();
    }
  }
}
