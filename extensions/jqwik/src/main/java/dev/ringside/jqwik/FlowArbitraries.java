// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowTable;
import dev.ringside.packet.FrameSpec;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.Packets;
import dev.ringside.packet.PortSpec;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Matches, flow tables, and packets for them: out of so few addresses, ports and VLANs that most
 * packets match several entries.
 *
 * <pre>{@code
 * @Property
 * void our_controller_keeps_the_default(@ForAll FlowTable table, @ForAll("packets") Packet packet) {
 *   ...
 * }
 *
 * @Provide
 * Arbitrary<Packet> packets() {
 *   return FlowArbitraries.packets();
 * }
 * }</pre>
 */
public final class FlowArbitraries {

  private static final String MAC = "02:00:00:00:00:01";
  private static final int MOST_ENTRIES = 12;
  private static final int RINGS = 4;
  private static final int NONE = -1;

  private FlowArbitraries() {}

  /** What a packet, or a match, says; -1 and the empty text stand for nothing. */
  private record Words(String kind, String to, int port, int vlan) {}

  private static Arbitrary<Words> words(
      List<String> kinds, List<String> destinations, List<Integer> ports) {
    return Combinators.combine(
            Arbitraries.of(kinds),
            Arbitraries.of(destinations),
            Arbitraries.of(ports),
            Arbitraries.of(NONE, 1, 2))
        .as(Words::new);
  }

  // ---- packets ----

  /** TCP and UDP packets to a few addresses and ports, in a few VLANs. */
  public static Arbitrary<Packet> packets() {
    return words(
            List.of("tcp", "syn", "udp"),
            List.of("10.0.0.1", "10.0.1.1", "10.1.0.1", "192.0.2.1"),
            List.of(22, 53, 80))
        .map(words -> packet(words).toPacket());
  }

  private static PacketSpec packet(Words words) {
    return tagged(ports(words).to(words.to).toMac(MAC), words);
  }

  private static PortSpec<?> ports(Words words) {
    PortSpec<?> packet =
        switch (words.kind) {
          case "tcp" -> Packets.tcp();
          case "syn" -> Packets.tcp().syn();
          default -> Packets.udp();
        };
    return words.port == NONE ? packet : packet.port(words.port);
  }

  private static PacketSpec tagged(FrameSpec<?> packet, Words words) {
    return words.vlan == NONE ? packet : packet.vlan(words.vlan);
  }

  // ---- matches ----

  /** Sentences, with prefixes and ports or without. */
  public static Arbitrary<PacketSpec> sentences() {
    return words(
            List.of("ip", "tcp", "syn", "udp", "ethernet"),
            List.of("", "10.0.0.1", "10.0.0.0/24", "10.0.0.0/8", "192.0.2.0/24"),
            List.of(NONE, 22, 53, 80))
        .map(FlowArbitraries::sentence);
  }

  private static PacketSpec sentence(Words words) {
    if (words.kind.equals("ethernet")) {
      return tagged(Packets.ethernet(), words);
    }
    if (words.kind.equals("ip")) {
      return words.to.isEmpty()
          ? tagged(Packets.ip(), words)
          : tagged(Packets.ip().to(words.to), words);
    }
    PortSpec<?> packet = ports(words);
    return words.to.isEmpty() ? tagged(packet, words) : tagged(packet.to(words.to), words);
  }

  /** Sentences, and combinations of two by and, or, not. */
  public static Arbitrary<PacketMatcher> matches() {
    Arbitrary<PacketMatcher> alone = sentences().map(sentence -> sentence);
    Arbitrary<PacketMatcher> both =
        Combinators.combine(sentences(), sentences()).as((a, b) -> a.and(b.negate()));
    Arbitrary<PacketMatcher> either =
        Combinators.combine(sentences(), sentences()).as(PacketMatcher::or);
    return Arbitraries.oneOf(alone, alone, both, either);
  }

  // ---- tables ----

  private record Line(PacketMatcher match, int ring) {}

  /** Tables in the default dialect with up to 12 entries, to rings 0 to 3. */
  public static Arbitrary<FlowTable> tables() {
    return Combinators.combine(matches(), Arbitraries.integers().between(0, RINGS - 1))
        .as(Line::new)
        .list()
        .ofMaxSize(MOST_ENTRIES)
        .map(FlowArbitraries::table);
  }

  /** An entry that says what another does is left out. */
  private static FlowTable table(List<Line> lines) {
    FlowTable table = new FlowTable("generated");
    List<String> said = new ArrayList<>();
    for (Line line : lines) {
      String sentence = line.match.toString();
      if (!said.contains(sentence)) {
        said.add(sentence);
        table.append(PacketMatcher.named(sentence, line.match), Destination.ring(line.ring));
      }
    }
    return table;
  }
}
