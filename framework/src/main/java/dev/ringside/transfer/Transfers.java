// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import dev.ringside.packet.Endpoint;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The transfers of a lab, and the buffers of those that take part.
 *
 * <pre>{@code
 * lab.transfers().start(VirtualNetworkPath.of(web, db, lab.wire()), bytes, TransferConfig.DEFAULT);
 * lab.transfers().media(web, db);          // [CHASSIS_INTERCONNECT]
 * lab.transfers().receiveQueue(db).close(); // db takes nothing more
 * }</pre>
 */
public class Transfers {

  private final World world;
  private final Whereabouts places;
  private final Connections connections;
  private final Map<String, ReceiveQueue> receiveQueues = new LinkedHashMap<>();
  private final Set<Transfer> open = new LinkedHashSet<>();
  private final Runnable reconsider = this::reconsider;
  private boolean reconsidering;

  /** Creates an owner of transfers that asks there where nodes are. */
  public Transfers(World world, Whereabouts places) {
    this.world = world;
    this.places = places;
    this.connections = new Connections(world);
    places.onChange(this::changed);
  }

  World world() {
    return world;
  }

  /** Where it asks where nodes are. */
  public Whereabouts whereabouts() {
    return places;
  }

  Whereabouts places() {
    return places;
  }

  Connections connections() {
    return connections;
  }

  /**
   * Sends a message from one node to another.
   *
   * @throws IllegalArgumentException if the first is nothing but addresses
   */
  public Transfer start(Endpoint from, Endpoint to, byte[] message) {
    return start(VirtualNetworkPath.of(from, to), message, TransferConfig.DEFAULT);
  }

  /**
   * Sends a message along a path. What can happen at once has happened when this returns.
   *
   * @throws IllegalArgumentException if a node but the last one is nothing but addresses
   */
  public Transfer start(VirtualNetworkPath path, byte[] message, TransferConfig config) {
    List<Endpoint> nodes = path.nodes();
    for (int i = 0; i < nodes.size() - 1; i++) {
      Connections.check(nodes.get(i));
    }
    return world.call(
        () -> {
          Transfer transfer = TransferParts.of(world).transfer(this, path, message, config);
          open.add(transfer);
          world.record(
              nodes.get(0).name(),
              EventKind.TRANSFER_STARTED,
              path.toString(),
              message.length + " bytes");
          transfer.poke();
          return transfer;
        });
  }

  /** Those that are neither delivered nor failed, in the order in which they were started. */
  public List<Transfer> open() {
    synchronized (world) {
      return new ArrayList<>(open);
    }
  }

  /** The media on the way from one node to the next, as the tables say; none if there is no way. */
  public Set<Media> media(Endpoint from, Endpoint to) {
    synchronized (world) {
      return places.media(from, to);
    }
  }

  /** The buffers that a node has posted for chunks from the interconnect. */
  public ReceiveQueue receiveQueue(Endpoint node) {
    synchronized (world) {
      ReceiveQueue queue = receiveQueues.get(node.name());
      if (queue == null) {
        queue = new ReceiveQueue(world, node.name(), () -> closed(node.name()));
        receiveQueues.put(node.name(), queue);
      }
      return queue;
    }
  }

  boolean isClosed(Endpoint node) {
    ReceiveQueue queue = receiveQueues.get(node.name());
    return queue != null && queue.isClosed();
  }

  private void closed(String node) {
    for (Transfer transfer : open()) {
      transfer.nodeClosed(node);
    }
  }

  void ended(Transfer transfer) {
    open.remove(transfer);
  }

  /** Something is elsewhere now: open transfers look before their next unit. */
  private void changed() {
    if (!reconsidering && !open.isEmpty()) {
      reconsidering = true;
      world.afterwards(reconsider);
    }
  }

  private void reconsider() {
    reconsidering = false;
    for (Transfer transfer : open()) {
      transfer.poke();
    }
  }

  @Override
  public String toString() {
    return "open transfers: " + open();
  }
}
