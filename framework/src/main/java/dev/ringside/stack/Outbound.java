// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.PacketSpec;
import dev.ringside.trace.Account;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a network stack: finds out where packets go, cuts what is too long, answers
 * and asks for addresses.
 */
final class Outbound implements PacketSink {

  static final int USUAL_MTU = 1_500;

  private final World world;
  private final Endpoint self;
  private final Account account;
  private final PacketSink out;
  private final Answers answers;
  private @Nullable Resolver resolver;
  private int mtu = USUAL_MTU;

  Outbound(World world, Endpoint self, Account account, PacketSink out) {
    this.world = world;
    this.self = self;
    this.account = account;
    this.out = out;
    this.answers = new Answers(self);
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
    return answers;
  }

  // ---- sending ----

  Packet send(PacketSpec spec) {
    PacketSpec complete = spec.withDefaultSource(self);
    IpAddress ip = complete.destinationIp();
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

  Packet sendNow(Packet packet) {
    Packet named = world.inject(account, packet);
    accept(named);
    return named;
  }

  /** Sends a packet that is in the ledger already, in fragments if it is too long. */
  @Override
  public void accept(Packet packet) {
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
    return List.of(answers.gratuitousArp(), answers.unsolicitedAdvertisement());
  }

  // ---- where others are ----

  /** Somebody asks for an address or tells theirs by ARP. */
  void heardArp(Packet packet) {
    int at = packet.networkOffset();
    Ipv4Address sender = new Ipv4Address(packet.intAt(at + 14));
    boolean forSelf = packet.intAt(at + 24) == self.ipv4().bits();
    if (sender.bits() != 0 && !sender.equals(self.ipv4())) {
      learn(sender, Answers.senderMac(packet), forSelf);
    }
    if (forSelf && packet.arpOperation() == 1) {
      sendNow(answers.arpReply(packet));
    }
  }

  /** Somebody asks for an address or tells theirs by neighbour discovery. */
  void heardNeighbourDiscovery(Packet packet) {
    NeighbourMessage message = NeighbourMessage.read(packet);
    if (message == null) {
      return;
    }
    MacAddress mac = message.mac();
    if (packet.icmpType() == NeighbourMessage.ADVERTISEMENT) {
      if (mac != null) {
        learn(message.target(), mac, false);
      }
    } else if (isOwn(message.target())) {
      if (mac != null && packet.sourceIp() instanceof Ipv6Address asking) {
        learn(asking, mac, true);
      }
      sendNow(answers.neighbourAdvertisement(packet, message.target()));
    }
  }

  boolean isOwn(Ipv6Address ip) {
    return ip.equals(self.ipv6()) || ip.equals(Ipv6Address.linkLocal(self.mac()));
  }

  private void learn(IpAddress ip, MacAddress mac, boolean create) {
    if (create || resolver != null) {
      resolver().learn(ip, mac, create);
    }
  }

  private Resolver resolver() {
    if (resolver == null) {
      resolver = new Resolver(world, answers, account, this);
    }
    return resolver;
  }
}
