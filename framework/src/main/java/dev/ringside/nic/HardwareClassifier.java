// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.flow.FlowDialect;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.flow.RingTarget;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the card which ring a frame goes to. Five classes of rules are asked in this order,
 * and the first that has something to say decides:
 *
 * <pre>
 *   1 steering     table steering(): attacks, to standby rings
 *   2 monitoring   table monitoring(): what is monitored, to the rings of monitors
 *   3 addresses    MAC and VLAN filters: the virtual function or the host that takes the frame,
 *                  and for group addresses each that takes it, with a copy
 *   4 flows        table() of the host, or that of the virtual function: to one of its rings
 *   5 default      the default ring of that owner, else receive-side scaling
 * </pre>
 *
 * <pre>{@code
 * HardwareClassifier classifier = host.pnic("p0").classifier();
 * classifier.table().insert(tcp().to(web).port(80), ring(2));
 * classifier.setDefaultRing(1);
 * classifier.explain(packet); // the walk through all five
 * }</pre>
 *
 * <p>Numbered rings are those of the owner of the table; in steering and monitoring, the host's.
 * Frames that one owner on the card sends to another pass all five, too. A virtual function that is
 * bound to no guest takes nothing, and loses its table when it is released.
 */
public class HardwareClassifier {

  private final World world;
  private final PhysicalNic nic;
  private @Nullable AddressRules addresses;
  private List<RingTarget> targets = List.of();
  private FlowDialect dialect = FlowDialect.LONGEST_PREFIX;
  private @Nullable FlowTable steering;
  private @Nullable FlowTable monitoring;
  private @Nullable RingHook hook;
  private @Nullable PacketSink tap;

  HardwareClassifier(PhysicalNic nic) {
    this.world = nic.world();
    this.nic = nic;
  }

  // ---- programming it ----

  /** The table of attacks, which is asked before all else. */
  public FlowTable steering() {
    synchronized (world) {
      if (steering == null) {
        steering = nic.group(0).rules().newTable("steering", nic.config().steeringEntries());
      }
      return steering;
    }
  }

  /** The table of what is monitored. */
  public FlowTable monitoring() {
    synchronized (world) {
      if (monitoring == null) {
        monitoring = nic.group(0).rules().newTable("monitoring");
      }
      return monitoring;
    }
  }

  /** The table of the host's flows. */
  public FlowTable table() {
    synchronized (world) {
      return nic.group(0).flows();
    }
  }

  /** The table of the flows of a virtual function, until that is released. */
  public FlowTable table(VirtualFunction function) {
    synchronized (world) {
      return function.group().flows();
    }
  }

  /** The tables that were asked for so far, in the order in which the card asks them. */
  public List<FlowTable> tables() {
    synchronized (world) {
      List<FlowTable> tables = new ArrayList<>(2);
      addIfAny(tables, steering);
      addIfAny(tables, monitoring);
      addIfAny(tables, nic.group(0).flowsIfAny());
      for (VirtualFunction function : nic.boundFunctions()) {
        addIfAny(tables, function.group().flowsIfAny());
      }
      return tables;
    }
  }

  private static void addIfAny(List<FlowTable> tables, @Nullable FlowTable table) {
    if (table != null) {
      tables.add(table);
    }
  }

  /** How tables that are asked for from now on put their entries in order. */
  public void setDialect(FlowDialect newDialect) {
    synchronized (world.whileOpen()) {
      dialect = newDialect;
    }
  }

  FlowDialect dialect() {
    return dialect;
  }

  /**
   * Lets the host's packets that no flow is for go to one ring, not to that of receive-side
   * scaling.
   *
   * @throws IllegalArgumentException if there is no such ring
   */
  public void setDefaultRing(int ring) {
    synchronized (world.whileOpen()) {
      nic.group(0).rules().checkRing(ring);
      nic.group(0).setDefaultRing(ring);
      world.record(nic.host(), EventKind.CONFIGURED, nic.name(), "default ring " + ring);
    }
  }

  /** The ring of the host's packets that no flow is for, null while they are spread. */
  public @Nullable Integer defaultRing() {
    synchronized (world) {
      int ring = nic.group(0).defaultRing();
      return ring == Packet.NONE ? null : ring;
    }
  }

  /** Spreads the host's packets that no flow is for by receive-side scaling, as a new card does. */
  public void spreadByDefault() {
    synchronized (world.whileOpen()) {
      nic.group(0).setDefaultRing(Packet.NONE);
      world.record(nic.host(), EventKind.CONFIGURED, nic.name(), "no default ring");
    }
  }

