// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All healthy members at once. One of them, the first, is looked after as in active/standby, so
 * that a single active member is just that, and the last failure ends there; the others are active
 * beside it.
 *
 * <pre>
 *   one of the others fails ......... it leaves; what it had not sent goes to those that stay
 *   the first fails, others stay .... one of the others takes its place, then as above
 *   the first fails, and no other ... a failover, as in active/standby
 *   one is repaired or added ........ with a first one: it joins; without: it becomes the first
 *   a failover is over .............. all that are healthy join
 * </pre>
 */
final class Spreading implements Mode {

  private final HealthMonitor health;
  private final SpreadUplink uplink;
  private final Failover first;
  private final Drain drain;
  private final List<Client> clients;
  private final List<MemberHealth> others = new ArrayList<>(4);
  private AggregatorConfig config;

  Spreading(
      World world,
      String host,
      String name,
      AggregatorConfig config,
      HealthMonitor health,
      PortSelectionPolicy policy) {
    this.config = config;
    this.health = health;
    this.uplink = new SpreadUplink(world, host, name, config.holdCapacity(), health, policy);
    this.first = AggregateParts.of(world).failover(world, host, name, config, health, uplink);
    this.drain = new Drain(uplink);
    this.clients = first.clients();
    first.setWhenSteady(this::joinAll);
  }

  Uplink uplink() {
    return uplink;
  }

  VirtualLinkAggregator hostTraffic() {
    return uplink.spread();
  }

  Drain drain() {
    return drain;
  }

  // ---- questions ----

  @Override
  public AggregatorState state() {
    if (first.steadyMember() == null) {
      return first.state();
    }
    return isAnyoneShort() ? AggregatorState.SWITCHED_ONLY : AggregatorState.NORMAL;
  }

  private boolean isAnyoneShort() {
    for (MemberHealth member : health.members()) {
      for (int i = 0; isActive(member) && i < clients.size(); i++) {
        if (Failover.isShort(clients.get(i), member)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public @Nullable MemberHealth active() {
    return first.active();
  }

  @Override
  public @Nullable MemberHealth steadyMember() {
    return first.steadyMember();
  }

  @Override
  public boolean isActive(MemberHealth member) {
    return first.isActive(member) || others.contains(member);
  }

  // ---- members ----

  @Override
  public void start() {
    first.start();
  }

  @Override
  public void configure(AggregatorConfig newConfig) {
    config = newConfig;
    first.configure(newConfig);
  }

  @Override
  public void added(MemberHealth member) {
    member.member.deactivate();
    if (first.hasStarted() && member.usable) {
      repaired(member);
    }
  }

  @Override
  public void repaired(MemberHealth member) {
    if (first.steadyMember() != null) {
      join(member);
    } else if (first.state() == AggregatorState.NO_UPLINK) {
      first.repaired(member);
    }
  }

  @Override
  public void failed(MemberHealth member) {
    if (others.remove(member)) {
      leave(member);
    } else if (first.isActive(member) && !others.isEmpty()) {
      first.handOver(others.remove(0));
      leave(member);
    } else {
      first.failed(member);
    }
  }

  @Override
  public void request(MemberHealth target) {
    throw new IllegalStateException(
        "cannot switch to "
            + target.member.name()
            + ": the aggregation is active/active, so every healthy NIC is active already");
  }

  private void joinAll() {
    for (MemberHealth member : health.members()) {
      if (member.usable) {
        join(member);
      }
    }
  }

  private void join(MemberHealth member) {
    if (isActive(member)) {
      return;
    }
    int at = others.size();
    while (at > 0 && others.get(at - 1).order > member.order) {
      at--;
    }
    others.add(at, member);
    member.member.activate();
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).admit(member.member);
    }
    uplink.join(member.member);
    mapClients(member);
  }

  private void leave(MemberHealth member) {
    for (int i = 0; i < clients.size(); i++) {
      Client client = clients.get(i);
      if (client.isMapped(member.member)) {
        client.unmap(member.member);
      }
      client.dismiss(member.member);
    }
    uplink.leave(member.member);
    if (config.inFlight() == InFlight.RESEND) {
      uplink.takeBack(member.member, clients);
    }
    member.member.dropUnsent();
    member.member.deactivate();
    uplink.flush(this::drained);
  }

  /** What was held is sent: guests may send through their functions again, past the host. */
  private void drained() {
    for (MemberHealth member : health.members()) {
      if (isActive(member)) {
        mapClients(member);
      }
    }
    drain.begin();
  }

  // ---- guests ----

  @Override
  public void addClient(Client client) {
    first.addClient(client);
    for (MemberHealth member : others) {
      client.admit(member.member);
      if (uplink.isDrained() && Failover.isShort(client, member)) {
        first.map(client, member.member);
      }
    }
  }

  @Override
  public void removeClient(Client client) {
    first.removeClient(client);
    for (MemberHealth member : others) {
      client.dismiss(member.member);
      if (client.isMapped(member.member)) {
        client.unmap(member.member);
      }
    }
  }

  @Override
  public void whenSettled(Runnable action) {
    first.whenSettled(action);
  }

  @Override
  public void functionReleased(Member released) {
    for (MemberHealth member : health.members()) {
      if (member.member == released && isActive(member) && first.steadyMember() != null) {
        mapClients(member);
      }
    }
  }

  private void mapClients(MemberHealth member) {
    for (int i = 0; uplink.isDrained() && i < clients.size(); i++) {
      if (Failover.isShort(clients.get(i), member)) {
        first.map(clients.get(i), member.member);
      }
    }
  }
}
