// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.failover;

import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.aggregate.Client;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.aggregate.Member;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The real aggregator with small NICs and guests of our own, of which one kind has a defect. */
final class Bench {

  /** What is wrong. */
  enum Defect {
    NONE,
    GUEST_KEEPS_ITS_MAPPING,
    NIC_STAYS_ACTIVE,
    NIC_SENDS_WHEN_INACTIVE,
    GUEST_IS_MAPPED_TO_ANY_NIC
  }

  private static final int STEPS = 30;

  final World world = new World(Seed.DEFAULT, 10_000, true);
  private final Defect defect;
  private final List<Card> cards = new ArrayList<>();
  private final LinkAggregator aggregator =
      new LinkAggregator(world, "h1", "aggr0", AggregatorConfig.DEFAULT);

  Bench(Defect defect) {
    this.defect = defect;
    world.run(
        () -> {
          for (String name : List.of("p0", "p1", "p2")) {
            Card card = new Card(name);
            cards.add(card);
            aggregator.addMember(card);
          }
          aggregator.start();
          aggregator.addClient(new Tenant("vm1"));
          aggregator.addClient(new Tenant("vm2"));
        });
  }

  /** The journal after a random script. */
  static List<JournalEntry> journal(Defect defect, long seed) {
    Bench bench = new Bench(defect);
    SeededRandom random = Seed.of(seed).stream("script");
    for (int i = 0; i < STEPS; i++) {
      Card card = bench.cards.get(random.nextInt(3));
      boolean healthy = random.nextInt(3) > 0;
      bench.world.run(() -> bench.change(card, healthy));
    }
    return bench.world.journal().entries();
  }

  private void change(Card card, boolean healthy) {
    card.healthy = healthy;
    aggregator.memberChanged(card);
    for (Card each : cards) {
      if (each.active || defect == Defect.NIC_SENDS_WHEN_INACTIVE) {
        each.send();
      }
    }
  }

  private final class Card implements Member {
    private final String name;
    private final Account account;
    private boolean healthy = true;
    private boolean active = true;

    Card(String name) {
      this.name = name;
      this.account = world.ledger().open(Stage.WIRE, name);
    }

    void send() {
      Packet packet = world.inject(account, Packet.of(new byte[60]));
      world.passed(account, packet, " to network");
      world.delivered(account, packet);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public MacAddress mac() {
      return MacAddress.ZERO;
    }

    @Override
    public boolean looksHealthy() {
      return healthy;
    }

    @Override
    public long speed() {
      return 0;
    }

    @Override
    public void activate() {
      active = true;
      world.record("h1", Event.pnicActivated(name), "");
    }

    @Override
    public void deactivate() {
      if (defect != Defect.NIC_STAYS_ACTIVE) {
        active = false;
        world.record("h1", Event.pnicDeactivated(name), "");
      }
    }

    @Override
    public void transmit(Packet packet) {
      world.dropped(account, packet, DropReason.NO_PEER, this);
    }

    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public void whenSent(Runnable action) {
      action.run();
    }

    @Override
    public void takeUnsent(PacketSink ofHost, PacketSink ofGuests) {
      // Nothing waits in this card.
    }

    @Override
    public void dropUnsent() {
      // Nothing waits in this card.
    }
  }

  private final class Tenant implements Client {
    private final String name;
    private @Nullable String mappedTo;

    Tenant(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public MacAddress mac() {
      return MacAddress.ZERO;
    }

    @Override
    public boolean wantsDirectAccess() {
      return true;
    }

    @Override
    public boolean isMapped(Member member) {
      return mappedTo != null;
    }

    @Override
    public void unmap(Member member) {
      if (defect != Defect.GUEST_KEEPS_ITS_MAPPING && mappedTo != null) {
        world.record("h1", Event.functionUnmapped(name, mappedTo), "");
        mappedTo = null;
      }
    }

    @Override
    public boolean map(Member member) {
      mappedTo = defect == Defect.GUEST_IS_MAPPED_TO_ANY_NIC ? "p2" : member.name();
      world.record("h1", Event.functionMapped(name, mappedTo), "");
      return true;
    }

    @Override
    public void admit(Member member) {
      // This card has no filters.
    }

    @Override
    public void dismiss(Member member) {
      // This card has no filters.
    }

    @Override
    public void sendAgain(Packet packet) {
      throw new AssertionError("nothing was taken back: " + packet);
    }

    @Override
    public void announce(PacketSink out) {
      // Nobody listens.
    }
  }
}
