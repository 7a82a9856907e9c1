// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.VlanTag;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A VLAN-aware learning switch (IEEE 802.1Q-2018, section 8).
 *
 * <pre>
 *                      learn (vlan, source) --&gt; port
 *   port --&gt; vlan? --&gt; find (vlan, destination)
 *                        known, other port .... to that port
 *                        known, same port ..... SAME_PORT
 *                        unknown, group ....... a copy to every other port of the VLAN
 * </pre>
 *
 * <p>Stations are forgotten after the ageing time, when their port goes down, and when they are
 * heard on another port. A frame that was on its way when its port went down is still forwarded. A
 * frame never leaves by the port that it came in by, and one for an address of link protocols
 * (01:80:c2:00:00:00 to 0f) leaves by none. The outermost tag counts, whether 802.1Q or 802.1ad.
 * Not modelled: spanning tree, so do not join two switches by two cables; multicast snooping.
 *
 * <pre>{@code
 * lab.externalSwitch().setAgeing(Duration.ofSeconds(10));
 * }</pre>
 */
public class LearningSwitch {

  /** How long a silent station is remembered unless told otherwise (IEEE 802.1Q, table 8-6). */
  public static final Duration DEFAULT_AGEING = Duration.ofMinutes(5);

  /** How many stations a switch remembers; further ones are flooded to. */
  public static final int MAX_STATIONS = 32_768;

  private final World world;
  private final String name;
  private final Account account;
  private final ForwardingTable stations = new ForwardingTable(MAX_STATIONS);

  /** Who takes a copy of a flooded frame may add and remove ports. */
  private SwitchPorts ports = SwitchPorts.NONE;

  private long ageingNanos = DEFAULT_AGEING.toNanos();

  /** Creates a switch without ports. */
  public LearningSwitch(World world, Stage stage, String name) {
    this.world = world;
    this.name = name;
    this.account = world.ledger().open(stage, name);
  }

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The packets that went through. */
  public Account account() {
    return account;
  }

  /**
   * Makes room for so many more ports, so that adding them costs less; there may be fewer or
   * further ones.
   *
   * @param number 0 or more
   */
  public void expectPorts(int number) {
    if (number < 0) {
      throw new IllegalArgumentException(
          "switch " + name + " cannot expect " + number + " ports; give 0 or more");
    }
    ports = ports.withRoomFor(number);
  }

  /**
   * Adds a port; frames leave through the sink.
   *
   * @throws IllegalArgumentException if there is one of this name
   */
  public SwitchPort addPort(String portName, PacketSink out, VlanMode vlanMode) {
    if (ports.find(portName) != null) {
      throw new IllegalArgumentException(
          "switch " + name + " already has a port named '" + portName + "'; choose another name");
    }
    SwitchPort port = BridgeParts.of(world).switchPort(this, portName, out, vlanMode);
    ports = ports.with(port);
    return port;
  }

  /**
   * Adds a port that several cables share.
   *
   * @throws IllegalArgumentException if there is a port of this name
   */
  public PortGroup addPortGroup(String portName, VlanMode vlanMode) {
    return new PortGroup(this, portName, vlanMode);
  }

  /**
   * A port that several cables share, by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public PortGroup portGroup(String portName) {
    List<String> names = new ArrayList<>();
    for (SwitchPort port : ports()) {
      if (port.out() instanceof PortGroup group) {
        if (port.name().equals(portName)) {
          return group;
        }
        names.add(port.name());
      }
    }
    throw new IllegalArgumentException(
        "no port group named '" + portName + "' on switch " + name + "; it has " + names);
  }

  /** Takes a port away; what still comes in by it is forwarded. */
  public void removePort(SwitchPort port) {
    ports = ports.without(port);
    port.carrierChanged(false);
  }

  /** The ports, in the order in which they were added. */
  public List<SwitchPort> ports() {
    synchronized (world) {
      return ports.list();
    }
  }

  /**
   * A port by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public SwitchPort port(String portName) {
    SwitchPort found;
    synchronized (world) {
      found = ports.find(portName);
    }
    if (found != null) {
      return found;
    }
    List<String> names = new ArrayList<>();
    for (SwitchPort port : ports()) {
      names.add(port.name());
    }
    throw new IllegalArgumentException(
        "no port named '" + portName + "' on switch " + name + "; it has " + names);
  }

  /**
   * Sets how long a silent station is remembered.
   *
   * @throws IllegalArgumentException if the duration is not positive
   */
  public void setAgeing(Duration ageing) {
    if (ageing.isNegative() || ageing.isZero()) {
      throw new IllegalArgumentException("ageing time " + ageing + " must be positive");
    }
    synchronized (world) {
      ageingNanos = ageing.toNanos();
    }
  }

  /** The port that a station was last heard on, null if it is not known (any more). */
  public @Nullable SwitchPort portOf(MacAddress mac, int vlan) {
    synchronized (world) {
      return stations.find(ForwardingTable.key(vlan, mac.bits()), oldest());
    }
  }

  /** Forgets where a station is, as one that is known to have gone. */
  public void forget(MacAddress mac, int vlan) {
    synchronized (world.whileOpen()) {
      stations.forget(ForwardingTable.key(vlan, mac.bits()));
    }
  }

