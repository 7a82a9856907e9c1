// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The transmit buffers of a host: kernel memory on the nodes of a {@link NumaTopology}, which an
 * application copies into and a NIC reads from.
 *
 * <pre>
 *   application on node a --copies d(a, b)--&gt; buffer on node b --NIC reads d(b, k)--&gt; NIC on node k
 * </pre>
 *
 * <p>A policy chooses for each request, with all three locations. While no buffer is free, requests
 * wait, first come, first served, and the choice is made when it is their turn, with where the
 * application is then. Each packet takes a buffer with its slot of a transmit ring, and gives it
 * back when it leaves the ring; one without a buffer waits in the ring, and those behind it.
 *
 * <pre>{@code
 * TransmitBuffers buffers = host.transmitBuffers().policy(nearNic());
 * TransmitBuffer buffer = buffers.request("web").granted();
 * buffer.release();
 * }</pre>
 *
 * <p>A choice costs nodes times NICs, and never looks at buffers one by one. Not modelled: what a
 * distance costs in time, and the content of a buffer, of which one is enough for any packet.
 */
public class TransmitBuffers {

  /** What {@link #take} returns where there is none. */
  public static final long NONE = -1;

  private static final int BITS_OF_INDEX = 32;
  private static final String WOKEN_BY = "one is freed or added";

  private final World world;
  private final String host;
  private final NumaTopology topology;
  private final NumaNode[] nodes;
  private final BufferChooser chooser;
  private final WaitQueue queue;
  private final Map<String, Application> applications = new LinkedHashMap<>();
  private TransmitBufferPolicy policy = TransmitBufferPolicies.nearApp();

  /** Creates the pool of a host that has no NICs yet. */
  public TransmitBuffers(World world, String host, NumaTopology topology) {
    this.world = world;
    this.host = host;
    this.topology = topology;
    this.nodes = new NumaNode[topology.nodeCount()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = new NumaNode(world, topology, i);
    }
    this.chooser = new BufferChooser(world, host, topology, nodes);
    this.queue = new WaitQueue(world.waits(), "host " + host, "transmit buffer");
  }

  // ---- what it is ----

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name of the host. */
  public String host() {
    return host;
  }

  /** The nodes of the host. */
  public NumaTopology topology() {
    return topology;
  }

  /** The nodes, in order. */
  public List<NumaNode> nodes() {
    return List.of(nodes);
  }

  /**
   * A node.
   *
   * @throws IllegalArgumentException if there is none of this number
   */
  public NumaNode node(int id) {
    topology.checkNode(id);
    return nodes[id];
  }

  /** How many buffers nobody has. */
  public int free() {
    synchronized (world) {
      int free = 0;
      for (NumaNode node : nodes) {
        free += node.freeSlots();
      }
      return free;
    }
  }

  /** Who waits for a buffer, the first in front. */
  public List<Waiter> waiters() {
    synchronized (world) {
      return queue.waiters();
    }
  }

  /**
   * The node that a NIC is on.
   *
   * @throws IllegalArgumentException if there is no NIC of this name
   */
  public int nodeOfNic(String nic) {
    synchronized (world) {
      return chooser.nodeOf(chooser.indexOf(nic));
    }
  }

  // ---- what it is told ----

  /** Lets this policy choose for the requests that come from now on. */
  public TransmitBuffers policy(TransmitBufferPolicy newPolicy) {
    synchronized (world.whileOpen()) {
      policy = newPolicy;
      return this;
    }
  }

  /** Who chooses. */
  public TransmitBufferPolicy policy() {
    synchronized (world) {
      return policy;
    }
  }

  /**
   * So many more buffers on a node, as memory that is plugged in.
   *
   * @throws IllegalArgumentException if there is no such node, the number is negative, or the node
   *     would have more than {@link NumaTopology#MAX_BUFFERS}
   */
  public void addBuffers(int node, int number) {
    topology.checkNode(node);
    world.run(
        () -> {
          int most = NumaTopology.MAX_BUFFERS - nodes[node].size();
          if (number < 0 || number > most) {
            throw new IllegalArgumentException(
                "number of transmit buffers to add to node "
                    + node
                    + ": "
                    + number
                    + " is not in 0 to "
                    + most);
          }
          nodes[node].add(number);
          queue.wake();
        });
  }

  /**
   * A NIC that will read from the buffers.
   *
   * @return its number, from 0
   */
  public int addNic(TransmitNic nic) {
    return chooser.addNic(nic, topology.nodeOfNic(nic.name()));
  }

  // ---- applications ----

  /**
   * An application: a virtual machine of the host, the host itself, or one that was started.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Application application(String name) {
    synchronized (world) {
      Application found = applications.get(name);
      if (found == null) {
        throw new IllegalArgumentException(
            "no application named '"
                + name
                + "' on host "
                + host
                + "; it has "
                + applications.keySet());
      }
      return found;
    }
  }

  /**
   * An application of the test's own begins to run on a node.
   *
   * @throws IllegalArgumentException if there is no such node, or an application of this name
   */
  public Application start(String name, int node) {
    topology.checkNode(node);
    synchronized (world.whileOpen()) {
      if (applications.containsKey(name)) {
        throw new IllegalArgumentException(
            "host " + host + " already has an application named '" + name + "'");
      }
      return begin(name, node);
    }
  }

  /** The application of this name, which begins where the topology says if there is none yet. */
  public Application sender(String name) {
    Application found = applications.get(name);
    return found != null ? found : begin(name, topology.nodeOfApplication(name));
  }

