// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.VlanTag;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A physical NIC: filters, hardware classifier, receive and transmit rings, virtual functions.
 *
 * <pre>{@code
 * PhysicalNic p0 = host.pnic("p0");
 * p0.fail();                          // dead, and its link goes down
 * p0.repair();
 * p0.hang();                          // dead, but its link stays up: only probes find out
 * p0.linkDown();                      // alive, without a link
 * p0.virtualFunction(0).setVlan(100);
 * }</pre>
 *
 * <p>Frames between two of its functions, or a function and the host, are switched on the card
 * (virtual Ethernet bridge) and never see the wire. Not modelled: offloads that change packets
 * (segmentation, coalescing), flow control, interrupts' latency.
 */
public class PhysicalNic implements Account.Holder, PacketSink {

  /**
   * Is told when a NIC has become usable or unusable, and when a function was released.
   *
   * <pre>{@code
   * nic.setListener(aggregator::memberChanged);
   * }</pre>
   */
  public interface Listener {
    /** Failure, repair, link up or down. */
    void stateChanged(PhysicalNic nic);

    /** A virtual function is free again. */
    void functionReleased(PhysicalNic nic);

    /** The NIC turned its transmitter on or off: the far end sees the link go up or down. */
    void signalChanged(PhysicalNic nic, boolean on);
  }

  private static final Receiver NO_WIRE = new Unconnected();

  /** What a test that takes a NIC down must expect. */
  private static final DropReason[] LOSSES_OF_A_FAILURE = {
    DropReason.PNIC_FAILED, DropReason.LINK_DOWN, DropReason.NO_UPLINK, DropReason.NO_ACTIVE_PNIC
  };

  private final World world;
  private final String host;
  private final String name;
  private final String label;
  private final MacAddress mac;
  private final Account account;
  private final HardwareClassifier classifier;
  private final RingGroup hostGroup;
  private final TransmitQueue hostQueue;
  private final TransmitScheduler scheduler;
  private final PortCounters.Live counters = new PortCounters.Live();
  private final PacketSink lostInRings = new LostInRings();
  private final List<AfterSending> afterHostHasSent = new ArrayList<>(0);
  private NicConfig config;
  private VirtualFunction[] functions;
  private Receiver hostSide = NO_WIRE;
  private Receiver wire = NO_WIRE;
  private @Nullable Listener listener;
  private boolean failed;
  private boolean hung;
  private boolean carrier = true;
  private boolean adminUp = true;
  private boolean active = true;
  private boolean keepsUnsent;

  /**
   * Creates a NIC that is connected to nothing.
   *
   * @param host the name of the host that it is in
   * @param label the name in the lab, which tells it from those of other hosts
   */
  public PhysicalNic(
      World world, String host, String name, String label, MacAddress mac, NicConfig config) {
    this.world = world;
    this.host = host;
    this.name = name;
    this.label = label;
    this.mac = mac;
    this.config = config;
    this.account = world.ledger().open(Stage.PNIC, label, this);
    this.classifier = new HardwareClassifier(world, account, this);
    this.hostGroup =
        new RingGroup(world, account, config, label + "/rx", config.receiveRings(), new ToHost());
    this.hostQueue = new TransmitQueue(label + "/tx", config.ringCapacity(), hostGroup);
    this.scheduler = new TransmitScheduler(world, NO_WIRE, new Exit());
    this.functions = new VirtualFunction[0];
    hostGroup.filter().addMac(mac.bits());
    scheduler.add(hostQueue);
    createFunctions(config.virtualFunctions());
  }

  // ---- wiring ----

  /** Connects the side of the wire. */
  public void connectWire(Receiver newWire) {
    wire = newWire;
    scheduler.setWire(newWire);
  }

  /** Connects the side of the host, which takes what is for no virtual function. */
  public void connectHost(Receiver newHostSide) {
    hostSide = newHostSide;
  }

  /** Sets who is told of changes. */
  public void setListener(Listener newListener) {
    listener = newListener;
  }

  /**
   * Whether packets that cannot be sent because the NIC is unusable stay in its transmit rings, for
   * an aggregator to send them elsewhere. Otherwise they are dropped.
   */
  public void setKeepsUnsent(boolean keeps) {
    keepsUnsent = keeps;
  }

  boolean keepsUnsent() {
    return keepsUnsent;
  }

  // ---- what it is ----

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name, unique in its host, such as p0. */
  public String name() {
    return name;
  }

  /** The name in the lab: that of the host in front where there are several hosts. */
  public String label() {
    return label;
  }

