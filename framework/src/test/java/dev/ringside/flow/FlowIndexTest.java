// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import static dev.ringside.flow.Destination.mirror;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.HeaderMatch;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.UdpSpec;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The entry that is looked up is the one that a walk from entry to entry comes to. */
class FlowIndexTest {

  private static final int MANY = 150_000;
  private static final String SOURCE = "2001:db8::1";
  private static final String[] TARGETS = {"2001:db8::2", "2001:db8:0:1::2"};

  private static Packet packet(int lastByte, int port) {
    return udp().to("198.51.100." + lastByte).toMac("02:00:00:00:00:01").port(port).toPacket();
  }

  private static Packet segment(int lastByte, int port) {
    return tcp().to("198.51.100." + lastByte).toMac("02:00:00:00:00:01").port(port).toPacket();
  }

  // ---- order ----

  @Test
  void of_entries_for_the_same_value_none_decides_that_comes_behind_another_match() {
    FlowTable acl = new FlowTable("acl", 9, FlowDialect.PRIORITIES);
    acl.insert(9, ip().to("198.51.100.2"), ring(9));
    acl.insert(8, udp().port(1), ring(8));
    acl.insert(7, ip().to("198.51.100.3"), ring(7));
    acl.insert(6, udp().port(53), ring(6));
    acl.insert(5, udp().port(53), ring(5));

    assertThat(acl.classify(packet(3, 53)).end()).isEqualTo(ring(7));
    assertThat(acl.classify(packet(4, 53)).end()).isEqualTo(ring(6));
    assertThat(acl.classify(packet(4, 54)).end()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_look_up_ends_where_a_walk_from_entry_to_entry_does(int seed) {
    SeededRandom random = Seed.of(seed).stream("entries");
    FlowTable table = new FlowTable("t");
    for (int step = 0; step < 300; step++) {
      change(table, random, seed % 2 == 0);
      Packet packet = packet(random);
      FlowWalk walk = table.explain(packet);
      FlowDecision decision = table.classify(packet);
      assertThat(decision.end()).as(walk.toString()).isEqualTo(walk.end());
      assertThat(decision.outcome()).isEqualTo(walk.outcome());
      assertThat(decision.mirrorCount()).isEqualTo(copies(walk));
      if (table.surelyMisses(packet)) {
        assertThat(decision.outcome()).isEqualTo(FlowDecision.Outcome.MISSED);
      }
    }
  }

  private static Packet packet(SeededRandom random) {
    int port = random.nextInt(4);
    return switch (random.nextInt(3)) {
      case 0 -> packet(random.nextInt(4), port);
      case 1 -> segment(random.nextInt(4), port);
      default ->
          udp()
              .from(SOURCE)
              .to(TARGETS[random.nextInt(2)])
              .toMac("02:00:00:00:00:01")
              .port(port)
              .toPacket();
    };
  }

  private static int copies(FlowWalk walk) {
    int copies = 0;
    for (FlowWalk.Step step : walk.steps()) {
      copies += step.matches() && step.entry().isMirror() ? 1 : 0;
    }
    return copies;
  }

  private static void change(FlowTable table, SeededRandom random, boolean plain) {
    List<FlowEntry> entries = table.entries();
    if (entries.size() > random.nextInt(16)) {
      table.remove(entries.get(random.nextInt(entries.size())));
      return;
    }
    PacketMatcher match = match(random, plain);
    Destination to =
        plain || random.nextInt(6) > 0 ? ring(random.nextInt(99)) : mirror(ring(random.nextInt(3)));
    try {
      switch (random.nextInt(3)) {
        case 0 -> table.append(match, to);
        case 1 -> table.prepend(match, to);
        default -> table.insert(match, to);
      }
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("already has");
    }
  }

  private static PacketMatcher match(SeededRandom random, boolean plain) {
    String to = "198.51.100." + random.nextInt(4);
    int port = random.nextInt(4);
    return switch (random.nextInt(plain ? 12 : 14)) {
      case 0 -> ip().to(to);
      case 1 -> udp().port(port);
      case 2 -> tcp().to(to).port(port);
      case 3 -> udp().ports(port, port + 5);
      case 4 -> tcp().to("198.51.100.0/" + (24 + random.nextInt(9)));
      case 5 -> ip().ttl(64);
      case 6 -> udp().port(port).ttl(60 + random.nextInt(5));
      case 7 -> udp().port(port).and(ip().to(to).negate());
      case 8 -> ip().to(to).negate();
      case 9 -> ethernet();
      case 10 -> udp().from(SOURCE).to(TARGETS[random.nextInt(2)]).port(port);
      case 11 -> ip().from(random.nextInt(2) == 0 ? SOURCE : TARGETS[0]).to(TARGETS[1]);
      case 12 -> packet -> packet.destinationPort() == port;
      default -> udp().port(port).and(packet -> packet.length() > 3);
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_was_added_and_not_removed_is_found_and_nothing_else(boolean byAddress) {
    SeededRandom random = Seed.of(7).stream("churn");
    FlowTable table = new FlowTable("t");
    FlowEntry[] there = new FlowEntry[250];
    for (int step = 0; step < 4_000; step++) {
      int i = random.nextInt(there.length);
      if (there[i] == null) {
        there[i] = table.append(station(byAddress, i), ring(i & 15));
      } else {
        assertThat(table.remove(there[i])).isTrue();
        there[i] = null;
      }
      int other = random.nextInt(there.length);
      assertThat(table.classify(toStation(other)).entry()).isSameAs(there[other]);
    }
  }

  private static PacketMatcher station(boolean byAddress, int i) {
    return byAddress ? udp().from(SOURCE).to("2001:db8::" + i).port(53) : ethernet().toMac(mac(i));
  }

  private static Packet toStation(int i) {
    return udp().from(SOURCE).to("2001:db8::" + i).toMac(mac(i)).port(53).toPacket();
  }

  private static String mac(int i) {
    return i < 16
        ? "02:00:00:00:00:0" + Integer.toHexString(i)
        : "02:00:00:00:00:" + Integer.toHexString(i);
  }

  @Test
  void of_two_equally_exact_entries_the_newest_comes_first() {
    FlowTable table = new FlowTable("t");
    FlowEntry older = table.insert(udp().to("2001:db8::/33"), ring(1));
    FlowEntry newer = table.insert(udp().port(53).to("2001:db8::/33"), ring(2));

    assertThat(table.entries()).containsExactly(newer, older);
  }

  @Test
  void what_an_entry_must_not_match_is_looked_at_though_no_other_entry_asks_for_it() {
    FlowTable table = new FlowTable("t");
    table.append(udp().port(53).and(ip().to("198.51.100.1").negate()), ring(1));

    assertThat(table.classify(packet(1, 53)).end()).isNull();
    assertThat(table.classify(packet(2, 53)).end()).isEqualTo(ring(1));
  }

  @Test
  void functions_behind_one_that_fails_are_not_asked() {
    FlowTable table = new FlowTable("t");
    List<String> asked = new ArrayList<>();
    table.append(
        packet -> {
          throw new IllegalStateException("no idea");
        },
        ring(1));
    table.append(packet -> asked.add("second"), ring(2));

    assertThat(table.classify(packet(1, 1)).failure()).hasMessage("no idea");
    assertThat(asked).isEmpty();
  }

  // ---- sure misses ----

  @Test
  void what_all_entries_want_tells_sure_misses_however_many_they_are() {
    FlowTable table = new FlowTable("t");
    List<FlowEntry> entries = new ArrayList<>();
    for (int port = 1; port < 20; port++) {
      entries.add(table.append(tcp().port(port), ring(1)));
      entries.add(table.append(tcp().to("198.51.100.9").port(port), ring(2)));
      assertThat(table.surelyMisses(packet(1, 1))).isTrue();
      assertThat(table.surelyMisses(segment(1, port))).isFalse();
    }
    FlowEntry wide = table.append(ip().ttl(3), ring(3));
    assertThat(table.surelyMisses(packet(1, 1))).isFalse();
    table.remove(wide);
    entries.forEach(table::remove);
    table.append(udp(), ring(1));
    assertThat(table.surelyMisses(segment(1, 1))).isTrue();
    assertThat(table.surelyMisses(packet(1, 1))).isFalse();
  }

  // ---- matches without rows ----

  @Test
  void what_matches_no_packet_may_stand_in_a_table_any_number_of_times() {
    FlowTable table = new FlowTable("t");
    PacketSpec impossible = ip().from("192.0.2.1").to("2001:db8::1");
    assertThat(HeaderMatch.of(impossible)).extracting(HeaderMatch::rows).isEqualTo(0);
    table.append(udp(), ring(1));
    FlowEntry entry = table.append(impossible, ring(2));
    table.append(impossible, ring(3));

    assertThat(table.size()).isEqualTo(3);
    assertThat(table.classify(packet(1, 1)).end()).isEqualTo(ring(1));
    assertThat(table.remove(entry)).isTrue();
  }

  // ---- many ----

  @Test
  void a_table_that_was_walked_takes_entries_by_the_hundred_thousand_and_finds_each() {
    FlowTable table = new FlowTable("t");
    FlowEntry function = table.append(packet -> false, ring(1));
    assertThat(table.classify(packet(1, 1)).end()).isNull();
    table.remove(function);
    FlowEntry[] entries = new FlowEntry[MANY];
    for (int i = 0; i < MANY; i++) {
      entries[i] = table.append(numbered(i), ring(i & 15));
    }

    for (int i = 0; i < MANY; i += 1_000) {
      assertThat(table.classify(numbered(i).toMac("02:00:00:00:00:01").toPacket()).entry())
          .isSameAs(entries[i]);
    }
    for (int i = 0; i < MANY - 1; i++) {
      table.remove(entries[i]);
    }
    Packet last = numbered(MANY - 1).toMac("02:00:00:00:00:01").toPacket();
    assertThat(table.classify(last).entry()).isSameAs(entries[MANY - 1]);
    assertThat(table.classify(packet(1, 1)).end()).isNull();
  }

  private static UdpSpec numbered(int i) {
    return udp().to("10.0." + (i >> 16) + ".1").port(i & 0xffff);
  }
}
