// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import dev.ringside.packet.Endpoint;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way along a path, or at its end.
 *
 * <pre>{@code
 * Transfer transfer = lab.transfer(web, db, bytes);
 * transfer.isDelivered();       // true: all that can happen at once has happened
 * transfer.protocols();         // [RDMA]
 * transfer.acknowledgedBytes(); // 1000000
 * }</pre>
 *
 * <p>The message is read while it is sent: it must not be changed before the end.
 */
public class Transfer {

  /** What has become of it. */
  public enum State {
    /** Not all bytes are at the last node yet. */
    OPEN,
    /** All bytes are at the last node, and all nodes before know it. */
    DELIVERED,
    /** The last node has the first bytes only, and will have no more. */
    FAILED
  }

  private final Transfers transfers;
  private final VirtualNetworkPath path;
  private final TransferConfig config;
  private final int size;
  private final List<Hop> hops = new ArrayList<>(1);
  private State state = State.OPEN;
  private long allowance;
  private @Nullable String failure;

  Transfer(Transfers transfers, VirtualNetworkPath path, byte[] message, TransferConfig config) {
    this.transfers = transfers;
    this.path = path;
    this.config = config;
    this.size = message.length;
    this.allowance = config.units();
    Store store = Store.of(message);
    List<Endpoint> nodes = path.nodes();
    for (int i = 1; i < nodes.size(); i++) {
      Hop hop = new Hop(this, transfers, nodes.get(i - 1), nodes.get(i), store);
      if (i > 1) {
        hops.get(i - 2).setNext(hop);
      }
      hops.add(hop);
      store = hop.target();
    }
  }

  // ---- what it is ----

  /** The nodes. */
  public VirtualNetworkPath path() {
    return path;
  }

  /** What the devices of the lab share. */
  public World world() {
    return transfers.world();
  }

  /** How it is done. */
  public TransferConfig config() {
    return config;
  }

  /** How many bytes the message has. */
  public int size() {
    return size;
  }

  /** What has become of it. */
  public State state() {
    synchronized (transfers.world()) {
      return state;
    }
  }

  /** Whether all bytes have arrived, and the sender knows it. */
  public boolean isDelivered() {
    return state() == State.DELIVERED;
  }

  /** Whether it is neither delivered nor failed. */
  public boolean isOpen() {
    return state() == State.OPEN;
  }

  boolean isOpenNow() {
    return state == State.OPEN;
  }

  /** Why it has failed, null unless it has. */
  public @Nullable String failure() {
    synchronized (transfers.world()) {
      return failure;
    }
  }

  /** Its hops, in order. */
  public List<Hop> hops() {
    return Collections.unmodifiableList(hops);
  }

  private Hop lastHop() {
    return hops.get(hops.size() - 1);
  }

  /** How many bytes, from the first one on, the last node has acknowledged. */
  public int acknowledgedBytes() {
    synchronized (transfers.world()) {
      return lastHop().acknowledgedBytes();
    }
  }

  /** A copy of the bytes that are at the last node: the message, or what it begins with. */
  public byte[] received() {
    synchronized (transfers.world()) {
      return lastHop().target().copyOfFilled();
    }
  }

  /** The protocols that were used on any hop, in the order of their reach. */
  public Set<Protocol> protocols() {
    Set<Protocol> used = EnumSet.noneOf(Protocol.class);
    for (Hop hop : hops) {
      for (Stretch stretch : hop.stretches()) {
        used.add(stretch.protocol());
      }
    }
    return Collections.unmodifiableSet(used);
  }

  /** The media that were crossed on any hop, in the order of their reach. */
  public Set<Media> media() {
    Set<Media> crossed = EnumSet.noneOf(Media.class);
    for (Hop hop : hops) {
      for (Stretch stretch : hop.stretches()) {
        crossed.addAll(stretch.media());
      }
    }
    return Collections.unmodifiableSet(crossed);
  }

  /** How many units were begun on all hops together, each counted once. */
  public long units() {
    long units = 0;
    for (Hop hop : hops) {
      for (Stretch stretch : hop.stretches()) {
        units += stretch.units();
      }
    }
    return units;
  }

  // ---- control ----

  /**
   * Lets so many more units begin, on all hops together.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public Transfer allow(long units) {
    if (units < 0) {
      throw new IllegalArgumentException("cannot allow " + units + " units: say 0 or more");
    }
    transfers
        .world()
        .run(
            () -> {
              allowance = allowance + units < 0 ? Long.MAX_VALUE : allowance + units;
              poke();
            });
    return this;
  }

  /** Gives up: what was not acknowledged fails. Nothing happens at an end. */
  public void cancel() {
    transfers.world().run(() -> fail(hops.get(0), "cancelled by the test"));
  }

  // ---- for hops ----

  void poke() {
    for (Hop hop : hops) {
      hop.poke();
    }
  }

  boolean hasAllowance() {
    return allowance > 0;
  }

  void useAllowance() {
    if (allowance != Long.MAX_VALUE) {
      allowance--;
    }
  }

  /** What the policy is asked about: the media of the hop, or of all hops. */
  Set<Media> mediaFor(Hop hop) {
    if (!config.wholePath()) {
      return transfers.places().media(hop.from(), hop.to());
    }
    Set<Media> all = EnumSet.noneOf(Media.class);
    for (Hop each : hops) {
      Set<Media> media = transfers.places().media(each.from(), each.to());
      if (media.isEmpty()) {
        return media;
      }
      all.addAll(media);
    }
    return Collections.unmodifiableSet(all);
  }

  /** A node takes no transfers any more: whatever goes to or through it fails. */
  void nodeClosed(String node) {
    for (Hop hop : hops) {
      if (hop.to().name().equals(node) && !hop.isDone()) {
        fail(hop, node + " takes no transfers");
      }
    }
  }

  void hopDone() {
    for (Hop hop : hops) {
      if (!hop.isDone()) {
        return;
      }
    }
    end(State.DELIVERED, EventKind.TRANSFER_DELIVERED, size + " bytes");
  }

  void fail(Hop hop, String why) {
    if (state != State.OPEN) {
      return;
    }
    failure =
        hop.name()
            + ": "
            + why
            + "; "
            + acknowledgedBytes()
            + " of "
            + size
            + " bytes were acknowledged";
    for (Hop each : hops) {
      each.drop();
    }
    end(State.FAILED, EventKind.TRANSFER_FAILED, failure);
  }

  private void end(State newState, EventKind kind, String what) {
    state = newState;
    transfers.ended(this);
    transfers.world().record(path.nodes().get(0).name(), kind, path.toString(), what);
  }

  /**
   * Such as {@code transfer web>db of 1000 bytes: DELIVERED, [web>db: 1000 of 1000 bytes, ...]}.
   */
  @Override
  public String toString() {
    return "transfer "
        + path
        + " of "
        + size
        + " bytes: "
        + state()
        + ", "
        + hops
        + (failure == null ? "" : ", failed: " + failure);
  }
}
