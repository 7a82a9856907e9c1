// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import dev.ringside.world.Timer;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The active/standby aggregation of a host: one NIC carries the traffic, and when it fails another
 * takes over, and the guests' direct access follows.
 *
 * <pre>
 *   NORMAL --failure--&gt; DETECTED --all mappings removed--&gt; UNMAPPED --policy--&gt; CHOSEN
 *     ^                                                      | ^ no NIC: NO_UPLINK
 *     |                                                      | `-- the chosen one fails too
 *     `--- MAPPED in guest order &lt;--- SWAPPED &lt;--- deactivate, activate, admit, announce, flush
 *              `-- no free function: SWITCHED_ONLY, until one is released
 * </pre>
 *
 * <p>While no NIC is active, packets are held, up to a bound, and sent first when one is. The steps
 * follow each other at once unless a step delay is set, which lets a test look in between.
 *
 * <pre>{@code
 * host.aggregator().activeName();   // p0
 * host.aggregator().switchTo("p1"); // by hand
 * }</pre>
 */
public class LinkAggregator implements Account.Holder, PacketSink {

  private final World world;
  private final String host;
  private final String name;
  private final Account account;
  private final List<MemberHealth> members = new ArrayList<>(4);
  private final List<Client> clients = new ArrayList<>(4);
  private AggregatorConfig config;
  private HoldQueue hold;
  private AggregatorState state = AggregatorState.NO_UPLINK;
  private @Nullable MemberHealth active;
  private @Nullable MemberHealth chosen;
  private @Nullable MemberHealth requested;
  private @Nullable Timer nextStep;
  private @Nullable Prober prober;
  private boolean stepping;

  /** The first activation, while the host is built, is no failover and takes no time. */
  private boolean started;

  /** Creates an aggregation without members. */
  public LinkAggregator(World world, String host, String name, AggregatorConfig config) {
    this.world = world;
    this.host = host;
    this.name = name;
    this.config = config;
    this.hold = new HoldQueue(name, config.holdCapacity());
    this.account = world.ledger().open(Stage.HOLD_QUEUE, name, this);
  }

  // ---- building ----

  /** Adds a NIC, which stands by until it is chosen. */
  public void addMember(Member member) {
    MemberHealth health = new MemberHealth(member, members.size(), world.now());
    member.deactivate();
    members.add(health);
    if (state == AggregatorState.NO_UPLINK && health.usable) {
      chosen = health;
      become(AggregatorState.CHOSEN);
    }
  }

  /** Adds a guest and gives it direct access where it can have it. */
  public void addClient(Client client) {
    clients.add(client);
    if (active != null && carries()) {
      client.admit(active.member);
      mapClients(active);
    }
  }

  /** Takes a guest away; its virtual function becomes free. */
  public void removeClient(Client client) {
    clients.remove(client);
    if (active != null) {
      client.dismiss(active.member);
    }
    if (client.isMapped()) {
      client.unmap();
    }
  }

  /** Probes the active NIC from now on; what {@link #filter} recognizes is an answer. */
  public void probe(ProbeConfig probes, Ipv4Address self) {
    world.run(
        () -> {
          stopProbing();
          prober = new Prober(world, self, probes, new ProbeLine());
          prober.start();
        });
  }

  /** Probes no longer. */
  public void stopProbing() {
    if (prober != null) {
      prober.stop();
      prober = null;
    }
  }

  // ---- questions ----

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The packets that went through, and those it holds. */
  public Account account() {
    return account;
  }

  /** Where it is in the course of a failover. */
  public AggregatorState state() {
    synchronized (world) {
      return state;
    }
  }

  /** The name of the active NIC, null while there is none. */
  public @Nullable String activeName() {
    synchronized (world) {
      return active == null ? null : active.member.name();
    }
  }

  /** The names of its NICs, in the configured order. */
  public List<String> memberNames() {
    synchronized (world) {
      List<String> names = new ArrayList<>(members.size());
      for (MemberHealth health : members) {
        names.add(health.member.name());
      }
      return names;
    }
  }

  /** Whether it takes this NIC for healthy. */
  public boolean isHealthy(String member) {
    synchronized (world) {
      return find(member).usable;
    }
  }

  /** How it behaves. */
  public AggregatorConfig config() {
    synchronized (world) {
      return config;
    }
  }

  /** How many packets it holds until a NIC is active. */
  @Override
  public long live() {
    return hold.size();
  }

  private MemberHealth find(String member) {
    for (MemberHealth health : members) {
      if (health.member.name().equals(member)) {
        return health;
      }
    }
    throw new IllegalArgumentException(
        "no PNIC named '"
            + member
            + "' in "
            + name
            + " of host "
            + host
            + "; it has "
            + memberNames());
  }

  // ---- operations ----

  /** Changes how it behaves. Packets that are held stay held. */
  public void configure(AggregatorConfig newConfig) {
    world.run(
        () -> {
          HoldQueue former = hold;
          config = newConfig;
          hold = new HoldQueue(name, newConfig.holdCapacity());
          former.drainTo(packet -> hold.holdUnsent(packet));
        });
  }

  /** Sets who takes over at the next failure. */
  public void setPolicy(FailoverPolicy policy) {
    configure(config().withPolicy(policy));
  }

  /**
   * Makes a NIC the active one without a failure.
   *
   * @throws IllegalArgumentException if there is no NIC of this name
   * @throws IllegalStateException if it is not healthy
   */
  public void switchTo(String member) {
    world.run(
        () -> {
          MemberHealth target = find(member);
          if (!target.usable) {
            throw new IllegalStateException(
                "cannot switch "
                    + name
                    + " to "
                    + member
                    + ", which is not healthy; repair it first");
          }
          if (target != active) {
            moveTo(target);
          }
        });
  }

  private void moveTo(MemberHealth target) {
    if (state == AggregatorState.NORMAL || state == AggregatorState.SWITCHED_ONLY) {
      requested = target;
      become(AggregatorState.DETECTED);
    }
  }

  // ---- health ----

  /** A NIC has changed: its link, or it failed or was repaired. Repeated reports change nothing. */
  public void memberChanged(Member member) {
    MemberHealth health = find(member.name());
    health.probesLost = false;
    reconsider(health);
  }

  /** Probes through this NIC remain unanswered; it counts as failed until it changes. */
  public void probesLost(Member member) {
    MemberHealth health = find(member.name());
    health.probesLost = true;
    reconsider(health);
  }

  private void reconsider(MemberHealth health) {
    boolean looksUsable = health.looksUsable();
    if (looksUsable == health.usable) {
      health.cancelChange(); // it flapped back in time
      return;
    }
    if (health.change != null) {
      return;
    }
    long delay = looksUsable ? config.upDelay().toNanos() : config.downDelay().toNanos();
    if (delay == 0 || health.probesLost) {
      accept(health, looksUsable);
    } else {
      health.change =
          world.schedule(
              delay,
              () -> {
                health.change = null;
                accept(health, looksUsable);
              });
    }
  }

  private void accept(MemberHealth health, boolean usable) {
    health.usable = usable;
    String member = health.member.name();
    if (usable) {
      health.healthySince = world.now();
      world.record(host, Event.repairDetected(member), "");
      repaired(health);
    } else {
      health.failures++;
      world.record(host, Event.failureDetected(member), "");
      failed(health);
    }
  }

  private void repaired(MemberHealth health) {
    if (state == AggregatorState.NO_UPLINK) {
      become(AggregatorState.UNMAPPED);
    } else if (active != null && active != health && active.usable && replaces(active, health)) {
      moveTo(health);
    }
  }

  private boolean replaces(MemberHealth current, MemberHealth repaired) {
    try {
      return config.policy().replaces(current.candidate(), repaired.candidate());
    } catch (RuntimeException | AssertionError e) {
      world.remember(e);
      return false;
    }
  }

  private void failed(MemberHealth health) {
    if (health != active) {
      health.member.dropUnsent();
    } else if (state == AggregatorState.NORMAL || state == AggregatorState.SWITCHED_ONLY) {
      become(AggregatorState.DETECTED);
    } else if (nextStep == null && !stepping) {
      continueSteps();
    }
  }

  /** A virtual function of this NIC is free again. */
  public void functionReleased(Member member) {
    if (state == AggregatorState.SWITCHED_ONLY && active != null && active.member == member) {
      mapClients(active);
    }
  }

  // ---- the steps of a failover ----

  private void become(AggregatorState newState) {
    state = newState;
    if (!stepping) {
      continueSteps();
    }
  }

  /** Takes step after step, at once or one delay apart, until the aggregator is at rest. */
  private void continueSteps() {
    long delay = config.stepDelay().toNanos();
    stepping = true;
    try {
      while (!atRest()) {
        if (delay > 0 && started) {
          nextStep = world.schedule(delay, this::delayedStep);
          return;
        }
        step();
      }
    } finally {
      stepping = false;
    }
  }

  private void delayedStep() {
    nextStep = null;
    stepping = true;
    try {
      step();
    } finally {
      stepping = false;
    }
    continueSteps();
  }

  private boolean atRest() {
    return state == AggregatorState.NORMAL
        || state == AggregatorState.SWITCHED_ONLY
        || state == AggregatorState.NO_UPLINK;
  }

  private void step() {
    switch (state) {
      case DETECTED -> removeMappings();
      case UNMAPPED -> choose();
      case CHOSEN -> swap();
      case SWAPPED -> restoreAccess();
      default -> throw new AssertionError("no step from " + state + "; please report this bug");
    }
  }

  private void removeMappings() {
    for (int i = 0; i < clients.size(); i++) {
      Client client = clients.get(i);
      if (client.isMapped()) {
        client.unmap();
      }
    }
    takeBackUnsent();
    state = AggregatorState.UNMAPPED;
  }

  private void takeBackUnsent() {
    if (active == null) {
      return;
    }
    if (config.inFlight() == InFlight.RESEND) {
      active.member.takeUnsent(
          packet -> {
            account.addReceived();
            hold.holdUnsent(packet);
          });
    } else {
      active.member.dropUnsent();
    }
  }

  private void choose() {
    MemberHealth next = requested != null && requested.usable ? requested : askPolicy();
    requested = null;
    if (next != null) {
      chosen = next;
      world.record(host, Event.standbyChosen(next.member.name()), config.policy().toString());
      state = AggregatorState.CHOSEN;
      return;
    }
    world.record(host, EventKind.NO_STANDBY, name);
    deactivateActive();
    dropHeld();
    state = AggregatorState.NO_UPLINK;
  }

  private @Nullable MemberHealth askPolicy() {
    List<Candidate> healthy = new ArrayList<>(members.size());
    for (MemberHealth health : members) {
      if (health.usable) {
        healthy.add(health.candidate());
      }
    }
    if (healthy.isEmpty()) {
      return null;
    }
    Candidate answer;
    try {
      answer =
          config.policy().choose(List.copyOf(healthy), active == null ? null : active.candidate());
      if (answer == null) {
        return null;
      }
      if (!healthy.contains(answer)) {
        throw new IllegalStateException(
            "failover policy ("
                + config.policy()
                + ") chose "
                + answer.name()
                + ", which is not among the healthy "
                + names(healthy)
                + "; the first of them is used instead");
      }
    } catch (RuntimeException | AssertionError e) {
      world.remember(e);
      answer = healthy.get(0);
    }
    return members.get(answer.order());
  }

  private static List<String> names(List<Candidate> candidates) {
    List<String> names = new ArrayList<>();
    for (Candidate candidate : candidates) {
      names.add(candidate.name());
    }
    return names;
  }

  private void deactivateActive() {
    MemberHealth former = active;
    active = null;
    if (former != null) {
      for (int i = 0; i < clients.size(); i++) {
        clients.get(i).dismiss(former.member);
      }
      former.member.deactivate();
    }
  }

  private void dropHeld() {
    int dropped = hold.drainTo(packet -> drop(packet, DropReason.NO_UPLINK));
    if (dropped > 0) {
      world.record(host, EventKind.HOLD_QUEUE_DROPPED, Integer.toString(dropped));
    }
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
    announce(next, config.announcements());
    int flushed = hold.drainTo(packet -> send(packet, next));
    if (flushed > 0) {
      world.record(host, EventKind.HOLD_QUEUE_FLUSHED, Integer.toString(flushed));
    }
  }

  private void announce(MemberHealth through, int times) {
    if (times == 0 || through != active) {
      return;
    }
    for (int i = 0; i < clients.size(); i++) {
      Client client = clients.get(i);
      world.record(host, Event.announced(client.name(), through.member.name()), "");
      client.announce(
          packet -> {
            Packet named = world.inject(account, packet);
            send(named, through);
          });
    }
    if (times > 1) {
      world.schedule(config.announcementInterval().toNanos(), () -> announce(through, times - 1));
    }
  }

  private void restoreAccess() {
    MemberHealth current = active;
    if (current == null || !current.usable) {
      takeBackUnsent();
      deactivateActive();
      state = AggregatorState.UNMAPPED;
    } else {
      mapClients(current);
    }
  }

  private void mapClients(MemberHealth current) {
    boolean shortOfFunctions = false;
    for (int i = 0; i < clients.size(); i++) {
      Client client = clients.get(i);
      if (client.wantsDirectAccess() && !client.isMapped() && !map(client, current)) {
        shortOfFunctions = true;
      }
    }
    started = true;
    state = shortOfFunctions ? AggregatorState.SWITCHED_ONLY : AggregatorState.NORMAL;
  }

  private boolean map(Client client, MemberHealth current) {
    try {
      if (client.map(current.member)) {
        return true;
      }
    } catch (RuntimeException | AssertionError e) {
      world.remember(e);
    }
    world.record(host, Event.functionMissing(client.name(), current.member.name()), "");
    return false;
  }

  // ---- packets ----

  /** Whether packets go to the active NIC now. */
  private boolean carries() {
    return switch (state) {
      case NORMAL, SWITCHED_ONLY, SWAPPED, DETECTED -> true;
      case UNMAPPED, CHOSEN, NO_UPLINK -> false;
    };
  }

  /** The host sends a packet to the network. */
  @Override
  public void accept(Packet packet) {
    account.addReceived();
    MemberHealth current = active;
    if (current != null && carries()) {
      send(packet, current);
    } else if (state == AggregatorState.NO_UPLINK) {
      drop(packet, DropReason.NO_UPLINK);
    } else if (hold.hold(packet)) {
      world.passed(account, packet, "held until a NIC is active");
    } else {
      drop(packet, DropReason.NO_UPLINK);
    }
  }

  /**
   * Looks at a packet that came from the active NIC.
   *
   * @return whether it was an answer to a probe and has reached its end
   */
  public boolean filter(Packet packet) {
    if (prober == null || !prober.isAnswer(packet)) {
      return false;
    }
    account.addReceived();
    world.delivered(account, packet);
    return true;
  }

  private void send(Packet packet, MemberHealth through) {
    world.passed(account, packet, through.member.name());
    account.addSent();
    through.member.transmit(packet);
  }

  private void drop(Packet packet, DropReason reason) {
    world.dropped(account, packet, reason, this);
  }

  /** What the prober may do. */
  private final class ProbeLine implements Prober.Line {
    @Override
    public @Nullable Member active() {
      return active == null ? null : active.member;
    }

    @Override
    public void send(Packet probe) {
      Packet named = world.inject(account, probe);
      if (active != null) {
        LinkAggregator.this.send(named, active);
      }
    }

    @Override
    public void lost(Member member) {
      probesLost(member);
    }
  }

  @Override
  public String toString() {
    return name + " (" + state + ", active " + activeName() + ", " + hold.size() + " held)";
  }
}