  /** The stations that are known, as text lines of VLAN, MAC and port, by VLAN and MAC. */
  public List<String> stations() {
    synchronized (world) {
      List<String> lines = new ArrayList<>();
      for (long key : stations.keys()) {
        SwitchPort port = stations.find(key, oldest());
        if (port != null) {
          MacAddress mac = new MacAddress(key & MacAddress.BROADCAST.bits());
          lines.add("vlan " + (key >>> 48) + " " + mac + " " + port.name());
        }
      }
      return lines;
    }
  }

  void vlanModeChanged(SwitchPort port) {
    ports.vlansChanged();
    forgetStationsOf(port);
  }

  void forgetStationsOf(SwitchPort port) {
    stations.forget(port);
  }

  void learnStation(MacAddress station, SwitchPort port) {
    learn(port.vlanMode().nativeVlan(), station.bits(), port);
  }

  void pinStation(MacAddress station, SwitchPort port) {
    stations.pin(ForwardingTable.key(port.vlanMode().nativeVlan(), station.bits()), port);
  }

  void unpinStation(MacAddress station, SwitchPort port) {
    stations.unpin(ForwardingTable.key(port.vlanMode().nativeVlan(), station.bits()));
  }

  /** What comes in by a port that is down was under way when it went down: it is not behind it. */
  private void learn(int vlan, long station, SwitchPort port) {
    if (port.isUp() && !MacAddress.isMulticast(station) && station != 0) {
      stations.learn(ForwardingTable.key(vlan, station), port, world.now(), oldest());
    }
  }

  private long oldest() {
    return world.now() - ageingNanos;
  }

  void forward(Packet packet, SwitchPort from) {
    account.addReceived();
    int vlan = ingressVlan(packet, from);
    if (vlan < 0) {
      return;
    }
    long destination = packet.destinationMacBits();
    if (MacAddress.isLinkProtocol(destination)) {
      world.dropped(account, packet, DropReason.NO_MATCH, "address of a link protocol");
      return;
    }
    world.passed(account, packet);
    learn(vlan, packet.sourceMacBits(), from);
    SwitchPort to = MacAddress.isMulticast(destination) ? null : portFor(destination, vlan, from);
    if (to == null) {
      flood(packet, from, vlan);
    } else if (to == from) {
      world.dropped(account, packet, DropReason.SAME_PORT, from);
    } else if (!to.vlanMode().carries(vlan)) {
      world.dropped(account, packet, DropReason.VLAN_FILTERED, to);
    } else {
      emit(packet, to, vlan);
    }
  }

  /** The VLAN that a frame belongs to, -1 after it was dropped. */
  private int ingressVlan(Packet packet, SwitchPort from) {
    VlanMode mode = from.vlanMode();
    if (packet.isRunt()) {
      world.dropped(account, packet, DropReason.MALFORMED, packet);
      return -1;
    }
    int tag = packet.vlanId();
    if (tag <= 0) { // no tag, or one that carries only a priority
      return mode.nativeVlan();
    }
    if (mode.isAccess() || !mode.carries(tag)) {
      world.dropped(account, packet, DropReason.VLAN_FILTERED, from);
      return -1;
    }
    return tag;
  }

  /**
   * The port that leads to a station, null to flood the frame. A switch that is told where stations
   * are, besides what it hears, says so here.
   *
   * @param mac the address of one station, as {@link MacAddress#bits}
   * @param from where the frame came in
   */
  protected @Nullable SwitchPort portFor(long mac, int vlan, SwitchPort from) {
    return stations.find(ForwardingTable.key(vlan, mac), oldest());
  }

  private void flood(Packet packet, SwitchPort from, int vlan) {
    SwitchPort last = null;
    SwitchPorts present = ports.candidates(vlan);
    int count = present.size();
    for (int i = 0; i < count; i++) {
      SwitchPort port = present.get(i);
      if (port == from || !port.isUp() || !port.vlanMode().carries(vlan)) {
        continue;
      }
      if (last != null) {
        emit(world.copy(account, packet), last, vlan);
      }
      last = port;
    }
    if (last == null) {
      world.dropped(account, packet, DropReason.NO_MATCH, from);
    } else {
      emit(packet, last, vlan);
    }
  }

  private void emit(Packet packet, SwitchPort to, int vlan) {
    account.addSent();
    to.send(retag(packet, to, vlan));
  }

  /**
   * Takes the tag off where the VLAN is the native one, puts one on where it is not. A tag that
   * carries only a priority is filled in, or taken off; a transparent port lets it pass.
   */
  private static Packet retag(Packet packet, SwitchPort to, int vlan) {
    int tag = packet.vlanId();
    boolean wanted = to.vlanMode().nativeVlan() != vlan;
    if (tag == 0 && (wanted || !to.vlanMode().isTransparent())) {
      Packet untagged = packet.popVlanTag();
      return wanted ? untagged.pushVlanTag(packet.vlanTag(0).withVlanId(vlan)) : untagged;
    }
    if (tag > 0 == wanted) {
      return packet;
    }
    return wanted ? packet.pushVlanTag(VlanTag.of(vlan)) : packet.popVlanTag();
  }
}
