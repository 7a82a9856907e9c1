// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.world.Timer;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps by which another NIC takes over, one method each, in the order that {@link
 * LinkAggregator} draws. They follow each other at once or one step delay apart.
 */
class Failover implements Mode, Runnable {

  private final World world;
  private final String host;
  private final String name;
  private final HealthMonitor health;
  private final Uplink uplink;
  private final Standby standby;
  private final List<Client> clients = new ArrayList<>(4);
  private AggregatorConfig config;
  private AggregatorState state = AggregatorState.NO_UPLINK;
  private @Nullable MemberHealth active;
  private @Nullable MemberHealth chosen;
  private @Nullable MemberHealth requested;
  private @Nullable Timer nextStep;
  private @Nullable Announcer announcer;
  private boolean stepping;
  private List<Runnable> whenSettled = List.of();

  /** The first activation, while the host is built, is no failover and takes no time. */
  private boolean started;

  /** Is told when no failover is going on any more; null: nobody. */
  private @Nullable Runnable whenSteady;

  Failover(
      World world,
      String host,
      String name,
      AggregatorConfig config,
      HealthMonitor health,
      Uplink uplink) {
    this.world = world;
    this.host = host;
    this.name = name;
    this.config = config;
    this.health = health;
    this.uplink = uplink;
    this.standby = new Standby(world, health);
  }

  @Override
  public AggregatorState state() {
    return state;
  }

  @Override
  public @Nullable MemberHealth active() {
    return active;
  }

  @Override
  public boolean isActive(MemberHealth member) {
    return member == active;
  }

  boolean hasStarted() {
    return started;
  }

  List<Client> clients() {
    return clients;
  }

  void setWhenSteady(Runnable action) {
    whenSteady = action;
  }

  /** The member that carries traffic with no failover going on, null while there is none. */
  @Override
  public @Nullable MemberHealth steadyMember() {
    return isSteady() ? active : null;
  }

  private boolean isSteady() {
    return state == AggregatorState.NORMAL || state == AggregatorState.SWITCHED_ONLY;
  }

  // ---- what starts a failover ----

  /** Activates the first NIC. */
  @Override
  public void start() {
    chooseAgain();
    started = true;
  }

  @Override
  public void configure(AggregatorConfig newConfig) {
    config = newConfig;
    if (started && state == AggregatorState.NO_UPLINK && !health.healthy().isEmpty()) {
      chooseAgain(); // the former policy may have chosen none of them
    }
  }

  @Override
  public void added(MemberHealth member) {
    member.member.deactivate();
    if (started && member.usable) {
      repaired(member);
    }
  }

  @Override
  public void failed(MemberHealth member) {
    if (member != active) {
      member.member.dropUnsent();
    } else if (isSteady()) {
      begin();
    } else {
      proceed();
    }
  }

  @Override
  public void repaired(MemberHealth member) {
    if (state == AggregatorState.NO_UPLINK) {
      chooseAgain();
    } else if (!isSteady()) {
      member.repairedMeanwhile = true;
    } else if (standby.replaces(config.policy(), active, member)) {
      request(member);
    }
  }

  /**
   * Makes this member the active one, now or once the failover that is going on is over. One whose
   * new NIC does not get rid of what was held may never be over, so it is not waited for.
   */
  @Override
  public void request(MemberHealth target) {
    requested = target;
    if (state == AggregatorState.NO_UPLINK) {
      chooseAgain();
    } else if (isSteady() || isFlushing()) {
      takeUpWishes();
      proceed();
    }
  }

  private void begin() {
    state = AggregatorState.DETECTED;
    proceed();
  }

  private void chooseAgain() {
    state = AggregatorState.UNMAPPED;
    uplink.holdAll();
    proceed();
  }

  // ---- the sequence ----

  /** Takes step after step, at once or one delay apart, until there is nothing to do. */
  private void proceed() {
    if (stepping || nextStep != null) {
      return;
    }
    while (!isWaiting()) {
      long delay = config.stepDelay().toNanos();
      if (delay > 0 && started) {
        nextStep = world.schedule(delay, this::delayedStep);
        return;
      }
      step();
    }
    if (isSettled()) {
      List<Runnable> due = whenSettled;
      whenSettled = List.of();
      for (Runnable action : due) {
        world.afterwards(action);
      }
    }
  }

  private boolean isSettled() {
    return isSteady() || state == AggregatorState.NO_UPLINK;
  }

  @Override
  public void whenSettled(Runnable action) {
    if (isSettled()) {
      action.run();
    } else {
      List<Runnable> more = new ArrayList<>(whenSettled);
      more.add(action);
      whenSettled = more;
    }
  }

  /** What was held is sent. */
  @Override
  public void run() {
    proceed();
  }

  private void delayedStep() {
    nextStep = null;
    step();
    proceed();
  }

  private boolean isWaiting() {
    return isFlushing() || isSettled();
  }

  private boolean isFlushing() {
    return state == AggregatorState.SWAPPED
        && !uplink.isDrained()
        && active != null
        && active.usable;
  }

  private void step() {
    stepping = true;
    try {
      if (state == AggregatorState.DETECTED) {
        removeMappings();
      } else if (state == AggregatorState.UNMAPPED) {
        choose();
      } else if (state == AggregatorState.CHOSEN) {
        swap();
      } else if (state == AggregatorState.SWAPPED) {
        restoreAccess();
      } else {
        throw new AssertionError("no step from " + state + "; please report this bug");
      }
    } finally {
      stepping = false;
    }
  }