  /** The host that it is in. */
  public String host() {
    return host;
  }

  /** Its own address, which the host sends from. */
  public MacAddress mac() {
    return mac;
  }

  /** What kind of card it is. */
  public NicConfig config() {
    synchronized (world) {
      return config;
    }
  }

  /** The packets that went through it. */
  public Account account() {
    return account;
  }

  /** The traffic counters. */
  public PortCounters counters() {
    synchronized (world) {
      return counters.snapshot();
    }
  }

  /** The classifier on the card. */
  public HardwareClassifier classifier() {
    return classifier;
  }

  /** How flows are spread over the host's receive rings. */
  public ReceiveSideScaling receiveSideScaling() {
    synchronized (world) {
      return hostGroup.scaling();
    }
  }

  /**
   * A receive ring of the host's group.
   *
   * @throws IllegalArgumentException if there is none of this number
   */
  public ReceiveRing receiveRing(int index) {
    synchronized (world) {
      if (index < 0 || index >= hostGroup.ringCount()) {
        throw new IllegalArgumentException(
            "no receive ring "
                + index
                + " on "
                + name
                + "; it has rings 0 to "
                + (hostGroup.ringCount() - 1));
      }
      return hostGroup.ring(index);
    }
  }

  /** How many packets wait in its receive and transmit rings. */
  @Override
  public long live() {
    long live = hostGroup.live();
    live += scheduler.waiting();
    for (VirtualFunction function : functions) {
      live += function.group().live();
    }
    return live;
  }

  // ---- state ----

  /** Whether it can send and receive: neither failed nor hung, and with a link. */
  public boolean isUsable() {
    synchronized (world) {
      return usable();
    }
  }

  private boolean usable() {
    return !failed && !hung && hasLink();
  }

  /** Whether it has failed for good, until it is repaired. */
  public boolean isFailed() {
    synchronized (world) {
      return failed || hung;
    }
  }

  /** Whether it looks alive from outside: it has a link and has not visibly failed. */
  public boolean looksHealthy() {
    synchronized (world) {
      return !failed && hasLink();
    }
  }

  /** Whether it has a link. */
  public boolean isLinkUp() {
    synchronized (world) {
      return hasLink();
    }
  }

  boolean hasLink() {
    return carrier && adminUp && !failed;
  }

  /** Whether it may send and receive; an aggregator deactivates its standby members. */
  public boolean isActive() {
    synchronized (world) {
      return active;
    }
  }

  /** Fails: what is in its receive rings is lost, and its link goes down. Idempotent. */
  public void fail() {
    world.run(
        () -> {
          if (!failed) {
            failed = true;
            die(Event.pnicFailed(name), "link goes down");
            signalChanged();
          }
        });
  }

  /** Stops working while its link stays up, so that only probes find out. Idempotent. */
  public void hang() {
    world.run(
        () -> {
          if (!failed && !hung) {
            hung = true;
            die(Event.pnicFailed(name), "link stays up");
          }
        });
  }

  private void die(Event event, String detail) {
    world.record(host, event, detail);
    clearReceiveRings();
    stateChanged();
  }

  /** Ends a failure or a hang. Idempotent. */
  public void repair() {
    world.run(
        () -> {
          if (failed || hung) {
            boolean signal = failed;
            failed = false;
            hung = false;
            world.record(host, Event.pnicRepaired(name), "");
            if (signal) {
              signalChanged();
            }
            stateChanged();
          }
        });
  }

  /** Turns its link off. Idempotent. */
  public void linkDown() {
    setAdminUp(false);
  }

  /** Turns its link on. Idempotent. */
  public void linkUp() {
    setAdminUp(true);
  }

  private void setAdminUp(boolean up) {
    world.run(
        () -> {
          if (adminUp != up) {
            boolean before = hasLink();
            adminUp = up;
            signalChanged();
            linkChanged(before);
          }
        });
  }

  /**
   * Takes the link down and up again, so many times, in virtual time.
   *
   * @throws IllegalArgumentException if there are no times or no duration
   */
  public void flap(int times, Duration down, Duration up) {
    if (times < 1 || down.isNegative() || up.isNegative()) {
      throw new IllegalArgumentException(
          "flapping "
              + name
              + " "
              + times
              + " times, "
              + down
              + " down and "
              + up
              + " up: times must be at least 1 and durations not negative");
    }
    world.run(() -> flapOnce(times, down.toNanos(), up.toNanos()));
  }

