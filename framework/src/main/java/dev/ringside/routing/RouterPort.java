// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.SwitchPort;
import dev.ringside.bridge.VlanMode;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.RoutedPackets;
import dev.ringside.stack.NeighbourResolver;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A port of a router: its MAC address and its IP addresses in one network.
 *
 * <pre>{@code
 * port.addAddress("192.0.2.1/24").addAddress("2001:db8:a::1/64");
 * port.takeOver(gateway);                              // answers for another one's address too
 * port.addAlias(formerMac, Duration.ofSeconds(30));    // and takes what is still sent to it
 * port.announce();
 * }</pre>
 */
public class RouterPort implements PacketSink {

  /** The longest IP packet of Ethernet, which a port passes unless told otherwise. */
  public static final int DEFAULT_MTU = 1_500;

  /** The shortest MTU that there may be (RFC 791, 3.2). */
  private static final int SHORTEST_MTU = 68;

  private final Router router;
  private final World world;
  private final String name;
  private final MacAddress mac;
  private final LearningSwitch network;
  private final SwitchPort switchPort;
  private final PortAddresses addresses = new PortAddresses();
  private final NeighbourResolver neighbours;
  private final Aliases aliases;
  private final PacketSink fromQueue = new FromQueue();
  private boolean proxyArp;
  private boolean removed;
  private int mtu = DEFAULT_MTU;

  RouterPort(Router router, String name, MacAddress mac, LearningSwitch network, int vlan) {
    this.router = router;
    this.world = router.world();
    this.name = name;
    this.mac = mac;
    this.network = network;
    this.switchPort = network.addPort(router.name() + "/" + name, this, VlanMode.access(vlan));
    switchPort.learn(mac);
    this.neighbours = new NeighbourResolver(world, router.account(), new Seeker());
    this.aliases = new Aliases(world, switchPort);
  }

  // ---- what it has ----

  /** The name, unique in its router. */
  public String name() {
    return name;
  }

  /** Its router. */
  public Router router() {
    return router;
  }

  /** The MAC address. */
  public MacAddress mac() {
    return mac;
  }

  /** The port of the switch that it is plugged into. */
  public SwitchPort switchPort() {
    return switchPort;
  }

  /** The addresses, in the order in which they were added; also those that were taken over. */
  public List<IpAddress> addresses() {
    synchronized (world) {
      return addresses.list();
    }
  }

  /** The MAC address that it sends to for this neighbour, null if it has not resolved it. */
  public @Nullable MacAddress neighbour(IpAddress ip) {
    synchronized (world) {
      return neighbours.find(ip);
    }
  }

  /** The neighbours in lines, as {@link NeighbourResolver#lines}. */
  public List<String> neighbourLines() {
    synchronized (world) {
      return neighbours.lines();
    }
  }

  /** The longest IP packet that leaves by it, in bytes. */
  public int mtu() {
    return mtu;
  }

  /** Whether it was taken out of its router. */
  public boolean isRemoved() {
    return removed;
  }

  // ---- changing it ----

  /**
   * Gives it an address in a subnet, whose stations are then on link.
   *
   * @param prefixLength of the subnet, in bits
   * @throws IllegalArgumentException if the router has the address, or a port in the subnet
   */
  public RouterPort addAddress(IpAddress ip, int prefixLength) {
    return world.call(
        () -> {
          IpPrefix subnet = IpPrefix.around(ip, prefixLength);
          Route other = router.routes().get(subnet);
          if (other != null && other.port() != this) {
            throw new IllegalArgumentException(
                "router " + router.name() + " already has a route " + other + "; remove it first");
          }
          router.addOwn(ip, this);
          addresses.add(ip, subnet);
          router.routes().addOnLink(subnet, this);
          return this;
        });
  }