  private void removeMappings() {
    MemberHealth former = active;
    for (int i = 0; i < clients.size(); i++) {
      Client client = clients.get(i);
      if (former != null && client.isMapped(former.member)) {
        client.unmap(former.member);
        if (former.usable) { // it goes on receiving until it is deactivated
          client.admit(former.member);
        }
      }
    }
    takeBackUnsent();
    state = AggregatorState.UNMAPPED;
  }

  /** A NIC that is replaced without having failed loses nothing. */
  private void takeBackUnsent() {
    MemberHealth former = active;
    if (former != null) {
      if (former.usable || config.inFlight() == InFlight.RESEND) {
        uplink.takeBack(former.member, clients);
      } else {
        former.member.dropUnsent();
      }
    }
    uplink.holdAll();
  }

  private void choose() {
    MemberHealth next =
        requested != null && requested.usable ? requested : standby.choose(config.policy(), active);
    requested = null;
    if (next == null) {
      world.record(host, EventKind.NO_STANDBY, name);
      deactivateActive();
      uplink.shut();
      state = AggregatorState.NO_UPLINK;
      return;
    }
    chosen = next;
    if (started) {
      world.record(host, Event.standbyChosen(next.member.name()), config.policy().toString());
    }
    state = AggregatorState.CHOSEN;
  }

  private void swap() {
    MemberHealth next = chosen;
    chosen = null;
    if (next == null || !next.usable) {
      state = AggregatorState.UNMAPPED;
      return;
    }
    deactivateActive();
    active = next;
    next.member.activate();
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).admit(next.member);
    }
    state = AggregatorState.SWAPPED;
    uplink.openTo(next.member);
    if (started) {
      announcer().announce(next.member, config);
    }
    uplink.flush(this);
  }

  private Announcer announcer() {
    if (announcer == null) {
      announcer = new Announcer(world, host, uplink, clients);
    }
    return announcer;
  }

  private void deactivateActive() {
    MemberHealth former = active;
    active = null;
    if (announcer != null) {
      announcer.stop();
    }
    if (former != null) {
      for (int i = 0; i < clients.size(); i++) {
        clients.get(i).dismiss(former.member);
      }
      former.member.deactivate();
      former.member.dropUnsent();
    }
  }

  private void restoreAccess() {
    MemberHealth current = active;
    if (current == null || !current.usable) {
      takeBackUnsent();
      deactivateActive();
      state = AggregatorState.UNMAPPED;
      return;
    }
    mapClients(current);
    takeUpWishes();
    if (whenSteady != null && isSteady()) {
      whenSteady.run();
    }
  }

  /** A member that is active too takes the place of the active one. */
  void handOver(MemberHealth successor) {
    active = successor;
    uplink.openTo(successor.member);
    state = isAnyoneShort() ? AggregatorState.SWITCHED_ONLY : AggregatorState.NORMAL;
  }

  /** What was asked for in the course of a failover is looked at when it is over. */
  private void takeUpWishes() {
    MemberHealth wish = requested;
    if (wish == null) {
      wish = standby.replacementRepairedMeanwhile(config.policy(), active);
    }
    boolean takesOver = wish != null && wish != active && wish.usable;
    requested = takesOver ? wish : null;
    if (takesOver) {
      state = AggregatorState.DETECTED;
    }
  }

  // ---- guests ----

  @Override
  public void addClient(Client client) {
    clients.add(client);
    MemberHealth current = active;
    if (current == null) {
      return;
    }
    if (isSteady()) {
      mapNew(client, current);
      if (!client.isMapped(current.member)) {
        client.admit(current.member);
      }
    } else if (state == AggregatorState.SWAPPED) {
      client.admit(current.member);
    }
  }

  @Override
  public void removeClient(Client client) {
    clients.remove(client);
    MemberHealth current = active;
    if (current != null) {
      client.dismiss(current.member);
      if (client.isMapped(current.member)) {
        client.unmap(current.member);
      }
    }
    if (state == AggregatorState.SWITCHED_ONLY && !isAnyoneShort()) {
      state = AggregatorState.NORMAL;
    }
  }

  /** A virtual function of this NIC is free. */
  @Override
  public void functionReleased(Member member) {
    if (state == AggregatorState.SWITCHED_ONLY && active != null && active.member == member) {
      mapClients(active);
    }
  }

  /** While others are short, so is a new one. */
  private void mapNew(Client client, MemberHealth current) {
    if (isShort(client, current)) {
      map(client, current.member);
      if (isShort(client, current)) {
        state = AggregatorState.SWITCHED_ONLY;
      }
    }
  }

  private void mapClients(MemberHealth current) {
    for (int i = 0; i < clients.size(); i++) {
      if (isShort(clients.get(i), current)) {
        map(clients.get(i), current.member);
      }
    }
    state = isAnyoneShort() ? AggregatorState.SWITCHED_ONLY : AggregatorState.NORMAL;
  }

  void map(Client client, Member member) {
    try {
      if (client.map(member)) {
        return;
      }
    } catch (RuntimeException | AssertionError e) {
      world.remember(e);
    }
    world.record(host, Event.functionMissing(client.name(), member.name()), "");
  }

  private boolean isAnyoneShort() {
    MemberHealth current = active;
    for (int i = 0; current != null && i < clients.size(); i++) {
      if (isShort(clients.get(i), current)) {
        return true;
      }
    }
    return false;
  }

  static boolean isShort(Client client, MemberHealth of) {
    return client.wantsDirectAccess() && !client.isMapped(of.member);
  }
}
