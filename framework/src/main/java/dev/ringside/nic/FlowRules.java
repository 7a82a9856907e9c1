// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.flow.Destination;
import dev.ringside.flow.Destination.End;
import dev.ringside.flow.FlowDecision;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowOwner;
import dev.ringside.flow.FlowParts;
import dev.ringside.flow.FlowTable;
import dev.ringside.flow.RingTarget;
import dev.ringside.packet.Packet;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one owner of ring groups, the host or a virtual function, has programmed into the card: flow
 * tables whose numbered rings are those of its group. Comes into being when a table is asked for.
 */
final class FlowRules implements FlowOwner {

  private static final FlowDecision[] NO_DECISIONS = {};

  private final World world;
  private final Account account;
  private final PhysicalNic nic;
  private final RingGroup group;
  private final String name;

  /** One for each classification under way: handing a packet over may bring about another one. */
  private FlowDecision[] decisions = NO_DECISIONS;

  private int depth;

  FlowRules(PhysicalNic nic, RingGroup group, String name) {
    this.world = nic.world();
    this.account = nic.account();
    this.nic = nic;
    this.group = group;
    this.name = name;
  }

  FlowTable newTable(String kind) {
    return newTable(kind, FlowTable.DEFAULT_CAPACITY);
  }

  FlowTable newTable(String kind, int capacity) {
    FlowParts parts = FlowParts.of(nic.world());
    return parts.flowTable(name + "/" + kind, capacity, nic.classifier().dialect(), this);
  }

  // ---- owner of the tables ----

  @Override
  public String name() {
    return name;
  }

  @Override
  public Object lock() {
    return world;
  }

  @Override
  public void beforeChange() {
    world.whileOpen();
  }

  @Override
  public void check(End end) {
    boolean known =
        end instanceof Destination.ToRing ring
            ? ring.number() < group.ringCount()
            : !(end instanceof Destination.ToTarget to)
                || nic.classifier().targets().contains(to.target());
    if (!known) {
      throw new IllegalArgumentException("no " + end + " on " + name + "; it has " + rings());
    }
  }

  /** Refuses a number that is none of a ring. */
  void checkRing(int number) {
    check(Destination.ring(number));
  }

  private String rings() {
    StringBuilder text = new StringBuilder(48).append("ring 0");
    if (group.ringCount() > 1) {
      text.append(" to ring ").append(group.ringCount() - 1);
    }
    for (RingTarget target : nic.classifier().targets()) {
      text.append(", ring ").append(target.name());
    }
    return text.toString();
  }

  @Override
  public void changed(FlowTable table, String what) {
    world.record(nic.host(), EventKind.CONFIGURED, nic.name(), table.name() + " " + what);
  }

  // ---- packets ----

  /**
   * Lets a table decide about a packet.
   *
   * @return whether the packet is gone; false: the table says nothing about it
   */
  boolean decides(FlowTable table, Packet packet) {
    return !table.surelyMisses(packet) && walkDecides(table, packet);
  }

  private boolean walkDecides(FlowTable table, Packet packet) {
    if (depth == decisions.length) {
      decisions = Arrays.copyOf(decisions, depth + 1);
      decisions[depth] = new FlowDecision();
    }
    FlowDecision decision = decisions[depth++];
    try {
      return hasFailed(table, packet, decision) || carryOut(decision, packet);
    } finally {
      depth--;
    }
  }

  /**
   * An assertion that fails in a matcher fails the operation; its packet has a fate all the same.
   */
  private boolean hasFailed(FlowTable table, Packet packet, FlowDecision decision) {
    try {
      table.decide(packet, decision);
      return false;
    } catch (AssertionError e) {
      world.remember(e);
      world.dropped(account, packet, DropReason.MALFORMED, e);
      return true;
    }
  }

  private boolean carryOut(FlowDecision decision, Packet packet) {
    switch (decision.outcome()) {
      case UNREADABLE -> world.dropped(account, packet, DropReason.MALFORMED, packet);
      case FAILED -> world.dropped(account, packet, DropReason.MALFORMED, decision);
      default -> {
        for (int i = 0; i < decision.mirrorCount(); i++) {
          FlowEntry mirror = decision.mirror(i);
          deliver(
              world.copy(account, packet),
              ((Destination.Mirrored) mirror.destination()).ring(),
              mirror);
        }
        End end = decision.end();
        if (end == null) {
          return false;
        }
        deliver(packet, end, decision.entry());
      }
    }
    return true;
  }

  private void deliver(Packet packet, End end, @Nullable FlowEntry entry) {
    if (end instanceof Destination.Dropped drop) {
      world.dropped(account, packet, drop.reason(), entry == null ? "by default" : entry);
      return;
    }
    if (entry != null) {
      nic.classifier().ringChosen(entry, packet);
      if (world.isTracing()) {
        world.passed(account, packet, entry.toString());
      }
    }
    if (end instanceof Destination.ToRing ring) {
      group.enqueue(packet, ring.number());
    } else {
      account.addSent();
      ((Destination.ToTarget) end).target().accept(packet);
    }
  }
}
