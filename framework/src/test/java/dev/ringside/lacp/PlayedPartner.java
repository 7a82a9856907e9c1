// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.time.Seed;
import dev.ringside.trace.Account;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A port whose partner is the test: it says what it likes, and hears all that the port says. */
final class PlayedPartner implements LacpLine {

  private static final MacAddress PARTNER = MacAddress.of("02:00:00:00:00:99");

  /** What a switch says of itself that hears every second and wants to go on: all but in sync. */
  private static final int WILLING =
      LacpFlag.ACTIVITY.bit() | LacpFlag.TIMEOUT.bit() | LacpFlag.AGGREGATION.bit();

  final World world = new World(Seed.DEFAULT, 10_000, true);
  final LacpSystem system;
  final LacpPort port;
  final List<Lacpdu> heard = new ArrayList<>();
  final List<Long> heardAt = new ArrayList<>();

  /** What it has heard and whether the line carries traffic, in order: the flags of the message. */
  final List<String> line = new ArrayList<>();

  private final Account account = world.ledger().open(Stage.LINK_PROTOCOL, "switch");

  PlayedPartner(LacpConfig config) {
    system = new LacpSystem(world, "h1", "h1/lacp", MacAddress.of("02:00:00:00:00:11"), config);
    port = system.addPort("p0", MacAddress.of("02:00:00:00:00:12"), this);
  }

  @Override
  public void send(Packet lacpdu) {
    account.addReceived();
    world.delivered(account, lacpdu);
    heard.add(Lacpdu.read(lacpdu));
    heardAt.add(world.now());
    line.add(last().actor().flags());
  }

  @Override
  public void distributing(boolean nowDistributing) {
    line.add(nowDistributing ? "carries traffic" : "carries nothing");
  }

  Lacpdu last() {
    return heard.get(heard.size() - 1);
  }

  void link(boolean up) {
    world.run(() -> port.setLink(up));
  }

  void advance(long millis) {
    world.advance(Duration.ofMillis(millis));
  }

  /** What the switch is, with further flags. */
  static PortInformation willing(LacpFlag... flags) {
    PortInformation willing = new PortInformation(0x9000, PARTNER, 7, 0x80, 3, WILLING);
    for (LacpFlag flag : flags) {
      willing = willing.with(flag, true);
    }
    return willing;
  }

  /** The switch says this of itself, and that it knows the port as it is. */
  void says(PortInformation itself) {
    says(itself, port.actor());
  }

  void says(PortInformation itself, PortInformation ofThePort) {
    comes(new Lacpdu(itself, ofThePort, 0).toPacket(PARTNER));
  }

  /** A frame leaves the switch. */
  void comes(Packet frame) {
    world.run(() -> port.accept(sent(frame)));
  }

  Packet sent(Packet frame) {
    account.addSent();
    return world.inject(account, frame);
  }

  /** Both agree, and the port carries traffic. */
  void agrees() {
    link(true);
    says(willing(LacpFlag.SYNCHRONIZATION, LacpFlag.COLLECTING));
    advance(system.config().aggregateWait().toMillis());
    says(willing(LacpFlag.SYNCHRONIZATION, LacpFlag.COLLECTING, LacpFlag.DISTRIBUTING));
  }

  /** What was recorded of the port, as the states that it came to. */
  List<String> states(EventKind kind) {
    List<String> states = new ArrayList<>();
    for (Event event : world.journal().events(kind)) {
      states.add(event.subjects().get(1));
    }
    return states;
  }
}
