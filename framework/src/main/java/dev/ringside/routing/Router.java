// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.packet.EtherType;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.RoutedPackets;
import dev.ringside.stack.Fragmentation;
import dev.ringside.stack.NeighbourResolver;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An IP router (RFC 1812, RFC 8200) with a port in each of several networks.
 *
 * <pre>{@code
 * Router router = new Router(world, "r1");
 * router.addPort("A", macA, virtualSwitch, 100).addAddress("192.0.2.1/24");
 * router.addPort("B", macB, virtualSwitch, 200).addAddress("198.51.100.1/24");
 * }</pre>
 *
 * <p>It takes a hop off the time to live, puts its own and the next hop's MAC address on, and
 * leaves all else as it is. What cannot go on is dropped for a reason, and its sender is told by
 * ICMP where the standards want that. At most {@link #QUEUE_CAPACITY} packets wait at one time to
 * be routed.
 *
 * <p>Not modelled: routing protocols, multicast routing, redirects, a limit on the rate of ICMP
 * errors, the MTU for what the router says by itself.
 */
public class Router implements Account.Holder {

  /** How many packets can wait to be routed. */
  public static final int QUEUE_CAPACITY = 1_024;

  private final World world;
  private final String name;
  private final Account account;
  private final RoutingTable routes;
  private final Errors errors;
  private final Map<String, RouterPort> ports = new LinkedHashMap<>(4);
  private final Map<IpAddress, RouterPort> own = new LinkedHashMap<>(8);
  private int queued;

  /** A router without ports. */
  public Router(World world, String name) {
    this.world = world;
    this.name = name;
    this.account = world.ledger().open(Stage.ROUTER, name, this);
    this.routes = new RoutingTable(world);
    this.errors = new Errors(this);
  }

  // ---- what it has ----

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name in the lab. */
  public String name() {
    return name;
  }

  /** The packets that went through, began or ended here. */
  public Account account() {
    return account;
  }

  /** Where packets go. */
  public RoutingTable routes() {
    return routes;
  }

  /** Packets that wait to be routed, or for a neighbour to answer. */
  @Override
  public long live() {
    long live = queued;
    for (RouterPort port : ports.values()) {
      live += port.waiting();
    }
    return live;
  }

  /** The ports, in the order in which they were added. */
  public List<RouterPort> ports() {
    synchronized (world) {
      return List.copyOf(ports.values());
    }
  }

  /**
   * A port.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public RouterPort port(String portName) {
    synchronized (world) {
      RouterPort port = ports.get(portName);
      if (port == null) {
        throw new IllegalArgumentException(
            "no port named '" + portName + "' on router " + name + "; it has " + ports.keySet());
      }
      return port;
    }
  }

  /** Whether it has a port of this name. */
  public boolean hasPort(String portName) {
    synchronized (world) {
      return ports.containsKey(portName);
    }
  }

  // ---- changing it ----

  /**
   * Adds a port, which is plugged into a switch.
   *
   * @param network the switch
   * @param vlan the VLAN of the switch that it is in, 1 for the native one
   * @throws IllegalArgumentException if there is a port of this name
   */
  public RouterPort addPort(String portName, MacAddress mac, LearningSwitch network, int vlan) {
    return world.call(
        () -> {
          if (ports.containsKey(portName)) {
            throw new IllegalArgumentException(
                "router " + name + " already has a port named '" + portName + "'");
          }
          RouterPort port = RoutingParts.of(world).routerPort(this, portName, mac, network, vlan);
          ports.put(portName, port);
          world.record(name, EventKind.CREATED, "port " + portName);
          return port;
        });
  }

  /**
   * Takes a port out, with its addresses and all routes that lead over it; packets that wait at it
   * are dropped.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public void removePort(String portName) {
    world.run(
        () -> {
          RouterPort port = port(portName);
          port.end();
          routes.removeAllOf(port);
          own.values().removeIf(each -> each == port);
          ports.remove(portName);
          world.record(name, EventKind.REMOVED, "port " + portName);
        });
  }

  /** Takes all ports out: nothing goes through it any more. */
  public void shutDown() {
    world.run(
        () -> {
          for (RouterPort port : ports()) {
            removePort(port.name());
          }
        });
  }

  void addOwn(IpAddress ip, RouterPort port) {
    RouterPort other = own.putIfAbsent(ip, port);
    if (other != null) {
      throw new IllegalArgumentException(
          "router " + name + " already has the address " + ip + ", at port " + other.name());
    }
  }

  void removeOwn(IpAddress ip) {
    own.remove(ip);
  }

  boolean isOwn(@Nullable IpAddress ip) {
    return own.containsKey(ip);
  }

  // ---- forwarding ----

  /** A frame for one of its ports has come in. */
  void enqueue(Packet packet, RouterPort port) {
    if (queued == QUEUE_CAPACITY) {
      world.dropped(account, packet, DropReason.RING_FULL, "queue full, " + QUEUE_CAPACITY);
      return;
    }
    queued++;
    world.schedule(0, port.fromQueue(), packet);
  }

  void dequeued(Packet packet, RouterPort port) {
    queued--;
    if (port.isRemoved()) {
      drop(packet, DropReason.TARGET_GONE, "port " + port.name() + " was removed");
    } else if (packet.isMalformed()) {
      drop(packet, DropReason.MALFORMED, packet);
    } else if (packet.vlanTagCount() > 0) {
      drop(packet, DropReason.VLAN_FILTERED, "tagged frame at an access port");
    } else if (packet.etherType() == EtherType.ARP) {
      world.delivered(account, packet);
      port.neighbours().heardArp(packet);
    } else if (packet.ipVersion() == 0) {
      drop(packet, DropReason.NO_MATCH, "not an IP packet");
    } else {
      takeIp(packet, port);
    }
  }

  private void takeIp(Packet packet, RouterPort port) {
    String fault = RoutedPackets.headerFault(packet);
    IpAddress destination = packet.destinationIp();
    if (fault != null || destination == null) {
      drop(packet, DropReason.MALFORMED, String.valueOf(fault));
    } else if (NeighbourResolver.isNeighbourDiscovery(packet)) {
      world.delivered(account, packet);
      port.neighbours().heardNeighbourDiscovery(packet);
    } else if (own.containsKey(destination) || port.isOwn(destination)) {
      world.delivered(account, packet);
      errors.answerEcho(packet);
    } else if (destination.isMulticast() || destination.equals(Ipv4Address.BROADCAST)) {
      drop(packet, DropReason.NO_MATCH, "groups are not routed");
    } else if (!Errors.isFromOneStation(packet)) {
      drop(packet, DropReason.MALFORMED, "source address " + packet.sourceIp());
    } else {
      findWay(packet, destination, port);
    }
  }

  private void findWay(Packet packet, IpAddress destination, RouterPort from) {
    Route route = routes.findFor(packet);
    if (route == null) {
      drop(packet, DropReason.NO_ROUTE, new NoRoute(destination, routes));
      errors.noRoute(packet);
    } else if (isLinkLocal(packet.sourceIp()) || isLinkLocal(destination)) {
      drop(packet, DropReason.NO_ROUTE, "link-local address"); // RFC 3927, 2.7; RFC 4291, 2.5.6
      errors.beyondScope(packet);
    } else if (route.gatewayOrNull() == null && route.prefix().isBroadcast(destination)) {
      drop(packet, DropReason.NO_MATCH, "broadcast to another subnet"); // RFC 2644
    } else if (packet.timeToLive() <= 1) {
      drop(packet, DropReason.TTL, "time to live " + packet.timeToLive());
      errors.timeExceeded(packet);
    } else {
      forward(packet, from, route, destination);
    }
  }

  private static boolean isLinkLocal(@Nullable IpAddress ip) {
    return ip instanceof Ipv4Address v4
        ? v4.bits() >>> 16 == 0xa9fe
        : ip instanceof Ipv6Address v6 && v6.high() >>> 54 == 0xfe80 >>> 6;
  }

  private void forward(Packet packet, RouterPort from, Route route, IpAddress destination) {
    RouterPort to = route.port();
    int length = packet.endOffset() - packet.networkOffset();
    if (length > to.mtu() && RoutedPackets.isUnfragmentable(packet)) {
      drop(packet, DropReason.TOO_LONG, length + " bytes, MTU " + to.mtu() + " at " + to.name());
      errors.tooLong(packet, to.mtu());
      return;
    }
    if (world.isTracing()) {
      world.passed(account, packet, from.name() + " -> " + to.name());
    } else {
      world.passed(account, packet);
    }
    IpAddress nextHop = route.nextHop(destination);
    if (length <= to.mtu()) {
      to.forward(packet, nextHop);
      return;
    }
    boolean first = true;
    for (Packet fragment : Fragmentation.split(packet, to.mtu())) {
      Packet part = fragment.withId(packet.id());
      to.forward(first ? part : world.copy(account, part), nextHop);
      first = false;
    }
  }

  /** Says why a packet found no way when it is asked. */
  private record NoRoute(IpAddress destination, RoutingTable routes) {
    @Override
    public String toString() {
      return "no route to " + destination + ", among " + routes.size();
    }
  }

  private void drop(Packet packet, DropReason reason, Object detail) {
    world.dropped(account, packet, reason, detail);
  }

  Errors errors() {
    return errors;
  }

  @Override
  public String toString() {
    List<String> texts = new ArrayList<>();
    for (RouterPort port : ports()) {
      texts.add(port.toString());
    }
    return "router " + name + ": " + texts;
  }
}