  private void flapOnce(int times, long downNanos, long upNanos) {
    linkDown();
    world.schedule(
        downNanos,
        () -> {
          linkUp();
          if (times > 1) {
            world.schedule(upNanos, () -> flapOnce(times - 1, downNanos, upNanos));
          }
        });
  }

  /** The cable carries a signal from now on, or no longer. */
  public void carrierChanged(boolean up) {
    if (carrier != up) {
      boolean before = hasLink();
      carrier = up;
      linkChanged(before);
    }
  }

  private void linkChanged(boolean before) {
    if (before != hasLink()) {
      world.record(host, before ? Event.linkDown(name) : Event.linkUp(name), "");
      stateChanged();
    }
  }

  private void stateChanged() {
    if (!usable()) {
      world.ledger().expectDrops(LOSSES_OF_A_FAILURE);
    }
    scheduler.setStopped(!usable());
    if (listener != null) {
      listener.stateChanged(this);
    }
    if (!usable() && !keepsUnsent) {
      dropUnsent();
    }
  }

  private void signalChanged() {
    if (listener != null) {
      listener.signalChanged(this, adminUp && !failed);
    }
  }

  /** Lets it send and receive for its aggregation. */
  public void activate() {
    setActive(true);
  }

  /** Keeps it from sending and receiving for its aggregation. */
  public void deactivate() {
    setActive(false);
  }

  private void setActive(boolean nowActive) {
    world.run(
        () -> {
          if (active != nowActive) {
            active = nowActive;
            world.record(
                host, nowActive ? Event.pnicActivated(name) : Event.pnicDeactivated(name), "");
          }
        });
  }

  // ---- filters ----

  /** Sets whether the host gets every frame that no virtual function takes. */
  public void setPromiscuous(boolean on) {
    world.run(
        () -> {
          hostGroup.filter().setPromiscuous(on);
          world.record(host, EventKind.CONFIGURED, name, "promiscuous " + (on ? "on" : "off"));
        });
  }

  /**
   * Lets the host get frames for this address too.
   *
   * @throws IllegalArgumentException if it is a group address; use {@link #joinGroup}
   */
  public void addMac(MacAddress more) {
    if (more.isMulticast()) {
      throw new IllegalArgumentException(
          "MAC address " + more + " for " + name + " is a multicast address; use joinGroup");
    }
    world.run(() -> hostGroup.filter().addMac(more.bits()));
  }

  /** No longer lets the host get frames for this address. */
  public void removeMac(MacAddress less) {
    world.run(() -> hostGroup.filter().removeMac(less.bits()));
  }

  /** Lets the host get frames for this group. */
  public void joinGroup(MacAddress group) {
    world.run(() -> hostGroup.filter().addGroup(group.bits()));
  }

  /** Lets the host get all multicast frames. */
  public void setAllMulticast(boolean on) {
    world.run(() -> hostGroup.filter().setAllMulticast(on));
  }

  /**
   * Lets only these VLANs through to the host; 0 stands for untagged frames.
   *
   * @throws IllegalArgumentException if one is not 0 to 4095
   */
  public void setVlanFilter(int... vlans) {
    for (int vlan : vlans) {
      VlanTag.checkVlanId(vlan);
    }
    world.run(() -> hostGroup.filter().setVlans(vlans));
  }

  /** Lets all VLANs through to the host, as is the default. */
  public void clearVlanFilter() {
    world.run(() -> hostGroup.filter().takeAllVlans());
  }

  // ---- virtual functions ----

  /** The enabled virtual functions, by number. */
  public List<VirtualFunction> virtualFunctions() {
    synchronized (world) {
      return List.of(functions);
    }
  }

  /**
   * A virtual function by its number.
   *
   * @throws IllegalArgumentException if it is not enabled
   */
  public VirtualFunction virtualFunction(int index) {
    synchronized (world) {
      if (index < 0 || index >= functions.length) {
        throw new IllegalArgumentException(
            functions.length == 0
                ? "no virtual function "
                    + index
                    + " on "
                    + name
                    + ": none is enabled; call setVirtualFunctions first"
                : "no virtual function "
                    + index
                    + " on "
                    + name
                    + "; it has 0 to "
                    + (functions.length - 1));
      }
      return functions[index];
    }
  }

  /** A virtual function that is bound to nobody, null if there is none. */
  public @Nullable VirtualFunction freeFunction() {
    synchronized (world) {
      for (VirtualFunction function : functions) {
        if (function.owner() == null) {
          return function;
        }
      }
      return null;
    }
  }

