// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Connection;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spreads the connections of a guest over its virtual functions of several active NICs; one more
 * spreads what the host's virtual switch sends.
 *
 * <pre>
 *   packet --&gt; connection known, its NIC in the list? --yes--&gt; that NIC
 *                 | no
 *                 `--&gt; policy chooses from the list --&gt; remembered --&gt; that NIC
 * </pre>
 *
 * <p>A connection stays where it is while its NIC is in the list, whatever joins or leaves. When
 * its NIC has left, its next packet asks the policy again. The list is empty while the guest has no
 * virtual function anywhere; then it sends through the virtual switch, and this is not asked.
 *
 * <p>It remembers {@link #MAX_CONNECTIONS}. When there are more, it forgets those that were silent
 * for {@link #IDLE}; if there are none, further ones are spread by their hash and not remembered,
 * so that they may move when the list changes.
 *
 * <pre>{@code
 * VirtualLinkAggregator spread = host.vm("web").aggregator();
 * spread.ports();                                     // [p0, p1]
 * spread.setPolicy(PortSelectionPolicies.roundRobin());
 * spread.placement(Connection.of(packet)).through();  // p1
 * }</pre>
 */
public class VirtualLinkAggregator implements PacketSink {

  /** How many connections it remembers. */
  public static final int MAX_CONNECTIONS = 65_536;

  /** How long a connection must have been silent to be forgotten when there is no room. */
  public static final Duration IDLE = Duration.ofMinutes(5);

  private final World world;
  private final String host;
  private final String owner;
  private final ConnectionTable connections;
  private final PortList list = new PortList();
  private final PacketSink otherwise;
  private PortSelectionPolicy policy;
  private long asked;
  private long unremembered;

  /**
   * Creates one with an empty list.
   *
   * @param owner whose connections it spreads, as the journal names it
   * @param otherwise takes the packets while the list is empty
   */
  public VirtualLinkAggregator(
      World world, String host, String owner, PortSelectionPolicy policy, PacketSink otherwise) {
    this(world, host, owner, policy, otherwise, MAX_CONNECTIONS);
  }

  VirtualLinkAggregator(
      World world,
      String host,
      String owner,
      PortSelectionPolicy policy,
      PacketSink otherwise,
      int maxConnections) {
    this.world = world;
    this.host = host;
    this.owner = owner;
    this.policy = policy;
    this.otherwise = otherwise;
    this.connections = new ConnectionTable(maxConnections);
  }

  // ---- the list; within an operation of the lab, or while it is built ----

  /**
   * A NIC joins the list; from now on new connections may take it. Its mapping must be made.
   *
   * @param order its place in the configured order
   * @param out takes the packets of its connections
   */
  public void join(Member member, int order, PacketSink out) {
    if (list.find(member) == null) {
      list.add(new PortList.Port(member, order, out));
      world.record(host, Event.portJoined(owner, member.name()), "");
    }
  }

  /** A NIC leaves the list; the next packets of its connections go elsewhere. */
  public void leave(Member member) {
    PortList.Port port = list.find(member);
    if (port != null) {
      list.remove(port);
      world.record(host, Event.portLeft(owner, member.name()), "");
    }
  }

  // ---- questions ----

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** Whose connections it spreads. */
  public String owner() {
    return owner;
  }

  /** The names of the NICs in the list, in the configured order. */
  public List<String> ports() {
    synchronized (world) {
      return PortList.names(list.copy());
    }
  }

  /** Who chooses. */
  public PortSelectionPolicy policy() {
    synchronized (world) {
      return policy;
    }
  }

  /** The place of a connection, null if it has sent nothing or is forgotten. */
  public @Nullable Placement placement(Connection connection) {
    synchronized (world) {
      ConnectionTable.Entry entry = connections.find(connection.key());
      return entry == null ? null : entry.placement();
    }
  }

  /** The places of all connections that are remembered, in the order of their texts. */
  public List<Placement> placements() {
    synchronized (world) {
      List<Placement> placements = new ArrayList<>(connections.size());
      for (ConnectionTable.Entry entry : connections.entries()) {
        placements.add(entry.placement());
      }
      placements.sort(Comparator.comparing(placement -> placement.connection().toString()));
      return placements;
    }
  }

  /** How many packets were spread without being remembered, because there were too many. */
  public long unremembered() {
    synchronized (world) {
      return unremembered;
    }
  }

  // ---- operations ----

  /** Sets who chooses from now on; connections stay where they are. */
  public void setPolicy(PortSelectionPolicy newPolicy) {
    synchronized (world.whileOpen()) {
      policy = newPolicy;
      world.record(host, EventKind.CONFIGURED, owner, "port selection " + newPolicy);
    }
  }

  /** Forgets a connection, as when it has ended; its next packet is a first one again. */
  public void forget(Connection connection) {
    synchronized (world.whileOpen()) {
      ConnectionTable.Entry entry = connections.find(connection.key());
      if (entry != null) {
        connections.remove(entry);
      }
    }
  }

  // ---- packets ----

  /** Sends a packet on its connection's way. */
  @Override
  public void accept(Packet packet) {
    PortList.Port port = list.size() == 0 ? null : portOf(packet);
    (port == null ? otherwise : port.out).accept(packet);
  }

  /** The NIC that a packet takes, and from now on its connection; null while the list is empty. */
  public @Nullable Member select(Packet packet) {
    PortList.Port port = list.size() == 0 ? null : portOf(packet);
    return port == null ? null : port.member;
  }

  private PortList.@Nullable Port portOf(Packet packet) {
    long key = Connection.keyOf(packet);
    ConnectionTable.Entry entry = connections.find(key);
    if (entry == null) {
      return place(packet, key);
    }
    if (!entry.port.listed && !move(entry, packet)) {
      return null;
    }
    entry.lastUsed = world.now();
    return entry.port;
  }

  private PortList.@Nullable Port place(Packet packet, long key) {
    if (connections.isFull()) {
      connections.removeSilent(world.now() - IDLE.toNanos());
    }
    if (connections.isFull()) {
      unremembered++;
      return list.get((int) Long.remainderUnsigned(key, list.size()));
    }
    PortList.Port port = choose(packet);
    if (port != null) {
      ConnectionTable.Entry entry = new ConnectionTable.Entry(Connection.of(packet), port);
      entry.lastUsed = world.now();
      port.connections++;
      connections.add(entry);
      world.record(host, Event.connectionPlaced(owner, port.name()), entry.connection.toString());
    }
    return port;
  }

  private boolean move(ConnectionTable.Entry entry, Packet packet) {
    PortList.Port port = choose(packet);
    if (port == null) {
      return false;
    }
    entry.port.connections--;
    port.connections++;
    entry.moveTo(port);
    world.record(host, Event.connectionMoved(owner, port.name()), entry.connection.toString());
    return true;
  }

  /**
   * The policy is the user's code: what it does wrong fails the operation, but loses nothing. It
   * may even take NICs out of the list, all of them, while it is asked.
   */
  private PortList.@Nullable Port choose(Packet packet) {
    PortList.Port chosen = ask(packet, list.copy());
    if (chosen.listed) {
      return chosen;
    }
    return list.size() == 0 ? null : list.get(0);
  }

  private PortList.Port ask(Packet packet, List<PortList.Port> choice) {
    List<ActivePort> ports = PortList.active(choice);
    try {
      ActivePort answer = policy.choose(packet, asked++, ports);
      int index = indexOf(answer, ports);
      if (index >= 0) {
        return choice.get(index);
      }
      throw new IllegalStateException(
          "port selection policy ("
              + policy
              + ") of "
              + owner
              + " chose "
              + (answer == null ? "nothing" : answer.name())
              + ", which is not in the list "
              + PortList.names(choice)
              + "; the first of them is used instead");
    } catch (RuntimeException | AssertionError e) {
      world.remember(e);
      return choice.get(0);
    }
  }

  /** The same one first: the first comparison of records in a JVM costs 15 ms. */
  @SuppressWarnings("ReferenceEquality") // equality follows
  private static int indexOf(@Nullable ActivePort answer, List<ActivePort> ports) {
    for (int i = 0; i < ports.size(); i++) {
      if (ports.get(i) == answer) {
        return i;
      }
    }
    return answer == null ? -1 : ports.indexOf(answer);
  }

  @Override
  public String toString() {
    return "aggregator of " + owner + " over " + ports() + ", " + policy();
  }
}
