// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import dev.ringside.time.Seed;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cable between two ports that only note what they see. */
class BareCableTest {

  private static final int BYTES = 226; // with its overhead 250: 2,000 ns at 1 Gbit/s

  private final World world = new World(Seed.DEFAULT, 1_000, true);
  private final Account devices = world.ledger().open(Stage.STACK, "devices");
  private final Cable cable = new Cable(world, "p0");
  private final Noting host = new Noting();
  private final Noting network = new Noting();

  BareCableTest() {
    cable.connect(host, network);
  }

  private final class Noting implements Port {
    private final List<String> seen = new ArrayList<>();
    private final List<Packet> packets = new ArrayList<>();

    @Override
    public void carrierChanged(boolean up) {
      seen.add(up ? "signal" : "no signal");
    }

    @Override
    public void readyToSend() {
      seen.add("ready at " + world.now());
    }

    @Override
    public void accept(Packet packet) {
      seen.add("packet at " + world.now());
      packets.add(packet);
      devices.addReceived();
      world.delivered(devices, packet);
    }
  }

  private Packet send(CableDirection direction) {
    Packet packet = world.inject(devices, Packet.of(new byte[BYTES]));
    devices.addSent();
    world.deliver(direction, packet);
    return packet;
  }

  // ---- the signal ----

  @Test
  void each_end_sees_the_transmitter_of_the_other_end_go_and_come_back() {
    cable.setHostSignal(false);
    cable.setHostSignal(false);
    cable.setNetworkSignal(false);
    cable.setNetworkSignal(false);
    cable.setHostSignal(true);
    cable.setNetworkSignal(true);

    assertThat(network.seen).containsExactly("no signal", "signal");
    assertThat(host.seen).containsExactly("no signal", "signal");
  }

  @Test
  void while_it_is_unplugged_no_end_sees_what_the_other_one_does() {
    cable.unplug();
    assertThat(cable).hasToString("cable p0 (unplugged)");
    cable.setHostSignal(false);
    cable.setNetworkSignal(false);
    cable.setHostSignal(true);
    cable.setNetworkSignal(true);
    assertThat(network.seen).containsOnly("no signal");
    assertThat(host.seen).containsOnly("no signal");

    cable.setNetworkSignal(false);
    cable.plug();

    assertThat(cable).hasToString("cable p0");
    assertThat(network.seen).endsWith("signal");
    assertThat(host.seen).containsOnly("no signal");
  }

  // ---- packets ----

  @Test
  void tells_how_many_packets_are_under_way_in_each_direction() {
    cable.toHost().setLatency(Duration.ofNanos(5));
    cable.toNetwork().setLatency(Duration.ofNanos(5));
    Packet packet = send(cable.toHost());
    send(cable.toHost());
    send(cable.toNetwork());

    assertThat(cable.live()).isEqualTo(3);
    assertThat(cable.toHost()).hasToString("cable p0 to host, 2 packets under way");
    assertThat(world.journal().trace(packet).hops())
        .extracting(hop -> hop.stage() + " " + hop.fate())
        .endsWith("WIRE PASSED");
    assertThat(world.ledger().violations()).isEmpty();
  }

  @Test
  void a_sender_is_told_once_when_all_that_was_sent_has_left() {
    cable.toNetwork().setBandwidth(1_000_000_000);
    host.seen.clear();
    for (int i = 0; i < 3; i++) {
      send(cable.toNetwork());
    }

    world.advance(Duration.ofMillis(1));

    assertThat(host.seen).containsExactly("ready at 6000");
    assertThat(network.seen).containsExactly("packet at 2000", "packet at 4000", "packet at 6000");
  }

  @Test
  void what_arrives_at_either_end_is_tapped() {
    List<Packet> tapped = new ArrayList<>();
    cable.tap(tapped::add);

    send(cable.toHost());
    send(cable.toNetwork());

    assertThat(tapped).hasSize(2);
  }

  // ---- conditions ----

  @Test
  void conditions_are_noted_in_the_journal() {
    cable.toHost().setLatency(Duration.ofNanos(700));
    cable.toHost().setBandwidth(1_000);
    cable.toNetwork().lose(Selector.nth(9)).remove();

    assertThat(cable.toHost().bandwidth()).isEqualTo(1_000);
    assertThat(cable.toNetwork().bandwidth()).isZero();
    assertThat(world.journal().toText())
        .contains("p0: configured p0 to host, latency 700 ns")
        .contains("p0: configured p0 to host, bandwidth 1000 bit/s")
        .contains("p0: configured p0 to network, fault 1 LOSE");
  }

  @Test
  void a_fault_says_which_losses_are_fine_from_now_on() {
    cable.toHost().duplicate(Selector.nth(9));
    assertThat(DropReason.values())
        .filteredOn(DropReason::isLoss)
        .noneMatch(world.ledger()::expectsDrops);
    cable.toHost().corrupt(Selector.nth(9));
    assertThat(world.ledger().expectsDrops(DropReason.MALFORMED)).isTrue();
    assertThat(world.ledger().expectsDrops(DropReason.LOST_ON_WIRE)).isFalse();
    cable.toHost().lose(Selector.nth(9));
    assertThat(world.ledger().expectsDrops(DropReason.LOST_ON_WIRE)).isTrue();
  }

  @Test
  void corruption_hits_every_byte_and_every_bit_of_a_byte_sooner_or_later() {
    cable.toNetwork().corrupt(Selector.all());
    BitSet bytes = new BitSet();
    BitSet bits = new BitSet();
    for (int i = 0; i < 400; i++) {
      send(cable.toNetwork());
    }

    for (Packet packet : network.packets) {
      BitSet flipped = BitSet.valueOf(packet.toByteArray());
      assertThat(flipped.cardinality()).isOne();
      bytes.set(flipped.nextSetBit(0) / 8);
      bits.set(flipped.nextSetBit(0) % 8);
    }
    assertThat(bits.cardinality()).isEqualTo(8);
    assertThat(bytes.cardinality()).isGreaterThan(150);
  }

  @Test
  void a_packet_without_bytes_has_no_bit_to_flip() {
    cable.toNetwork().corrupt(Selector.all());
    Packet packet = world.inject(devices, Packet.of(new byte[0]));
    devices.addSent();
    world.deliver(cable.toNetwork(), packet);

    assertThat(network.packets).extracting(Packet::length).containsExactly(0);
  }
}