  /**
   * Changes how many virtual functions are enabled, as writing {@code sriov_numvfs} does.
   *
   * @throws IllegalArgumentException if the card cannot have so many
   * @throws IllegalStateException if one of the present ones is bound
   */
  public void setVirtualFunctions(int number) {
    world.run(
        () -> {
          NicConfig newConfig = config.withVirtualFunctions(number);
          List<String> bound = new ArrayList<>();
          for (VirtualFunction function : functions) {
            if (function.owner() != null) {
              bound.add(function.name() + " to " + function.owner());
            }
          }
          if (!bound.isEmpty()) {
            throw new IllegalStateException(
                "cannot change the number of virtual functions of "
                    + name
                    + " from "
                    + functions.length
                    + " to "
                    + number
                    + " while some are bound: "
                    + bound);
          }
          config = newConfig;
          for (VirtualFunction function : functions) {
            scheduler.takeBack(function.queue(), lostInRings);
            function.group().clear(lostInRings);
            scheduler.remove(function.queue());
          }
          createFunctions(number);
          world.record(host, EventKind.CONFIGURED, name, number + " virtual functions");
          if (listener != null && number > 0) {
            listener.functionReleased(this);
          }
        });
  }

  private void createFunctions(int number) {
    functions = new VirtualFunction[number];
    for (int i = 0; i < number; i++) {
      functions[i] = new VirtualFunction(world, this, i, config);
      scheduler.add(functions[i].queue());
    }
  }

  void functionReleased(VirtualFunction function) {
    if (listener != null && function.nic() == this) {
      listener.functionReleased(this);
    }
  }

  int groupCount() {
    return functions.length + 1;
  }

  /** The host's group is the first. */
  RingGroup group(int index) {
    return index == 0 ? hostGroup : functions[index - 1].group();
  }

  // ---- receiving ----

  /** A packet comes from the wire. */
  @Override
  public void accept(Packet packet) {
    account.addReceived();
    if (!usable()) {
      world.dropped(account, packet, DropReason.PNIC_FAILED, this);
    } else if (packet.isRunt()) {
      world.dropped(account, packet, DropReason.MALFORMED, packet);
    } else if (packet.length() > config.maxFrameBytes() + 4 * packet.vlanTagCount()) {
      world.dropped(
          account, packet, DropReason.TOO_LONG, config.maxFrameBytes() + " bytes allowed");
    } else if (!active) {
      world.dropped(account, packet, DropReason.PNIC_INACTIVE, this);
    } else {
      counters.received(packet);
      world.passed(account, packet);
      classifier.classify(packet);
    }
  }

  /** The host is ready again: what waits in its rings may come. */
  public void hostReady() {
    hostGroup.consumerReady();
  }

  private void clearReceiveRings() {
    hostGroup.clear(lostInRings);
    for (VirtualFunction function : functions) {
      function.group().clear(lostInRings);
    }
  }

  PacketSink lostInRings() {
    return lostInRings;
  }

  // ---- sending ----

  /** The host sends a packet. */
  public void transmit(Packet packet) {
    transmit(packet, hostQueue, false);
  }

  /** Whether the transmit ring of the host has a free slot. */
  public boolean hasRoomForHost() {
    return hostQueue.size() < hostQueue.ring().capacity();
  }

  void transmit(Packet packet, TransmitQueue queue, boolean withoutLink) {
    account.addReceived();
    if (packet.length() > config.maxFrameBytes() + 4 * packet.vlanTagCount()) {
      world.dropped(
          account, packet, DropReason.TOO_LONG, config.maxFrameBytes() + " bytes allowed");
    } else if (!active) {
      world.dropped(account, packet, DropReason.PNIC_INACTIVE, this);
    } else if (withoutLink && !hasLink() && !failed && !hung) {
      switchOnCard(packet, queue);
    } else if (!usable() && !keepsUnsent) {
      world.dropped(account, packet, DropReason.PNIC_FAILED, this);
    } else {
      enqueue(packet, queue);
    }
  }

  /**
   * The functions get their copies of the host's packets at once, while it is settled which guests
   * are behind a function and which behind the switch that the packet comes from.
   */
  private void enqueue(Packet packet, TransmitQueue queue) {
    if (queue == hostQueue
        && functions.length > 0
        && usable()
        && MacAddress.isMulticast(packet.destinationMacBits())) {
      classifier.spread(packet, hostGroup, false);
    }
    if (!scheduler.offer(queue, packet)) {
      world.dropped(
          account,
          packet,
          queue.isLimited() ? DropReason.RATE_LIMITED : DropReason.RING_FULL,
          queue.ring());
    }
  }

