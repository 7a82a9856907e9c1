// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTableTest {

  private static final int LIMIT = 100;

  private record Heard(SwitchPort port, long at) {}

  /** The same behaviour, said simply. */
  private static final class Twin {
    private final Map<Long, Heard> stations = new LinkedHashMap<>();

    void learn(long key, SwitchPort port, long now, long notHeardSince) {
      if (!stations.containsKey(key) && stations.size() == LIMIT) {
        stations.values().removeIf(heard -> heard.at() < notHeardSince);
      }
      if (stations.containsKey(key) || stations.size() < LIMIT) {
        stations.put(key, new Heard(port, now));
      }
    }

    SwitchPort find(long key, long notHeardSince) {
      Heard heard = stations.get(key);
      return heard == null || heard.at() < notHeardSince ? null : heard.port();
    }

    void forget(SwitchPort port) {
      stations.values().removeIf(heard -> heard.port() == port);
    }
  }

  private static SwitchPort[] ports(int number) {
    World world = new World(Seed.DEFAULT, 1, false);
    LearningSwitch bridge = new LearningSwitch(world, Stage.EXTERNAL_SWITCH, "switch");
    SwitchPort[] ports = new SwitchPort[number];
    for (int i = 0; i < number; i++) {
      ports[i] = bridge.addPort("port" + i, packet -> {}, VlanMode.transparent());
    }
    return ports;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void does_what_a_map_does_in_many_random_operations(long seed) {
    SeededRandom random = Seed.of(seed).stream("operations");
    SwitchPort[] ports = ports(4);
    ForwardingTable table = new ForwardingTable(LIMIT);
    Twin twin = new Twin();
    int population = 20 + random.nextInt(200);
    long now = 0;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(4);
      long oldest = now - 300;
      // Few bits apart, as the addresses of one host are, or all over the place.
      long mac =
          random.nextInt(population) * (seed % 2 == 0 ? 1 : 0x9e37_79b9L) & 0xffff_ffff_ffffL;
      long key = ForwardingTable.key(1 + random.nextInt(2), mac);
      SwitchPort port = ports[random.nextInt(4)];
      if (random.nextInt(500) == 0) {
        table.forget(port);
        twin.forget(port);
      } else if (random.nextInt(3) > 0) {
        table.learn(key, port, now, oldest);
        twin.learn(key, port, now, oldest);
      }
      assertThat(table.find(key, oldest)).isSameAs(twin.find(key, oldest));
      if (i % 100 == 0) {
        assertThat(table.keys()).containsExactly(sorted(twin));
        assertThat(table.size()).isEqualTo(twin.stations.size());
      }
    }
    assertThat(table.size()).isPositive();
  }

  private static long[] sorted(Twin twin) {
    return new TreeSet<>(twin.stations.keySet()).stream().mapToLong(key -> key).toArray();
  }

  @Test
  void an_empty_table_finds_and_forgets_nothing() {
    SwitchPort[] ports = ports(1);
    ForwardingTable table = new ForwardingTable(LIMIT);

    table.forget(ports[0]);

    assertThat(table.find(ForwardingTable.key(1, 5), 0)).isNull();
    assertThat(table.keys()).isEmpty();
  }

  @Test
  void each_station_may_be_pinned_somewhere_else_unpinned_and_forgotten() {
    SwitchPort[] ports = ports(2);
    ForwardingTable table = new ForwardingTable(LIMIT);
    for (long key = 0; key < 20; key++) {
      table.pin(key, ports[0]);
      table.pin(key, ports[1]);
      table.learn(key, ports[0], 5, 0);

      assertThat(table.find(key, 1)).isSameAs(ports[1]);
      assertThat(table.size()).isEqualTo((int) key + 1);
    }
    for (long key = 0; key < 20; key++) {
      table.unpin(key);
      assertThat(table.find(key, 0)).isNull();
      table.learn(key, ports[0], 5, 0);
      table.unpin(key);
      assertThat(table.find(key, 0)).isSameAs(ports[0]);
      table.forget(key);
      assertThat(table.find(key, 0)).isNull();
    }
    table.unpin(77);
    table.forget(77);
    assertThat(table.size()).isEqualTo(20);
  }
}
