// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.time.Seed;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Drops;
import dev.ringside.trace.Journal;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The stack of host b, whose only cable the test holds in its hand. */
final class Bench {

  static final Endpoint A = Endpoint.of("a", "02:00:5e:10:00:0a", "192.0.2.10", "2001:db8::a");
  static final Endpoint B = Endpoint.of("b", "02:00:5e:10:00:0b", "192.0.2.20", "2001:db8::b");

  final World world = new World(Seed.DEFAULT, Journal.DEFAULT_CAPACITY, true);
  final Inbox inbox;
  final NetworkStack stack;
  final Account account;
  private final Account network = world.ledger().open(Stage.WIRE, "network");
  private final List<Packet> sent = new ArrayList<>();

  Bench() {
    this(Inbox.DEFAULT_CAPACITY);
  }

  Bench(int inboxCapacity) {
    inbox = new Inbox(world, "b", inboxCapacity);
    stack = new NetworkStack(world, B, inbox, this::take);
    account = stack.account();
  }

  private void take(Packet packet) {
    network.addReceived();
    world.delivered(network, packet);
    sent.add(packet);
  }

  /** A packet comes out of the cable. */
  Packet receive(Packet packet) {
    return world.call(
        () -> {
          Packet named = world.inject(network, packet);
          network.addSent();
          stack.accept(named);
          return named;
        });
  }

  Packet receive(PacketSpec spec) {
    return receive(spec.toPacket());
  }

  void receive(List<Packet> packets) {
    for (Packet packet : packets) {
      receive(packet);
    }
  }

  Packet send(PacketSpec spec) {
    return world.call(() -> stack.send(spec));
  }

  void advanceSeconds(int seconds) {
    world.advance(Duration.ofSeconds(seconds));
  }

  /** What went into the cable since the last call. */
  List<Packet> sent() {
    List<Packet> packets = List.copyOf(sent);
    sent.clear();
    return packets;
  }

  /** The one packet that went into the cable since the last call. */
  Packet sentOne() {
    List<Packet> packets = sent();
    assertThat(packets).hasSize(1);
    return packets.get(0);
  }

  /** Why packets were dropped, oldest first. */
  List<String> drops() {
    return Drops.of(world.journal());
  }

  long dropped(DropReason reason) {
    return account.dropped(reason);
  }

  /** Every packet has exactly one fate. */
  void checkLaw() {
    assertThat(world.ledger().violations()).isEmpty();
  }
}