  /**
   * Makes a ring known that is none of the numbered ones, so that entries may lead there.
   *
   * @throws IllegalArgumentException if there is one of this name
   */
  public void addTarget(RingTarget target) {
    synchronized (world.whileOpen()) {
      for (RingTarget other : targets) {
        if (other.name().equals(target.name())) {
          throw new IllegalArgumentException(
              nic.name() + " already has a ring '" + target.name() + "'");
        }
      }
      List<RingTarget> more = new ArrayList<>(targets);
      more.add(target);
      targets = more;
    }
  }

  /** Lets no further entry lead to this ring; those that do so must be removed by then. */
  public void removeTarget(RingTarget target) {
    synchronized (world.whileOpen()) {
      List<RingTarget> fewer = new ArrayList<>(targets);
      fewer.remove(target);
      targets = fewer;
    }
  }

  List<RingTarget> targets() {
    return targets;
  }

  /** Sets who is told when an entry has chosen a ring; null: nobody. */
  public void onRing(@Nullable RingHook newHook) {
    synchronized (world.whileOpen()) {
      hook = newHook;
    }
  }

  /**
   * Sets who sees every frame from the wire before it is classified, without taking it; null:
   * nobody.
   */
  public void setTap(@Nullable PacketSink newTap) {
    synchronized (world.whileOpen()) {
      tap = newTap;
    }
  }

  void ringChosen(FlowEntry entry, Packet packet) {
    if (hook != null) {
      try {
        hook.onRing(entry, packet);
      } catch (RuntimeException | AssertionError e) {
        world.remember(e); // and the packet goes its way
      }
    }
  }

  /** How it would decide about a frame from the wire, class by class. */
  public ClassifierWalk explain(Packet packet) {
    synchronized (world) {
      return new ClassifierWalker(nic, addresses(), packet).walk(steering, monitoring);
    }
  }

  // ---- packets ----

  private AddressRules addresses() {
    if (addresses == null) {
      addresses = new AddressRules(nic);
    }
    return addresses;
  }

  /** Hands a frame that came from the wire to the group or groups that take it. */
  void classify(Packet packet) {
    if (tap != null) {
      tap.accept(packet);
    }
    if (!isDecidedBefore(packet)) {
      classifyByAddress(packet);
    }
  }

  /** Classes three to five, for what neither steering nor monitoring takes, or no longer. */
  void classifyByAddress(Packet packet) {
    RingGroup owner = addresses().ownerOf(packet, null);
    if (owner != null) {
      owner.enqueue(packet);
    } else if (addresses().spread(packet, null, true) == 0) {
      addresses().refuse(packet);
    }
  }

  /** Whether steering or monitoring has taken the packet. */
  private boolean isDecidedBefore(Packet packet) {
    return (steering != null
            && isSteerable(packet)
            && nic.group(0).rules().decides(steering, packet))
        || (monitoring != null && nic.group(0).rules().decides(monitoring, packet));
  }

  /** No signature is of packets whose headers cannot be read: they go on as if there were none. */
  static boolean isSteerable(Packet packet) {
    return !packet.hasUnreadableHeader();
  }

  /**
   * Hands a frame that one group sends to the others on the card that take it.
   *
   * @param staysOnCard whether the card has no link: then the last one gets the frame itself
   * @return whether the frame is gone; if not, it goes to the wire
   */
  boolean switchOnCard(Packet packet, RingGroup from, boolean staysOnCard) {
    if (nic.groupCount() == 1) {
      return false;
    }
    RingGroup owner = addresses().ownerOf(packet, from);
    if (owner != null) {
      if (!isDecidedBefore(packet)) {
        owner.enqueue(packet);
      }
      return true;
    }
    return spread(packet, from, staysOnCard) && staysOnCard;
  }

  /**
   * Gives each group a packet that takes the address though it is not its own, unless steering or
   * monitoring takes what is for all of them.
   *
   * @param from the group that sends it
   * @param useOriginal whether the last one gets the packet itself, as when nobody else needs it
   * @return whether there was a group
   */
  boolean spread(Packet packet, RingGroup from, boolean useOriginal) {
    if (steering == null && monitoring == null) {
      return addresses().spread(packet, from, useOriginal) > 0;
    }
    boolean anybody = addresses().isForOthersThan(from, packet);
    if (anybody) {
      Packet inside = useOriginal ? packet : world.copy(nic.account(), packet);
      if (!isDecidedBefore(inside)) {
        int unused = addresses().spread(inside, from, true);
      }
    }
    return anybody;
  }
}
