// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.switching;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.SwitchPort;
import dev.ringside.bridge.VlanMode;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.UdpSpec;
import dev.ringside.properties.model.SwitchTwin;
import dev.ringside.time.Seed;
import dev.ringside.trace.Account;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The learning switch does what its naive twin does, to the byte. */
class SwitchingProperties {

  private static final long AGEING = 1_000;
  private static final Endpoint SOMEBODY =
      Endpoint.of("somebody", "02:00:00:00:00:01", "198.18.0.1", "2001:db8::1");
  private static final List<VlanMode> MODES =
      List.of(
          VlanMode.transparent(),
          VlanMode.access(100),
          VlanMode.access(200),
          VlanMode.trunk(1, 100),
          VlanMode.trunk(100, 200));

  /** A frame comes in at a port, or its link changes, after a pause. */
  private record Move(int port, int source, int destination, int vlan, int change, long pause) {

    private static final int GO_DOWN = 8;
    private static final int GO_UP = 9;

    Packet packet() {
      UdpSpec spec = udp().to(SOMEBODY).fromMac(mac(source)).toMac(mac(destination));
      return (vlan < 0 ? spec : spec.vlan(vlan)).toPacket();
    }

    private static MacAddress mac(int number) {
      return number == 0 ? MacAddress.BROADCAST : new MacAddress(0x0200_0000_0000L + number);
    }
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    Arbitrary<Integer> stations = Arbitraries.integers().between(0, 4);
    return Combinators.combine(
            Arbitraries.integers().between(0, MODES.size() - 1),
            stations,
            stations,
            Arbitraries.of(-1, 0, 1, 100, 200, 300),
            Arbitraries.integers().between(0, 10),
            Arbitraries.of(0L, 0L, 400L, 1_001L))
        .as(Move::new)
        .list()
        .ofMaxSize(40);
  }

  @Property
  void switch_and_twin_send_the_same_frames(@ForAll("moves") List<Move> moves) {
    assertThat(differences(moves, AGEING)).isEmpty();
  }

  private static List<String> differences(List<Move> moves, long twinsAgeing) {
    Bench bench = new Bench();
    SwitchTwin twin = new SwitchTwin(MODES, twinsAgeing);
    List<String> differences = new ArrayList<>();
    for (Move move : moves) {
      bench.world.advance(Duration.ofNanos(move.pause));
      if (move.change == Move.GO_DOWN || move.change == Move.GO_UP) {
        bench.ports.get(move.port).carrierChanged(move.change == Move.GO_UP);
        twin.setUp(move.port, move.change == Move.GO_UP);
        continue;
      }
      List<SwitchTwin.Out> expected = twin.forward(move.packet(), move.port, bench.world.now());
      List<SwitchTwin.Out> actual = bench.forward(move.packet(), move.port);
      if (!actual.equals(expected)) {
        differences.add(move + ": " + actual + ", expected " + expected);
      }
    }
    return differences;
  }

  @Test
  void a_twin_that_never_forgets_is_found() {
    Move heard = new Move(0, 1, 0, 100, 0, 0);
    Move later = new Move(3, 2, 1, 100, 0, 1_001);

    assertThat(differences(List.of(heard, later), AGEING)).isEmpty();
    assertThat(differences(List.of(heard, later), Long.MAX_VALUE / 2)).hasSize(1);
  }

  /** A switch whose ports remember what leaves through them. */
  private static final class Bench {
    final World world = new World(Seed.DEFAULT, 100, false);
    final List<SwitchPort> ports = new ArrayList<>();
    final List<SwitchTwin.Out> out = new ArrayList<>();

    Bench() {
      LearningSwitch bridge = new LearningSwitch(world, Stage.EXTERNAL_SWITCH, "switch");
      bridge.setAgeing(Duration.ofNanos(AGEING));
      Account beyond = world.ledger().open(Stage.STATION, "beyond");
      for (int i = 0; i < MODES.size(); i++) {
        int port = i;
        ports.add(
            bridge.addPort(
                "port" + i,
                packet -> {
                  beyond.addReceived();
                  world.delivered(beyond, packet);
                  out.add(new SwitchTwin.Out(port, SwitchTwin.hex(packet)));
                },
                MODES.get(i)));
      }
    }

    List<SwitchTwin.Out> forward(Packet packet, int port) {
      out.clear();
      world.deliver(ports.get(port), packet);
      List<SwitchTwin.Out> sorted = new ArrayList<>(out);
      sorted.sort(Comparator.comparingInt(SwitchTwin.Out::port));
      return sorted;
    }
  }
}
