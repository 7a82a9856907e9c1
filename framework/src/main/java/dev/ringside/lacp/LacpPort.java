// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;

/**
 * One end of one link. LACPDUs go in through {@link #accept}, other frames pass {@link #filter}.
 *
 * <pre>{@code
 * LacpPort p0 = host.lacp().host().port("p0");
 * p0.muxState();                    // DISTRIBUTING
 * p0.partner().system();            // the switch
 * host.lacp().network().port("p0").silence();
 * lab.advance(Duration.ofSeconds(3));
 * p0.receiveState();                // EXPIRED
 * }</pre>
 */
public final class LacpPort implements PacketSink {

  private static final int USUAL_PRIORITY = 0x80;

  private final LacpSystem system;
  private final World world;
  private final String name;
  private final int number;
  private final MacAddress mac;
  private final LacpLine line;
  private final Transmitter transmitter;
  private final ReceiveMachine receive;
  private final MuxMachine mux;
  private final PeriodicMachine periodic;
  private final ChurnDetector actorChurn;
  private final ChurnDetector partnerChurn;
  private MacAddress ownSystem;
  private int ownKey;
  private int priority = USUAL_PRIORITY;
  private boolean aggregatable = true;
  private boolean silent;
  private boolean selected;
  private boolean distributing;
  private long received;
  private long illegal;
  private long unknown;

  LacpPort(LacpSystem system, String name, int number, MacAddress mac, LacpLine line) {
    this.system = system;
    this.world = system.world();
    this.name = name;
    this.number = number;
    this.mac = mac;
    this.line = line;
    this.ownSystem = system.address();
    this.transmitter = new Transmitter(world, this);
    this.receive = new ReceiveMachine(world, this);
    this.mux = new MuxMachine(world, this);
    this.periodic = new PeriodicMachine(world, this);
    this.actorChurn = new ChurnDetector(world, this, "actor");
    this.partnerChurn = new ChurnDetector(world, this, "partner");
  }

  // ---- questions ----

  /** The name, that of its link. */
  public String name() {
    return name;
  }

  /** What it tells of itself now. */
  public PortInformation actor() {
    synchronized (world) {
      return new PortInformation(
          system.config().systemPriority(), ownSystem, key(), priority, number, state());
    }
  }

  private int key() {
    return ownKey == 0 ? system.config().key() : ownKey;
  }

  private int state() {
    int state = 0;
    state |= bit(LacpFlag.ACTIVITY, system.config().active());
    state |= bit(LacpFlag.TIMEOUT, system.config().shortTimeout());
    state |= bit(LacpFlag.AGGREGATION, aggregatable);
    state |= bit(LacpFlag.SYNCHRONIZATION, mux.isAtLeast(MuxState.ATTACHED));
    state |= bit(LacpFlag.COLLECTING, mux.isAtLeast(MuxState.COLLECTING));
    state |= bit(LacpFlag.DISTRIBUTING, mux.isAtLeast(MuxState.DISTRIBUTING));
    state |= bit(LacpFlag.DEFAULTED, !partner().isKnown());
    return state | bit(LacpFlag.EXPIRED, receive.state() == ReceiveState.EXPIRED);
  }

  private static int bit(LacpFlag flag, boolean set) {
    return set ? flag.bit() : 0;
  }

  /** What it has last heard from the other end; {@link PortInformation#NONE} if nothing. */
  public PortInformation partner() {
    synchronized (world) {
      return receive.partner();
    }
  }

  /** What it knows of its partner. */
  public ReceiveState receiveState() {
    synchronized (world) {
      return receive.state();
    }
  }

  /** How far it is on its way to carrying traffic. */
  public MuxState muxState() {
    synchronized (world) {
      return mux.state();
    }
  }

  /** Whether it carries traffic. */
  public boolean isDistributing() {
    synchronized (world) {
      return distributing;
    }
  }

  /** Whether it was chosen for the aggregate. */
  public boolean isSelected() {
    synchronized (world) {
      return selected;
    }
  }

  /** Whether this end fails to get into an aggregate. */
  public ChurnState actorChurn() {
    synchronized (world) {
      return actorChurn.state();
    }
  }

  /** Whether the other end fails to get into an aggregate. */
  public ChurnState partnerChurn() {
    synchronized (world) {
      return partnerChurn.state();
    }
  }

  /** How many messages it has sent and received. */
  public LacpCounters counters() {
    synchronized (world) {
      return new LacpCounters(transmitter.sent(), received, illegal, unknown);
    }
  }

  // ---- settings and faults ----

  /**
   * Gives it another key than its system's.
   *
   * @throws IllegalArgumentException if it is not 1 to 65535
   */
  public void setKey(int key) {
    LacpConfig.check16("key", key, 1);
    change("key " + key, true, () -> ownKey = key);
  }

  /** Lets it say that it belongs to another system, as if its cable were in another switch. */
  public void setSystem(MacAddress address) {
    change("system " + address, true, () -> ownSystem = address);
  }