  private Application begin(String name, int node) {
    Application application = MemoryParts.of(world).application(this, name, node);
    applications.put(name, application);
    return application;
  }

  /** It may have come nearer to what it waits for. */
  void locationChanged() {
    if (!queue.isEmpty()) {
      queue.wake();
    }
  }

  void end(Application application) {
    if (!application.isAlive()) {
      return;
    }
    application.markEnded();
    applications.remove(application.name());
    for (Waiter waiter : application.takeWaiting()) {
      queue.cancel(waiter, DropReason.TARGET_GONE, application + " has ended");
    }
    for (TransmitBuffer buffer : application.buffers()) {
      if (buffer.state() == TransmitBufferState.ALLOCATED) {
        buffer.reclaim();
      }
    }
  }

  // ---- requests of applications ----

  /**
   * Asks for a buffer on behalf of an application.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public TransmitBufferRequest request(String application) {
    return request(application(application));
  }

  /**
   * Asks for a buffer, which whatever NIC is available will read.
   *
   * @throws IllegalStateException if the application has ended
   */
  public TransmitBufferRequest request(Application application) {
    return request(application, BufferChooser.ANY_NIC);
  }

  /**
   * Asks for a buffer that this NIC will read.
   *
   * @throws IllegalArgumentException if there is no NIC of this name
   * @throws IllegalStateException if the application has ended
   */
  public TransmitBufferRequest request(Application application, String nic) {
    return request(application, chooser.indexOf(nic));
  }

  private TransmitBufferRequest request(Application application, int nic) {
    return world.call(
        () -> {
          check(application);
          TransmitBufferRequest request = new TransmitBufferRequest(this, application, policy, nic);
          boolean first = queue.isEmpty() || !chooser.isAvailable(nic);
          if (!first || !request.tryGrant()) {
            Waiter waiter = queue.add(application.name(), 1, WOKEN_BY, request);
            request.waitsAs(waiter);
            application.addWaiting(waiter);
          }
          return request;
        });
  }

  /**
   * Takes a buffer if there is one now, and nobody waits.
   *
   * @return null if not, or if no NIC is available
   * @throws IllegalStateException if the application has ended
   */
  public @Nullable TransmitBuffer tryAllocate(Application application) {
    return world.call(
        () -> {
          check(application);
          return queue.isEmpty() && chooser.isAvailable(BufferChooser.ANY_NIC)
              ? allocate(application, BufferChooser.ANY_NIC, policy)
              : null;
        });
  }

  private void check(Application application) {
    if (application.transmitBuffers() != this) {
      throw new IllegalArgumentException(
          "application " + application + " is of another lab or host than " + this.host);
    }
    application.checkAlive();
  }

  boolean isAvailable(int nic) {
    return chooser.isAvailable(nic);
  }

  String noNic(int nic) {
    return nic == BufferChooser.ANY_NIC
        ? "NO_NIC: no PNIC of host " + host + " is available"
        : "NO_NIC: PNIC " + chooser.nameOf(nic) + " of host " + host + " is not available";
  }

  @Nullable String nicFor(int nic, int node) {
    return chooser.isAvailable(nic) ? chooser.nameOf(nic) : chooser.nearestTo(node);
  }

  @Nullable TransmitBuffer allocate(Application application, int nic, TransmitBufferPolicy by) {
    BufferOffer offer = chooser.choose(application, nic, by);
    if (offer == null) {
      return null;
    }
    NumaNode node = offer.place();
    TransmitBuffer buffer =
        new TransmitBuffer(this, application, node, node.takeLowest(), offer.nicIndex());
    node.addAllocated(1);
    application.held().put(buffer.token(), buffer);
    return buffer;
  }

  // ---- packets, whose buffers a card reads at once; within an operation of the lab ----

  static long token(int node, int index) {
    return (long) node << BITS_OF_INDEX | index;
  }

  /**
   * Takes a buffer for a packet that enters a transmit ring, unless somebody waits.
   *
   * @param nic the number of the card
   * @return what to give back when the packet has left the ring; {@link #NONE} if there is none
   */
  public long take(Application sender, int nic) {
    return queue.isEmpty() ? takeInTurn(sender, nic, policy) : NONE;
  }

  /** As {@link #take}, for one whose turn it is. */
  public long takeInTurn(Application sender, int nic, TransmitBufferPolicy by) {
    BufferOffer offer = chooser.choose(sender, nic, by);
    return offer == null ? NONE : token(offer.node(), offer.place().takeLowest());
  }

  /** Lets a packet wait for a buffer behind all others. */
  public Waiter await(Application sender, WaitQueue.Request request) {
    return queue.add(sender.name(), 1, WOKEN_BY, request);
  }

  void refuse(Waiter waiter, String why) {
    queue.cancel(waiter, DropReason.NO_UPLINK, why);
  }

  /** A packet does not wait any more: it has left its ring without a buffer. */
  public void withdraw(Waiter waiter) {
    queue.withdraw(waiter);
  }

  /** Gives a buffer back that was taken: its card has read it. */
  public void give(long token) {
    nodes[(int) (token >>> BITS_OF_INDEX)].give((int) token);
    if (!queue.isEmpty()) {
      queue.wake();
    }
  }

  @Override
  public String toString() {
    synchronized (world) {
      StringBuilder text = new StringBuilder("transmit buffers of ").append(host).append(':');
      List<NumaNode> all = new ArrayList<>(nodes());
      for (int i = 0; i < all.size(); i++) {
        text.append(i == 0 ? " " : ", ").append(all.get(i));
      }
      return text.append(", policy ").append(policy).toString();
    }
  }
}
