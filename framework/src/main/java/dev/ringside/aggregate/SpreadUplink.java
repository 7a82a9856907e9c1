// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Packet;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;

/** The way of the host's packets to several active NICs: each connection by one of them. */
final class SpreadUplink extends Uplink {

  private final HealthMonitor health;
  private final VirtualLinkAggregator spread;
  private final List<Member> members = new ArrayList<>(4);

  SpreadUplink(
      World world,
      String host,
      String name,
      int holdCapacity,
      HealthMonitor health,
      PortSelectionPolicy policy) {
    super(world, host, name, holdCapacity);
    this.health = health;
    AggregateParts parts = AggregateParts.of(world);
    this.spread = parts.virtualLinkAggregator(world, host, name, policy, this);
  }

  VirtualLinkAggregator spread() {
    return spread;
  }

  /** The NICs that packets go to. */
  List<Member> members() {
    return members;
  }

  void join(Member member) {
    if (!members.contains(member)) {
      members.add(member);
      spread.join(member, health.orderOf(member), member::transmit);
    }
  }

  void leave(Member member) {
    members.remove(member);
    spread.leave(member);
  }

  @Override
  void openTo(Member next) {
    join(next);
    super.openTo(next);
  }

  @Override
  void holdAll() {
    super.holdAll();
    leaveAll();
  }

  @Override
  void shut() {
    super.shut();
    leaveAll();
  }

  private void leaveAll() {
    while (!members.isEmpty()) {
      leave(members.get(members.size() - 1));
    }
  }

  @Override
  Member choose(Packet packet, Member open) {
    Member chosen = spread.select(packet);
    return chosen == null ? open : chosen;
  }

  /** What it had not sent does not go to itself again. */
  @Override
  void takeBack(Member from, List<Client> clients) {
    leave(from);
    super.takeBack(from, clients);
  }

  @Override
  boolean sendsToWire(Packet packet) {
    Member chosen = spread.select(packet);
    if (chosen == null) {
      return false;
    }
    account().addReceived();
    pass(packet, chosen);
    chosen.transmitToWire(packet);
    return true;
  }

  /** One full NIC holds up the others, so that what is held keeps its order. */
  @Override
  boolean hasRoom(Member open) {
    return full(open) == open && open.hasRoom();
  }

  @Override
  void whenSent(Member open, Runnable action) {
    full(open).whenSent(action);
  }

  private Member full(Member open) {
    for (Member member : members) {
      if (!member.hasRoom()) {
        return member;
      }
    }
    return open;
  }
}
