// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.trace.Account;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The aggregation of a host. Active/standby: one NIC carries the traffic, and when it fails another
 * takes over, and the guests' direct access follows.
 *
 * <pre>
 *   NORMAL --failure--&gt; DETECTED --all mappings removed--&gt; UNMAPPED --policy--&gt; CHOSEN
 *     ^                                                      | ^ no NIC: NO_UPLINK
 *     |                                                      | `-- the chosen one fails too
 *     `--- mapped in guest order &lt;--- SWAPPED &lt;--- deactivate, activate, admit, announce, flush
 *              `-- no free function: SWITCHED_ONLY, until one is released
 * </pre>
 *
 * <p>Active/active: all that are healthy carry traffic, and a guest has a virtual function of each
 * of them, over which its {@link VirtualLinkAggregator} spreads its connections. A NIC that fails
 * leaves, and those that stay take its connections; the last one that fails does so as above.
 *
 * <p>While no NIC is active, packets are held, up to a bound, and sent first when one is. The steps
 * follow each other at once unless a step delay is set, which lets a test look in between.
 *
 * <pre>{@code
 * host.aggregator().activeName();   // p0
 * host.aggregator().switchTo("p1"); // by hand
 * }</pre>
 *
 * <p>Not modelled: that guests see their link down while there is no uplink; they go on reaching
 * each other through the virtual switch.
 */
public class LinkAggregator implements PacketSink {

  private final World world;
  private final String host;
  private final String name;
  private final HealthMonitor health;
  private final Uplink uplink;
  private final Mode mode;
  private final @Nullable Spreading spreading;
  private AggregatorConfig config;
  private @Nullable Prober prober;

  /** Creates an active/standby aggregation without members. */
  public LinkAggregator(World world, String host, String name, AggregatorConfig config) {
    this.world = world;
    this.host = host;
    this.name = name;
    this.config = config;
    this.health = new HealthMonitor(world, host, config, this);
    this.uplink = new Uplink(world, host, name, config.holdCapacity());
    AggregateParts parts = AggregateParts.of(world);
    this.mode = parts.failover(world, host, name, config, health, uplink);
    this.spreading = null;
  }

  /**
   * Creates an active/active aggregation without members.
   *
   * @param policy spreads the connections of the host's virtual switch
   */
  public LinkAggregator(
      World world, String host, String name, AggregatorConfig config, PortSelectionPolicy policy) {
    this.world = world;
    this.host = host;
    this.name = name;
    this.config = config;
    this.health = new HealthMonitor(world, host, config, this);
    this.spreading = new Spreading(world, host, name, config, health, policy);
    this.uplink = spreading.uplink();
    this.mode = spreading;
  }

  // ---- building; within an operation of the lab, or while it is built ----

  /** Adds a NIC, which stands by until it is chosen. */
  public void addMember(Member member) {
    mode.added(health.add(member));
  }

  /** Activates the first NIC, which the policy chooses among those that were added. */
  public void start() {
    mode.start();
  }

  /** Adds a guest and gives it direct access where it can have it. */
  public void addClient(Client client) {
    mode.addClient(client);
  }

  /** Takes a guest away; its virtual function becomes free. */
  public void removeClient(Client client) {
    mode.removeClient(client);
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
    return uplink.account();
  }

  /** Where it is in the course of a failover. */
  public AggregatorState state() {
    synchronized (world) {
      return mode.state();
    }
  }

  /** How it uses its NICs. */
  public Aggregation aggregation() {
    return spreading == null ? Aggregation.ACTIVE_STANDBY : Aggregation.ACTIVE_ACTIVE;
  }

  /**
   * The name of the active NIC, null while there is none. Where all are active, the one that is
   * first in the course of a failover.
   */
  public @Nullable String activeName() {
    synchronized (world) {
      MemberHealth active = mode.active();
      return active == null ? null : active.member.name();
    }
  }

  /** The names of the NICs that carry traffic, in the configured order. */
  public List<String> activeNames() {
    synchronized (world) {
      List<String> names = new ArrayList<>(health.members().size());
      for (MemberHealth member : health.members()) {
        if (mode.isActive(member)) {
          names.add(member.member.name());
        }
      }
      return names;
    }
  }

  /**
   * Spreads what the virtual switch of the host sends.
   *
   * @throws IllegalStateException if one NIC at a time is active, so that there is nothing to
   *     spread
   */
  public VirtualLinkAggregator hostTraffic() {
    return spreading("has no traffic to spread").hostTraffic();
  }

  private Spreading spreading(String why) {
    if (spreading == null) {
      throw new IllegalStateException(
          name
              + " of host "
              + host
              + " is active/standby and "
              + why
              + "; build the host with aggregation(ACTIVE_ACTIVE)");
    }
    return spreading;
  }

  /** The names of its NICs, in the configured order. */
  public List<String> memberNames() {
    synchronized (world) {
      List<String> names = new ArrayList<>(health.members().size());
      for (MemberHealth member : health.members()) {
        names.add(member.member.name());
      }
      return names;
    }
  }

  /**
   * Whether it takes this NIC for healthy.
   *
   * @throws IllegalArgumentException if there is no NIC of this name
   */
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
  public long held() {
    synchronized (world) {
      return uplink.live();
    }
  }

  private MemberHealth find(String member) {
    MemberHealth found = health.find(member);
    if (found == null) {
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
    return found;
  }

  // ---- operations ----

  /** Changes how it behaves. Packets that are held stay held. */
  public void configure(AggregatorConfig newConfig) {
    world.run(
        () -> {
          config = newConfig;
          health.configure(newConfig);
          uplink.setHoldCapacity(newConfig.holdCapacity());
          mode.configure(newConfig);
        });
  }

  /** Sets who takes over at the next failure; at once if there is no active NIC now. */
  public void setPolicy(FailoverPolicy policy) {
    configure(config().withPolicy(policy));
  }

  /** Sets what becomes of packets that a failed NIC had not sent. */
  public void setInFlight(InFlight inFlight) {
    configure(config().withInFlight(inFlight));
  }

  /**
   * Makes a NIC the active one without a failure; once a failover that is going on is over.
   *
   * @throws IllegalArgumentException if there is no NIC of this name
   * @throws IllegalStateException if it is not healthy, or if all are active
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
          mode.request(target);
        });
  }

  /**
   * Probes the active NIC from now on; what {@link #filter} recognizes is an answer.
   *
   * @throws IllegalStateException if all are active: the answer to a probe would come in by any
   */
  public void probe(ProbeConfig probes, Ipv4Address self) {
    if (spreading != null) {
      throw new IllegalStateException(
          "cannot probe "
              + name
              + " of host "
              + host
              + ": it is active/active, and the switch may send the answer to a probe by another NIC"
              + " than the probe's");
    }
    world.run(
        () -> {
          stopProbing();
          prober = new Prober(this, self, probes);
          prober.start();
        });
  }

  /** Probes no longer. */
  public void stopProbing() {
    synchronized (world) {
      if (prober != null) {
        prober.stop();
        prober = null;
      }
    }
  }

  /**
   * Runs an action once what the virtual switch has sent so far has left the NICs: now, or later;
   * within an operation of the lab.
   *
   * @throws IllegalStateException if one NIC at a time is active; ask that NIC
   */
  public void whenSent(Runnable action) {
    spreading("sends by one NIC only").drain().whenSent(action);
  }

  /**
   * Runs an action as soon as no failover is going on, at once if there is none now. An aggregation
   * without any NIC to use has come to rest too.
   */
  public void whenSettled(Runnable action) {
    world.run(() -> mode.whenSettled(action));
  }

  // ---- reports; within an operation of the lab ----

  /** A NIC has changed: its link, or it failed or was repaired. Repeated reports change nothing. */
  public void memberChanged(Member member) {
    health.changed(find(member.name()));
  }

  /** Probes through this NIC remain unanswered; it counts as failed until it changes. */
  public void probesLost(Member member) {
    health.probesLost(find(member.name()));
  }

  /** A virtual function of this NIC is free again. */
  public void functionReleased(Member member) {
    mode.functionReleased(member);
  }

  Mode mode() {
    return mode;
  }

  /** Whether the host is without an active NIC, so that there is nothing to wait for. */
  boolean isWithoutUplink() {
    return mode.state() == AggregatorState.NO_UPLINK;
  }

  // ---- packets ----

  /** The host sends a packet to the network. */
  @Override
  public void accept(Packet packet) {
    uplink.accept(packet);
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
    uplink.deliverOwn(packet);
    return true;
  }

  /** The member to probe: the active one, null while there is none or another is taking over. */
  @Nullable Member steadyMember() {
    MemberHealth steady = mode.steadyMember();
    return steady == null ? null : steady.member;
  }

  void sendProbe(Packet probe, Member through) {
    uplink.sendOwn(probe, through);
  }

  @Override
  public String toString() {
    List<String> active = activeNames();
    String names = active.isEmpty() ? "null" : String.join(", ", active);
    return name + " (" + state() + ", active " + names + ", " + held() + " held)";
  }
}
