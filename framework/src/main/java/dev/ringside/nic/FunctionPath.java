// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.VlanTag;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The packets of a virtual function: out of its receive rings to the guest, from the guest into its
 * transmit ring. What the function is told is enforced here.
 */
final class FunctionPath implements Receiver {

  private final World world;
  private final VirtualFunction function;
  private final FunctionSettings settings;
  private final TransmitPath card;
  private final Account account;
  private final RingGroup group;
  private final TransmitRing ring;
  private PortCounters.@Nullable Live counters;
  private @Nullable Receiver guest;
  private @Nullable Untagged untagged;

  FunctionPath(World world, VirtualFunction function, FunctionSettings settings, NicConfig config) {
    this.world = world;
    this.function = function;
    this.settings = settings;
    this.card = function.nic().transmitPath();
    this.account = world.ledger().open(Stage.VIRTUAL_FUNCTION, function.name());
    this.group =
        new RingGroup(function.nic(), function.name(), config, config.functionReceiveRings(), this);
    this.ring =
        NicParts.of(world).transmitRing(world, function.name(), config.ringCapacity(), group);
    group.setOpen(false);
  }

  Account account() {
    return account;
  }

  RingGroup group() {
    return group;
  }

  TransmitRing ring() {
    return ring;
  }

  PortCounters snapshot() {
    return counters().snapshot();
  }

  private PortCounters.Live counters() {
    if (counters == null) {
      counters = new PortCounters.Live();
    }
    return counters;
  }

  /** From now on packets go to this guest, with null to none. */
  void connect(@Nullable Receiver newGuest) {
    guest = newGuest;
    group.setOpen(newGuest != null);
    group.setOrder(newGuest == null ? null : newGuest.order());
  }

  /**
   * From now on packets go to no guest; those in the rings go to this sink, as to the guest, or are
   * lost where there is none.
   */
  void disconnect(@Nullable PacketSink rest) {
    if (rest == null) {
      connect(null);
      world.ledger().expectDrops(DropReason.TARGET_GONE);
      group.clear(function.nic().receivePath().lostAtUnbinding());
    } else {
      clearInto(rest);
    }
  }

  private void clearInto(PacketSink rest) {
    Account ofCard = function.nic().account();
    connect(new Taking(rest));
    group.clear(
        packet -> {
          ofCard.addSent();
          accept(packet);
        });
    connect(null);
  }

  /** A guest that is always ready. */
  private record Taking(PacketSink rest) implements Receiver {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void accept(Packet packet) {
      rest.accept(packet);
    }
  }

  // ---- receiving ----

  /** Whether the guest takes a packet now. */
  @Override
  public boolean isReady() {
    return guest == null || guest.isReady();
  }

  /** Whether the guest takes it, or it will be dropped here. */
  @Override
  public boolean takes(Packet packet, @Nullable PacketQueue queue) {
    return guest == null || isDropped(packet) || guest.takes(untagged(packet), queue);
  }

  @Override
  public boolean hasRoomFor(Packet packet) {
    return guest == null || isDropped(packet) || guest.hasRoomFor(untagged(packet));
  }

  private boolean isDropped(Packet packet) {
    return settings.link == FunctionLink.DISABLED || !group.filter().takesVlan(packet);
  }

  /** Without the tag that is not the guest's; the same object for the same packet. */
  private Packet untagged(Packet packet) {
    if (settings.vlan == 0) {
      return packet;
    }
    if (untagged == null || untagged.tagged != packet) {
      untagged = new Untagged(packet, packet.popVlanTag());
    }
    return untagged.forGuest;
  }

  /** A packet as it came and as the guest gets it. */
  private record Untagged(Packet tagged, Packet forGuest) {}

  /** A packet comes out of a receive ring. */
  @Override
  public void accept(Packet packet) {
    account.addReceived();
    if (guest == null) {
      world.dropped(account, packet, DropReason.NO_TARGET, function);
    } else if (settings.link == FunctionLink.DISABLED) {
      world.dropped(account, packet, DropReason.LINK_DOWN, function);
    } else if (!group.filter().takesVlan(packet)) { // set after it came into the ring
      world.dropped(account, packet, DropReason.VLAN_FILTERED, function);
    } else {
      Packet forGuest = untagged(packet);
      counters().received(forGuest);
      world.passed(account, forGuest);
      account.addSent();
      guest.accept(forGuest);
    }
  }

  // ---- sending ----

  /** The guest sends a packet. */
  void transmit(Packet packet) {
    account.addReceived();
    DropReason refusal = refusal(packet);
    if (refusal != null) {
      world.dropped(account, packet, refusal, function);
      return;
    }
    counters().sent(packet);
    world.passed(account, packet);
    account.addSent();
    card.transmit(settings.vlan == 0 ? packet : tagged(packet), ring);
  }

  private @Nullable DropReason refusal(Packet packet) {
    if (packet.isRunt()) {
      return DropReason.MALFORMED;
    }
    if (guest == null) {
      return DropReason.NO_TARGET;
    }
    if (isLinkDown()) {
      return DropReason.LINK_DOWN;
    }
    if (settings.spoofCheck && packet.sourceMacBits() != settings.mac.bits()) {
      return DropReason.SPOOFED;
    }
    return settings.vlan != 0 && packet.vlanId() > 0 ? DropReason.VLAN_FILTERED : null;
  }

  /** What an aggregator fetches from the rings of a card without a link may still be sent. */
  private boolean isLinkDown() {
    return settings.link == FunctionLink.DISABLED || (!function.isLinkUp() && !card.keepsUnsent());
  }

  /** The host's tag; one of the guest that carries only a priority makes way for it. */
  private Packet tagged(Packet packet) {
    Packet untagged = packet.vlanId() == 0 ? packet.popVlanTag() : packet;
    return untagged.pushVlanTag(
        new VlanTag(VlanTag.CUSTOMER_TAG, settings.priority, false, settings.vlan));
  }
}
