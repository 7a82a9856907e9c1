// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowDecision;
import dev.ringside.flow.FlowDialect;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowOwner;
import dev.ringside.flow.FlowParts;
import dev.ringside.flow.FlowTable;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Pulls from one hardware receive ring of the host, classifies again in software, and hands each
 * packet to the software receive ring of its destination. What its table does not know goes where
 * it would go without it.
 *
 * <pre>
 *                                           +-- entry web --&gt; web/vnic0/rx --&gt; VNIC
 *   hardware receive ring --&gt; software ring +-- entry db ---&gt; db/vnic0/rx ---&gt; VNIC
 *                                           +-- signature --&gt; dropped, CONTAINED_SW
 *                                           `-- none -------&gt; virtual switch
 * </pre>
 *
 * <pre>{@code
 * host.steering().steer("web");
 * SoftwareRing ring = host.steering().softwareRing("p0", 0);
 * ring.pause();  // packets wait in the hardware receive ring
 * ring.resume();
 * }</pre>
 *
 * <p>It keeps no packet: those that it does not take yet wait in front of it. Several destinations
 * may share one.
 */
public class SoftwareRing implements Receiver, FlowOwner {

  /** How many entries its classifier has room for. */
  public static final int CAPACITY = 8_192;

  /**
   * The hardware receive ring that it pulls from.
   *
   * <pre>{@code
   * SoftwareRing.Source source = receiveRing::consumerReady;
   * }</pre>
   */
  @FunctionalInterface
  public interface Source {
    /** The software ring takes packets again. */
    void consumerReady();
  }

  private final World world;
  private final Account account;
  private final Source source;
  private final PacketSink unknown;
  private final FlowTable table;
  private final FlowDecision decision = new FlowDecision();
  private boolean paused;

  /**
   * Creates a software ring without entries.
   *
   * @param name unique in the lab, such as p0/sr1
   * @param unknown takes what its table does not know; nothing is pulled while it is busy
   */
  public SoftwareRing(World world, String name, Source source, PacketSink unknown) {
    this.world = world;
    this.account = world.ledger().open(Stage.SOFTWARE_RING, name);
    this.source = source;
    this.unknown = unknown;
    FlowParts parts = FlowParts.of(world);
    this.table = parts.flowTable(name, CAPACITY, FlowDialect.LONGEST_PREFIX, this);
  }

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name, such as p0/sr1. */
  @Override
  public String name() {
    return account.name();
  }

  /** The packets that went through. */
  public Account account() {
    return account;
  }

  /** Its software classifier. */
  public FlowTable table() {
    return table;
  }

  // ---- control ----

  /** Pulls nothing until told otherwise, as a thread that is not scheduled. Idempotent. */
  public void pause() {
    world.run(() -> paused = true);
  }

  /** Pulls again. Idempotent. */
  public void resume() {
    world.run(
        () -> {
          paused = false;
          source.consumerReady();
        });
  }

  // ---- packets ----

  /** Whether it pulls now: not while it is paused, nor while what follows it is busy. */
  @Override
  public boolean isReady() {
    return !paused && (!(unknown instanceof Receiver receiver) || receiver.isReady());
  }

  /** A packet comes out of the hardware receive ring. */
  @Override
  public void accept(Packet packet) {
    account.addReceived();
    Object failure = decide(packet);
    if (failure != null) {
      world.dropped(account, packet, DropReason.MALFORMED, failure);
      return;
    }
    Destination.End end = decision.end();
    FlowEntry entry = decision.entry();
    if (decision.mirrorCount() > 0) {
      mirror(packet);
    }
    if (end instanceof Destination.Dropped dropped) {
      world.dropped(account, packet, dropped.reason(), entry == null ? table : entry);
    } else {
      world.passed(account, packet);
      account.addSent();
      sinkOf(end).accept(packet);
    }
  }

  /** The matcher's failure, null if none has failed. An assertion fails the operation, too. */
  private @Nullable Object decide(Packet packet) {
    try {
      table.decide(packet, decision);
    } catch (AssertionError e) {
      world.remember(e);
      return e;
    }
    return decision.outcome() == FlowDecision.Outcome.FAILED ? decision : null;
  }

  private PacketSink sinkOf(Destination.@Nullable End end) {
    return end instanceof Destination.ToTarget to ? to.target() : unknown;
  }

  /** Copies first: whoever takes one may cause the next packet to be classified. */
  private void mirror(Packet packet) {
    PacketSink[] sinks = new PacketSink[decision.mirrorCount()];
    for (int i = 0; i < sinks.length; i++) {
      Destination.Mirrored mirrored = (Destination.Mirrored) decision.mirror(i).destination();
      sinks[i] = sinkOf(mirrored.ring());
    }
    for (PacketSink sink : sinks) {
      Packet copy = world.copy(account, packet);
      account.addSent();
      sink.accept(copy);
    }
  }

  // ---- the owner of the table ----

  /** The lab's lock. */
  @Override
  public Object lock() {
    return world;
  }

  /** Refuses changes of a lab that is closed. */
  @Override
  public void beforeChange() {
    world.whileOpen();
  }

  /** Refuses numbered rings: destinations of a software ring are rings of others. */
  @Override
  public void check(Destination.End end) {
    if (end instanceof Destination.ToRing) {
      throw new IllegalArgumentException(
          "software ring " + name() + " has no " + end + "; its destinations have rings of names");
    }
  }

  /** Changes of the table are no events of their own: whoever makes them says why. */
  @Override
  public void changed(FlowTable changed, String what) {}

  @Override
  public String toString() {
    return "software ring " + name() + (paused ? " (paused): " : ": ") + table;
  }
}