  /**
   * Sets its priority; ports with lower ones are chosen first.
   *
   * @throws IllegalArgumentException if it is not 0 to 65535
   */
  public void setPriority(int newPriority) {
    LacpConfig.check16("port priority", newPriority, 0);
    change("priority " + newPriority, true, () -> priority = newPriority);
  }

  /** Takes it out of the group: it goes on speaking LACP, but shares no aggregate. */
  public void leaveGroup() {
    change("not in the group", true, () -> aggregatable = false);
  }

  /** Takes it into the group again. */
  public void joinGroup() {
    change("in the group", true, () -> aggregatable = true);
  }

  /** Neither sends LACPDUs nor looks at those that come, as if it did not know the protocol. */
  public void silence() {
    change("silent", false, () -> silent = true);
  }

  /** Ends the silence. */
  public void answer() {
    change("answers", false, () -> silent = false);
  }

  private void change(String what, boolean identity, Runnable change) {
    world.run(
        () -> {
          world.ledger().expectDrops(DropReason.NOT_COLLECTING, DropReason.NO_UPLINK);
          world.record(system.place(), Event.of(EventKind.CONFIGURED, name), what);
          change.run();
          reconsider(identity);
          system.settle();
        });
  }

  void reconsider(boolean otherIdentity) {
    if (otherIdentity) {
      mux.detach();
    }
    transmitter.need();
  }

  // ---- frames; within an operation of the lab ----

  /** The link came up or went down. */
  public void setLink(boolean up) {
    if (up != receive.isEnabled()) {
      receive.setLink(up);
      transmitter.need();
      system.settle();
    }
  }

  /** A frame of a slow protocol has come. */
  @Override
  public void accept(Packet packet) {
    Account account = system.account();
    account.addReceived();
    if (Lacpdu.subtype(packet) != Lacpdu.SUBTYPE) {
      unknown++;
      world.dropped(account, packet, DropReason.NO_MATCH, "no LACP");
      return;
    }
    Lacpdu message = Lacpdu.read(packet);
    if (message == null) {
      illegal++;
      world.dropped(account, packet, DropReason.MALFORMED, "no LACPDU");
      return;
    }
    world.delivered(account, packet);
    if (!silent && isEnabled()) {
      received++;
      receive.accept(message, actor());
      system.settle();
    }
  }

  /**
   * Looks at any frame that has come: takes those of slow protocols, and drops others while it does
   * not collect.
   *
   * @return whether the frame has reached its end
   */
  public boolean filter(Packet packet) {
    if (Lacpdu.isSlowProtocol(packet)) {
      accept(packet);
      return true;
    }
    if (mux.isAtLeast(MuxState.COLLECTING)) {
      return false;
    }
    system.account().addReceived();
    world.dropped(system.account(), packet, DropReason.NOT_COLLECTING, this);
    return true;
  }

  // ---- the machines ----

  LacpSystem system() {
    return system;
  }

  LacpConfig config() {
    return system.config();
  }

  Transmitter transmitter() {
    return transmitter;
  }

  MuxMachine mux() {
    return mux;
  }

  boolean isEnabled() {
    return receive.isEnabled();
  }

  /** Whether it has a partner that it may share an aggregate with. */
  boolean isCandidate() {
    return isEnabled()
        && aggregatable
        && partner().isKnown()
        && partner().has(LacpFlag.AGGREGATION);
  }

  AggregateId aggregateId() {
    return AggregateId.of(actor(), partner());
  }

  void select(boolean nowSelected) {
    selected = nowSelected;
  }

  boolean maySend() {
    return !silent && periodic.isRunning();
  }

  void send() {
    PortInformation partner = partner();
    Packet packet = new Lacpdu(actor(), partner, 0).toPacket(mac);
    packet = world.inject(system.account(), packet);
    system.account().addSent();
    line.send(packet);
  }

  void look() {
    periodic.look();
    actorChurn.look(isEnabled(), mux.isAtLeast(MuxState.ATTACHED));
    partnerChurn.look(isEnabled(), partner().has(LacpFlag.SYNCHRONIZATION));
  }

  void stopIfNeeded() {
    if (distributing && !mux.isAtLeast(MuxState.DISTRIBUTING)) {
      distributing = false;
      line.distributing(false);
    }
  }

  void startIfNeeded() {
    if (!distributing && mux.isAtLeast(MuxState.DISTRIBUTING)) {
      distributing = true;
      line.distributing(true);
    }
  }

  void recordReceiveState(ReceiveState state) {
    world.record(system.place(), Event.lacpPartner(name, state.name()), "");
  }

  void recordMuxState(MuxState state) {
    world.record(system.place(), Event.lacpPort(name, state.name()), "");
  }

  @Override
  public String toString() {
    return "LACP port " + name + " (" + receiveState() + ", " + muxState() + ")";
  }
}