  /** Gives it an address with prefix length, such as 192.0.2.1/24. */
  public RouterPort addAddress(String addressAndLength) {
    int slash = addressAndLength.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "'" + addressAndLength + "' has no prefix length; write as 192.0.2.1/24");
    }
    IpAddress ip = IpAddress.of(addressAndLength.substring(0, slash));
    String any = ip.version() == 4 ? "0.0.0.0" : "::";
    return addAddress(ip, IpPrefix.of(any + addressAndLength.substring(slash)).length());
  }

  /**
   * Takes over an address of somebody else, such as a gateway that is not there any more: it
   * answers for it, and packets to it end here. {@link #announce} tells the others.
   *
   * @throws IllegalArgumentException if the router has the address
   */
  public RouterPort takeOver(IpAddress ip) {
    return world.call(
        () -> {
          router.addOwn(ip, this);
          addresses.add(ip, IpPrefix.of(ip));
          return this;
        });
  }

  /**
   * Takes an address away; the subnet that came with it is on link no longer.
   *
   * @return false if it does not have it
   */
  public boolean removeAddress(IpAddress ip) {
    return world.call(
        () -> {
          IpPrefix subnet = addresses.remove(ip);
          if (subnet == null) {
            return false;
          }
          router.removeOwn(ip);
          Route route = router.routes().get(subnet);
          if (route != null && route.port() == this && !addresses.isIn(subnet)) {
            router.routes().remove(subnet);
          }
          return true;
        });
  }

  /**
   * Takes frames to another MAC address too, for a time: of a gateway that was here before, until
   * all have learned the new one. The switch believes no other to have it meanwhile.
   *
   * @throws IllegalArgumentException if the grace time is not positive
   */
  public RouterPort addAlias(MacAddress alias, Duration grace) {
    world.run(() -> aliases.add(alias, grace, true));
    return this;
  }

  /**
   * Lets frames to another MAC address end here as {@code NO_ROUTE}, for a time: whoever still
   * sends to it is seen in the counters.
   *
   * @throws IllegalArgumentException if the grace time is not positive
   */
  public RouterPort refuse(MacAddress alias, Duration grace) {
    world.run(() -> aliases.add(alias, grace, false));
    return this;
  }

  /** Ends the time of an alias or of a refused address now; false if it has ended. */
  public boolean removeAlias(MacAddress alias) {
    return world.call(() -> aliases.remove(alias));
  }

  /** The MAC addresses that it takes besides its own now. */
  public List<MacAddress> aliases() {
    synchronized (world) {
      return aliases.list();
    }
  }

  /**
   * Whether it answers ARP and neighbour solicitations for all stations that it would reach through
   * another port (proxy ARP, RFC 1027).
   */
  public RouterPort setProxyArp(boolean on) {
    synchronized (world.whileOpen()) {
      proxyArp = on;
    }
    return this;
  }

  /**
   * Sets the longest IP packet that leaves by it.
   *
   * @throws IllegalArgumentException if it is not 68 (RFC 791) to 65,535
   */
  public RouterPort setMtu(int newMtu) {
    if (newMtu < SHORTEST_MTU || newMtu > Packet.MAX_BYTES) {
      throw new IllegalArgumentException("MTU " + newMtu + " is not in 68 to " + Packet.MAX_BYTES);
    }
    synchronized (world.whileOpen()) {
      mtu = newMtu;
    }
    return this;
  }

  /** Tells the network all its addresses: gratuitous ARP and unsolicited advertisements. */
  public void announce() {
    world.run(
        () -> {
          for (IpAddress ip : addresses.list()) {
            send(world.inject(router.account(), PortMessages.announcement(mac, ip)));
          }
        });
  }

  /** The router has it no longer. */
  void end() {
    removed = true;
    aliases.end();
    network.removePort(switchPort);
    neighbours.end("port " + name + " was removed");
  }

  // ---- packets ----

  /** A frame comes from the switch, for this port or flooded. */
  @Override
  public void accept(Packet packet) {
    router.account().addReceived();
    long to = packet.destinationMacBits();
    if (to == mac.bits() || MacAddress.isMulticast(to)) {
      router.enqueue(packet, this);
      return;
    }
    switch (aliases.of(to)) {
      case TAKEN -> router.enqueue(packet, this);
      case REFUSED -> drop(packet, DropReason.NO_ROUTE, "sent to a MAC address of former times");
      default -> drop(packet, DropReason.NO_MATCH, "frame for another station");
    }
  }

  private void drop(Packet packet, DropReason reason, String detail) {
    world.dropped(router.account(), packet, reason, detail);
  }

  /** Sends a packet on that came in by some port. */
  void forward(Packet packet, IpAddress nextHop) {
    MacAddress known = neighbours.find(nextHop);
    if (known != null) {
      send(RoutedPackets.forwarded(packet, mac, known));
    } else {
      neighbours.resolve(nextHop, RoutedPackets.forwarded(packet, mac, MacAddress.ZERO));
    }
  }

  /** Sends a packet of the router's own. */
  void transmit(Packet packet, IpAddress nextHop) {
    MacAddress known = neighbours.find(nextHop);
    if (known != null) {
      send(packet.withDestinationMac(known));
    } else {
      neighbours.resolve(nextHop, packet);
    }
  }

  private void send(Packet packet) {
    router.account().addSent();
    switchPort.accept(packet);
  }

  int waiting() {
    return neighbours.waiting();
  }

  NeighbourResolver neighbours() {
    return neighbours;
  }

  PacketSink fromQueue() {
    return fromQueue;
  }

  boolean isOwn(IpAddress ip) {
    return addresses.has(ip) || (ip instanceof Ipv6Address v6 && isLinkLocal(v6));
  }

  private boolean isLinkLocal(Ipv6Address ip) {
    return ip.equals(Ipv6Address.linkLocal(mac));
  }

  /** The address that packets to this neighbour come from, if they come from the router itself. */
  IpAddress sourceFor(IpAddress neighbour) {
    return addresses.sourceFor(neighbour, mac);
  }

  @Override
  public String toString() {
    return name + " (" + mac + ", " + addresses() + ")";
  }

  /** From the queue of the router. */
  private final class FromQueue implements PacketSink {
    @Override
    public void accept(Packet packet) {
      router.dequeued(packet, RouterPort.this);
    }
  }

  /** Looks for the neighbours in this network, and answers those who look for the router. */
  private final class Seeker implements NeighbourResolver.Seeker {
    @Override
    public boolean isOwn(IpAddress ip) {
      return RouterPort.this.isOwn(ip);
    }

    @Override
    public boolean answersFor(IpAddress ip) {
      if (isOwn(ip)) {
        return true;
      }
      Route route = proxyArp ? router.routes().find(ip) : null;
      return route != null && route.port() != RouterPort.this;
    }

    @Override
    public Packet answerTo(Packet question, IpAddress asked) {
      return PortMessages.answer(mac, question, asked);
    }

    @Override
    public Packet requestFor(IpAddress neighbour) {
      return PortMessages.request(mac, sourceFor(neighbour), neighbour);
    }

    @Override
    public void send(Packet packet) {
      RouterPort.this.send(packet);
    }

    @Override
    public void notFound(IpAddress neighbour, Packet packet) {
      router.errors().noNeighbour(packet);
    }
  }
}
