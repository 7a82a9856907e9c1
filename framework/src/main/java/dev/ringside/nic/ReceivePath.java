// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The way into a card.
 *
 * <pre>
 *   wire --&gt; alive, well-formed, short enough, active? --&gt; classifier --&gt; ring groups --&gt; host, functions
 * </pre>
 */
final class ReceivePath implements PacketSink {

  private static final long SLOW_PROTOCOLS = MacAddress.SLOW_PROTOCOLS.bits();

  private final World world;
  private final PhysicalNic nic;
  private final NicConfig config;
  private final Account account;
  private final RingGroup hostGroup;
  private Receiver host = Unconnected.SIDE;
  private @Nullable PacketSink linkProtocol;
  private PortCounters.@Nullable Live counters;

  ReceivePath(World world, PhysicalNic nic, NicConfig config) {
    this.world = world;
    this.nic = nic;
    this.config = config;
    this.account = nic.account();
    this.hostGroup = new RingGroup(nic, nic.label(), config, config.receiveRings(), new ToHost());
  }

  void setLinkProtocol(PacketSink protocol) {
    linkProtocol = protocol;
  }

  RingGroup hostGroup() {
    return hostGroup;
  }

  /** What the whole card counts, also what it sends. */
  PortCounters.Live counters() {
    if (counters == null) {
      counters = new PortCounters.Live();
    }
    return counters;
  }

  void connectHost(Receiver newHost) {
    host = newHost;
  }

  /** Drops packets of an attack that came before its signature. */
  void purge(PacketMatcher unwanted) {
    PacketSink contained = new Lost(DropReason.CONTAINED);
    for (int i = 0; i < nic.groupCount(); i++) {
      nic.group(i).remove(unwanted, contained);
    }
  }

  /** A packet comes from the wire. */
  @Override
  public void accept(Packet packet) {
    account.addReceived();
    if (!nic.state().isListening()) {
      world.dropped(account, packet, DropReason.PNIC_FAILED, nic);
    } else if (packet.isRunt()) {
      world.dropped(account, packet, DropReason.MALFORMED, packet);
    } else if (config.isTooLong(packet)) {
      world.dropped(account, packet, DropReason.TOO_LONG, packet);
    } else if (packet.destinationMacBits() == SLOW_PROTOCOLS) {
      toLinkProtocol(packet);
    } else if (!nic.state().isActive()) {
      world.dropped(account, packet, DropReason.PNIC_INACTIVE, nic);
    } else {
      counters().received(packet);
      world.passed(account, packet);
      nic.classifier().classify(packet);
    }
  }

  /** Whoever speaks the protocol gets it, also while the card stands by; no guest does. */
  private void toLinkProtocol(Packet packet) {
    counters().received(packet);
    if (linkProtocol == null) {
      world.dropped(account, packet, DropReason.NO_MATCH, "no link protocol is spoken here");
    } else {
      account.addSent();
      linkProtocol.accept(packet);
    }
  }

  /** A monitor lets a packet go on. */
  void resume(Packet packet) {
    account.addReceived();
    if (nic.state().isAlive()) {
      world.passed(account, packet, "goes on");
      nic.classifier().classifyByAddress(packet);
    } else {
      world.dropped(account, packet, DropReason.PNIC_FAILED, nic);
    }
  }

  long waiting() {
    long waiting = 0;
    for (int i = 0; i < nic.groupCount(); i++) {
      waiting += nic.group(i).live();
    }
    return waiting;
  }

  /** What is in the rings of a card that no longer works is lost. */
  void setState(boolean alive) {
    for (int i = 0; !alive && i < nic.groupCount(); i++) {
      nic.group(i).clear(lostInRings());
    }
  }

  /** Answers for what is in a ring when the card dies. */
  PacketSink lostInRings() {
    return new Lost(DropReason.PNIC_FAILED);
  }

  /** Answers for what is in a ring when its guest leaves a card that works. */
  PacketSink lostWithGuest() {
    return new Lost(DropReason.TARGET_GONE);
  }

  /** Answers for what is in a ring when its guest leaves. */
  PacketSink lostAtUnbinding() {
    return nic.state().isUsable() ? lostWithGuest() : lostInRings();
  }

  /** The host's side of the card. */
  private final class ToHost implements Receiver {
    @Override
    public boolean isReady() {
      return host.isReady();
    }

    @Override
    public boolean takes(Packet packet, @Nullable PacketQueue queue) {
      return host.takes(packet, queue);
    }

    @Override
    public void accept(Packet packet) {
      host.accept(packet);
    }
  }

  /** Drops for a reason. */
  private final class Lost implements PacketSink {
    private final DropReason reason;

    Lost(DropReason reason) {
      this.reason = reason;
    }

    @Override
    public void accept(Packet packet) {
      world.dropped(account, packet, reason, nic);
    }
  }
}
