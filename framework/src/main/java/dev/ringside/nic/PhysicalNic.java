// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.memory.TransmitBuffers;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.time.Duration;
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
 * (virtual Ethernet bridge) and never see the wire, though they wait for their turn like those that
 * do. Not modelled: offloads that change packets (segmentation, coalescing), flow control,
 * interrupts' latency.
 */
public class PhysicalNic implements Account.Holder, PacketSink {

  private final World world;
  private final String host;
  private final String name;
  private final String label;
  private final MacAddress mac;
  private final Account account;
  private final NicState state;
  private final HardwareClassifier classifier;
  private final ReceivePath receivePath;
  private final TransmitPath transmitPath;
  private final FunctionTable functions;
  private NicConfig config;
  private @Nullable StandbyRings standbyRings;
  private NicListener listener = Unconnected.SIDE;

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
    this.state = new NicState(this);
    this.classifier = NicParts.of(world).hardwareClassifier(this);
    this.receivePath = new ReceivePath(world, this, config);
    TransmitRing hostRing =
        NicParts.of(world).transmitRing(world, label, config.ringCapacity(), hostGroup());
    this.transmitPath = new TransmitPath(world, this, config, hostRing);
    this.functions = new FunctionTable(this, config);
    hostGroup().filter().addMac(mac.bits());
  }

  private RingGroup hostGroup() {
    return receivePath.hostGroup();
  }

  /** Connects the side of the wire. */
  public void connectWire(Receiver newWire) {
    transmitPath.connectWire(newWire);
  }

  /** Connects the side of the host, which takes what is for no virtual function. */
  public void connectHost(Receiver newHostSide) {
    receivePath.connectHost(newHostSide);
  }

  /** Sets who is told of changes. */
  public void setListener(NicListener newListener) {
    listener = newListener;
  }

  /**
   * Whether packets that cannot be sent because the NIC is unusable stay in its transmit rings, for
   * an aggregator to send them elsewhere. Otherwise they are dropped.
   */
  public void setKeepsUnsent(boolean keeps) {
    transmitPath.setKeepsUnsent(keeps);
  }

  /** Lets packets take a buffer with their slot of a transmit ring; the pool knows its number. */
  public void setTransmitBuffers(TransmitBuffers pool, int number) {
    transmitPath.setBuffers(pool, number);
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
      return receivePath.counters().snapshot();
    }
  }

  /** The classifier on the card. */
  public HardwareClassifier classifier() {
    return classifier;
  }

  /** Which frames the host gets. */
  public HostFilter filter() {
    return new HostFilter(this, hostGroup().filter());
  }

  /** How flows are spread over the host's receive rings. */
  public ReceiveSideScaling receiveSideScaling() {
    synchronized (world) {
      return hostGroup().scaling();
    }
  }

  /**
   * A receive ring of the host's group.
   *
   * @throws IllegalArgumentException if there is none of this number
   */
  public ReceiveRing receiveRing(int index) {
    synchronized (world) {
      return hostGroup().find(index, name);
    }
  }

  /** The first standby ring, as {@link #standbyRing(int)}. */
  public StandbyRing standbyRing() {
    return standbyRing(0);
  }

  /**
   * A ring in which attacks are contained.
   *
   * @throws IllegalArgumentException if there is none of this number
   */
  public StandbyRing standbyRing(int index) {
    synchronized (world) {
      if (standbyRings == null) {
        standbyRings = new StandbyRings(world, this, config);
      }
      return standbyRings.find(index);
    }
  }

  /** The transmit ring of the host. */
  public TransmitRing transmitRing() {
    return transmitPath.hostRing();
  }

  /** The transmit rings of the host. */
  public HostRings hostRings() {
    return transmitPath.hostRings();
  }

  /** How many packets wait in its receive and transmit rings. */
  @Override
  public long live() {
    return transmitPath.waiting() + waitingToBeServed();
  }

  // ---- state ----

  /** Whether it can send and receive: neither failed nor hung, and with a link. */
  public boolean isUsable() {
    synchronized (world) {
      return state.isUsable();
    }
  }

  /** Whether it has failed for good, until it is repaired. */
  public boolean isFailed() {
    synchronized (world) {
      return !state.isAlive();
    }
  }

  /** Whether it looks alive from outside: it has a link and has not visibly failed. */
  public boolean looksHealthy() {
    return isLinkUp(); // a hung one has one, a failed one has none
  }

  /** Whether it has a link. */
  public boolean isLinkUp() {
    synchronized (world) {
      return state.hasLink();
    }
  }

  /** Whether it may send and receive; an aggregator deactivates its standby members. */
  public boolean isActive() {
    synchronized (world) {
      return state.isActive();
    }
  }

  NicState state() {
    return state;
  }

  /** Fails: what is in its receive rings is lost, and its link goes down. Idempotent. */
  public void fail() {
    world.run(state::fail);
  }

  /** Stops working while its link stays up, so that only probes find out. Idempotent. */
  public void hang() {
    world.run(state::hang);
  }

  /** Ends a failure or a hang. Idempotent. */
  public void repair() {
    world.run(state::repair);
  }

  /** Turns its link off. Idempotent. */
  public void linkDown() {
    world.run(() -> state.setAdminUp(false));
  }

  /** Turns its link on. Idempotent. */
  public void linkUp() {
    world.run(() -> state.setAdminUp(true));
  }

  /**
   * Takes the link down and up again, so many times, in virtual time.
   *
   * @throws IllegalArgumentException if there are no times, or a duration is negative
   */
  public void flap(int times, Duration down, Duration up) {
    world.run(() -> state.flap(times, down, up));
  }

  /** The cable carries a signal from now on, or no longer. */
  public void carrierChanged(boolean up) {
    state.carrierChanged(up);
  }

  /** Lets it send and receive for its aggregation. */
  public void activate() {
    synchronized (world.whileOpen()) {
      listener.activating(this);
      state.setActive(true);
    }
  }

  /** Keeps it from sending and receiving for its aggregation. */
  public void deactivate() {
    synchronized (world.whileOpen()) {
      state.setActive(false);
      listener.deactivated(this);
    }
  }

  /** It is usable, or no longer, or in another way. */
  void stateChanged() {
    receivePath.setState(state.isAlive());
    if (standbyRings != null && !state.isAlive()) {
      standbyRings.loseAll();
    }
    transmitPath.setState(state.isAlive(), state.hasLink());
    listener.stateChanged(this);
    transmitPath.dropStranded(receivePath.lostInRings());
  }

  /** Its transmitter was turned on or off, which the far end sees. */
  void signalChanged(boolean on) {
    listener.signalChanged(this, on);
  }

  // ---- virtual functions ----

  /** The virtual functions that are bound to a guest, by number. */
  public List<VirtualFunction> boundFunctions() {
    synchronized (world) {
      return functions.bound();
    }
  }

  /** The enabled virtual functions, by number. */
  public List<VirtualFunction> virtualFunctions() {
    synchronized (world) {
      return functions.enabled();
    }
  }

  /**
   * A virtual function by its number.
   *
   * @throws IllegalArgumentException if it is not enabled
   */
  public VirtualFunction virtualFunction(int index) {
    synchronized (world) {
      return functions.find(index);
    }
  }

  /** A virtual function that is bound to nobody, null if there is none. */
  public @Nullable VirtualFunction freeFunction() {
    synchronized (world) {
      return functions.findFree();
    }
  }

  /**
   * Changes how many virtual functions are enabled, as writing {@code sriov_numvfs} does: all get
   * the settings of new ones. Those that are enabled again go on counting. The number that is
   * enabled already changes nothing.
   *
   * @throws IllegalArgumentException if the card cannot have so many
   * @throws IllegalStateException if one of the present ones is bound
   */
  public void setVirtualFunctions(int number) {
    world.run(
        () -> {
          NicConfig newConfig = config.withVirtualFunctions(number);
          if (number == functions.count()) {
            return;
          }
          functions.checkNoneBound(number);
          config = newConfig;
          functions.disable(receivePath.lostWithGuest());
          functions.enable(number, newConfig);
          world.record(host, EventKind.CONFIGURED, name, number + " virtual functions");
          if (number > 0) {
            functionReleased();
          }
        });
  }

  FunctionTable functions() {
    return functions;
  }

  /** A function may be free now. */
  void functionReleased() {
    listener.functionReleased(this);
  }

  /** The host's group and those of the functions that are in use. */
  int groupCount() {
    return functions.inUse() + 1;
  }

  /** The host's group is the first. */
  RingGroup group(int index) {
    return index == 0 ? hostGroup() : functions.get(index - 1).group();
  }

  // ---- receiving ----

  /** A packet comes from the wire. */
  @Override
  public void accept(Packet packet) {
    receivePath.accept(packet);
  }

  /** A packet goes on that a monitor has taken from this card or from one that it replaces. */
  public void resume(Packet packet) {
    receivePath.resume(packet);
  }

  /** The host is ready again: what waits in its rings may come. */
  public void hostReady() {
    hostGroup().consumerReady();
  }

  /** How many packets wait in receive rings that somebody serves. */
  public long waitingToBeServed() {
    return receivePath.waiting();
  }

  /** Drops packets that match and wait in receive rings, as an attack that is contained. */
  public void purge(PacketMatcher unwanted) {
    world.run(() -> receivePath.purge(unwanted));
  }

  // ---- sending ----

  /** The host sends a packet. */
  public void transmit(Packet packet) {
    transmitPath.transmit(packet);
  }

  /** The host sends a packet whose copies the guests have from another card: to the wire only. */
  public void transmitToWire(Packet packet) {
    transmitPath.transmitToWire(packet);
  }

  ReceivePath receivePath() {
    return receivePath;
  }

  TransmitPath transmitPath() {
    return transmitPath;
  }

  /** Whether the transmit ring of the host has a free slot. */
  public boolean hasRoomForHost() {
    return transmitPath.hasRoomForHost();
  }

  /** The wire is free, or a rate allows more. */
  public void transmitReady() {
    transmitPath.drain();
  }

  /** Runs an action as soon as the packets that wait now in a ring are sent: now, or later. */
  public void whenSent(TransmitRing ring, Runnable action) {
    transmitPath.whenSent(ring, action);
  }

  /** Runs an action once the next packet of the host has left; now, if none waits. */
  public void whenNextOfHostHasLeft(Runnable action) {
    transmitPath.whenNextOfHostHasLeft(action);
  }

  /** How many packets wait in its transmit rings. */
  public int unsent() {
    synchronized (world) {
      return transmitPath.waiting();
    }
  }

  /**
   * Hands over the packets that could not be sent, to one sink the host's and to the other those of
   * the functions, function by function. What was to happen once they are sent will not happen.
   */
  public void takeUnsent(PacketSink ofHost, PacketSink ofFunctions) {
    transmitPath.takeBack(ofHost, ofFunctions);
  }

  /** Drops the packets that could not be sent. */
  public void dropUnsent() {
    transmitPath.dropUnsent(receivePath.lostInRings());
  }

  /** The name and state, such as {@code p0 (failed)}. */
  @Override
  public String toString() {
    return name + " (" + state + ")";
  }
}