  /** A function whose link is forced up reaches the others on the card without a cable. */
  private void switchOnCard(Packet packet, TransmitQueue queue) {
    if (MacAddress.isMulticast(packet.destinationMacBits())) {
      if (classifier.spread(packet, queue.owner(), true) == 0) {
        world.dropped(account, packet, DropReason.LINK_DOWN, this);
      }
      return;
    }
    RingGroup local = classifier.unicastGroup(packet, queue.owner());
    if (local == null) {
      world.dropped(account, packet, DropReason.LINK_DOWN, this);
    } else {
      local.enqueue(packet);
    }
  }

  /** A packet leaves a transmit ring: to another group on the card, or to the wire. */
  private void leave(Packet packet, TransmitQueue from) {
    if (!leavesOnCard(packet, from)) {
      counters.sent(packet);
      account.addSent();
      wire.accept(packet);
    }
    if (!afterHostHasSent.isEmpty()) {
      hostHasSent();
    }
  }

  /** Switches a packet on the card; false if it has to go to the wire, too. */
  private boolean leavesOnCard(Packet packet, TransmitQueue from) {
    if (functions.length == 0) {
      return false;
    }
    if (MacAddress.isMulticast(packet.destinationMacBits())) {
      if (from != hostQueue) {
        classifier.spread(packet, from.owner(), false);
      }
      return false;
    }
    RingGroup local = classifier.unicastGroup(packet, from.owner());
    if (local != null) {
      local.enqueue(packet);
    }
    return local != null;
  }

  /** The wire is free, or a rate allows more. */
  public void transmitReady() {
    scheduler.drain();
  }

  /** Runs an action as soon as the packets of the host that wait now are sent: now, or later. */
  public void whenHostHasSent(Runnable action) {
    if (hostQueue.size() == 0) {
      action.run();
    } else {
      afterHostHasSent.add(new AfterSending(hostQueue.ring().enqueued(), action));
    }
  }

  private void hostHasSent() {
    while (!afterHostHasSent.isEmpty()
        && afterHostHasSent.get(0).enqueued() <= hostQueue.ring().dequeued()) {
      afterHostHasSent.remove(0).action().run();
    }
  }

  /** How many packets wait in its transmit rings. */
  public int unsent() {
    synchronized (world) {
      return scheduler.waiting();
    }
  }

  /**
   * Hands over the packets that could not be sent, to one sink the host's and to the other those of
   * the functions, function by function. What was to happen once they are sent will not happen.
   */
  public void takeUnsent(PacketSink ofHost, PacketSink ofFunctions) {
    afterHostHasSent.clear();
    takeUnsent(hostQueue, ofHost);
    for (VirtualFunction function : functions) {
      takeUnsent(function.queue(), ofFunctions);
    }
  }

  private void takeUnsent(TransmitQueue queue, PacketSink sink) {
    scheduler.takeBack(
        queue,
        packet -> {
          account.addSent();
          sink.accept(packet);
        });
  }

  /** Drops the packets that could not be sent. */
  public void dropUnsent() {
    scheduler.takeBack(lostInRings);
    hostHasSent();
  }

  /** The name and state, such as {@code p0 (failed)}. */
  @Override
  public String toString() {
    String state = failed ? "failed" : hung ? "hung" : !hasLink() ? "link down" : "up";
    return name + " (" + state + (active ? ")" : ", inactive)");
  }

  /** What happens once so many packets have been in the host's transmit ring and have left it. */
  private record AfterSending(long enqueued, Runnable action) {}

  /** The host's side of the card. */
  private final class ToHost implements Receiver {
    @Override
    public boolean isReady() {
      return hostSide.isReady();
    }

    @Override
    public void accept(Packet packet) {
      hostSide.accept(packet);
    }
  }

  /** Where packets go that are in a ring when the card dies. */
  private final class LostInRings implements PacketSink {
    @Override
    public void accept(Packet packet) {
      world.dropped(account, packet, DropReason.PNIC_FAILED, PhysicalNic.this);
    }
  }

  /** Behind the transmit rings. */
  private final class Exit implements TransmitScheduler.Exit {
    @Override
    public void leave(Packet packet, TransmitQueue from) {
      PhysicalNic.this.leave(packet, from);
    }
  }

  /** Stands for a side that nothing is connected to. */
  private static final class Unconnected implements Receiver {
    @Override
    public boolean isReady() {
      return false;
    }

    @Override
    public void accept(Packet packet) {}
  }
}
