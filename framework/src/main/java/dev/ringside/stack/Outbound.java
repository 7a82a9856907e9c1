// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.ArpSpec;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.Packets;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a network stack: finds out where packets go, cuts what is too long, answers
 * and asks for addresses.
 */
final class Outbound implements NeighbourResolver.Seeker {

  static final int USUAL_MTU = 1_500;

  private final World world;
  private final Endpoint self;
  private final Account account;
  private final PacketSink out;
  private final PacketSink loopback;
  private @Nullable Answers answers;
  private @Nullable NeighbourResolver resolver;
  private @Nullable Routes routes;
  private int mtu = USUAL_MTU;

  /**
   * Creates one.
   *
   * @param loopback takes what the stack sends to itself
   */
  Outbound(World world, Endpoint self, Account account, PacketSink out, PacketSink loopback) {
    this.world = world;
    this.self = self;
    this.account = account;
    this.out = out;
    this.loopback = loopback;
  }

  /** Packets that wait for an address to be resolved. */
  int waiting() {
    return resolver == null ? 0 : resolver.waiting();
  }

  int mtu() {
    return mtu;
  }

  void setMtu(int newMtu) {
    mtu = newMtu;
  }

  Answers answers() {
    if (answers == null) {
      answers = new Answers(self);
    }
    return answers;
  }

  // ---- sending ----

  static PacketSpec pingTo(Endpoint target, int sequence) {
    return Packets.icmp().echoRequest(1, sequence).to(target).payload("ringside ping");
  }

  Packet send(PacketSpec spec) {
    PacketSpec complete = spec.withDefaultSource(self);
    IpAddress ip = complete.destinationIp();
    if (ip != null && isRouted(complete, ip)) {
      return sendRouted(complete.withDefaultDestinationMac(MacAddress.ZERO).toPacket(), ip);
    }
    boolean resolved = complete.destinationMac() != null || complete.destinationStation() != null;
    if (resolved || ip == null) {
      return sendNow(complete.toPacket());
    }
    MacAddress known = resolver().find(ip);
    if (known != null) {
      return sendNow(complete.withDefaultDestinationMac(known).toPacket());
    }
    Packet waiting = complete.withDefaultDestinationMac(MacAddress.ZERO).toPacket();
    Packet named = world.inject(account, waiting);
    resolver().resolve(ip, named);
    return named;
  }

  private boolean isRouted(PacketSpec spec, IpAddress ip) {
    return routes != null
        && !routes.leavesAlone(ip)
        && spec.destinationMac() == null
        && !(spec instanceof ArpSpec);
  }

  private Packet sendRouted(Packet packet, IpAddress ip) {
    Packet named = world.inject(account, packet);
    Routes present = routes();
    IpAddress nextHop = present.nextHop(ip);
    if (isOwn(ip)) {
      account.addSent();
      world.schedule(0, loopback, named.withDestinationMac(self.mac()));
    } else if (nextHop == null) {
      world.dropped(account, named, DropReason.NO_ROUTE, new NoRoute(ip, present));
    } else if (present.isBroadcast(ip)) {
      send(named.withDestinationMac(MacAddress.BROADCAST));
    } else {
      MacAddress known = resolver().find(nextHop);
      if (known != null) {
        send(named.withDestinationMac(known));
      } else {
        resolver().resolve(nextHop, named);
      }
    }
    return named;
  }

  /** Answers a packet: to where it came from, or, with routes, the way that they say. */
  void answer(Packet answer) {
    IpAddress ip = routes == null ? null : answer.destinationIp();
    if (ip == null || routes().leavesAlone(ip)) {
      sendNow(answer);
    } else {
      sendRouted(answer, ip);
    }
  }

  Packet sendNow(Packet packet) {
    Packet named = world.inject(account, packet);
    send(named);
    return named;
  }

  /** Sends a packet that is in the ledger already, in fragments if it is too long. */
  @Override
  public void send(Packet packet) {
    if (packet.endOffset() - packet.networkOffset() <= mtu || packet.ipVersion() == 0) {
      account.addSent();
      out.accept(packet);
      return;
    }
    boolean first = true;
    for (Packet fragment : Fragmentation.split(packet, mtu)) {
      Packet part = fragment.withId(packet.id());
      Packet named = first ? part : world.copy(account, part);
      first = false;
      account.addSent();
      out.accept(named);
    }
  }

  /** Tells the network where this stack is. */
  void announce() {
    for (Packet announcement : announcements()) {
      sendNow(announcement);
    }
  }

  List<Packet> announcements() {
    return List.of(answers().gratuitousArp(), answers().unsolicitedAdvertisement());
  }

  // ---- where others are ----

  Routes routes() {
    if (routes == null) {
      routes = new Routes(world);
    }
    return routes;
  }

  /** The MAC address that what is for a station leaves to, null while that has to be found out. */
  @Nullable MacAddress macTowards(Endpoint station, IpAddress ip) {
    if (routes == null || routes.leavesAlone(ip)) {
      return station.mac();
    }
    IpAddress nextHop = routes.nextHop(ip);
    return nextHop == null ? null : neighbour(nextHop);
  }

  /** Whether a packet is for all stations of a subnet. */
  boolean isBroadcast(Packet packet) {
    return routes != null && routes.isBroadcast(packet);
  }

  @Nullable MacAddress neighbour(IpAddress ip) {
    return resolver == null ? null : resolver.find(ip);
  }

  List<String> neighbours() {
    return resolver == null ? List.of() : resolver.lines();
  }

  @Override
  public Packet requestFor(IpAddress neighbour) {
    return answers().requestFor(neighbour);
  }

  /** Somebody asks for an address or tells theirs by ARP. */
  void heardArp(Packet packet) {
    boolean asked = packet.intAt(packet.networkOffset() + 24) == self.ipv4().bits();
    if (asked || resolver != null) {
      resolver().heardArp(packet);
    }
  }

  /** Somebody asks for an address or tells theirs by neighbour discovery. */
  void heardNeighbourDiscovery(Packet packet) {
    NeighbourMessage message = resolver == null ? NeighbourMessage.read(packet) : null;
    if (resolver != null || (message != null && isOwn(message.target()))) {
      resolver().heardNeighbourDiscovery(packet);
    }
  }

  @Override
  public boolean isOwn(IpAddress ip) {
    return ip.equals(self.ipv4())
        || ip.equals(self.ipv6())
        || ip.equals(Ipv6Address.linkLocal(self.mac()));
  }

  @Override
  public Packet answerTo(Packet question, IpAddress asked) {
    return asked instanceof Ipv6Address target
        ? answers().neighbourAdvertisement(question, target)
        : answers().arpReply(question);
  }

  private NeighbourResolver resolver() {
    if (resolver == null) {
      resolver = new NeighbourResolver(world, account, this);
    }
    return resolver;
  }

  /** Says why a packet found no way when it is asked. */
  private record NoRoute(IpAddress destination, Routes routes) {
    @Override
    public String toString() {
      return "no route to " + destination + " in " + routes;
    }
  }
}
