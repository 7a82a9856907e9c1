// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The formulas, computed here from the fields that a packet was made of, with big numbers. */
class PortSelectionPoliciesTest {

  private static final BigInteger ALL = BigInteger.ONE.shiftLeft(32);

  /** What a packet is made of. */
  private record Fields(
      String srcMac, String dstMac, String src, String dst, int sport, int dport) {
    Packet udp() {
      return Packets.udp()
          .fromMac(MacAddress.of(srcMac))
          .toMac(MacAddress.of(dstMac))
          .from(src)
          .to(dst)
          .fromPort(sport)
          .port(dport)
          .toPacket();
    }

    long lastMacBytes() {
      return last(srcMac) ^ last(dstMac);
    }

    private static long last(String mac) {
      return Long.parseLong(mac.substring(mac.length() - 2), 16);
    }

    /** The exclusive or of the 32-bit words of both addresses. */
    long words() {
      return fold(addresses(), 4);
    }

    private byte[] addresses() {
      byte[] one = dev.ringside.packet.IpAddress.of(src).toByteArray();
      byte[] other = dev.ringside.packet.IpAddress.of(dst).toByteArray();
      byte[] both = new byte[2 * one.length];
      System.arraycopy(one, 0, both, 0, one.length);
      System.arraycopy(other, 0, both, one.length, one.length);
      return both;
    }

    long bytes(boolean macs, boolean ips, boolean ports) {
      long hash = 0;
      if (macs) {
        for (String part : (srcMac + ":" + dstMac).split(":", -1)) {
          hash ^= Long.parseLong(part, 16);
        }
      }
      if (ips) {
        hash ^= fold(addresses(), 1);
      }
      return ports ? hash ^ (sport >> 8) ^ (sport & 255) ^ (dport >> 8) ^ (dport & 255) : hash;
    }

    /** The exclusive or of the numbers of so many bytes. */
    private static long fold(byte[] bytes, int width) {
      long folded = 0;
      for (int i = 0; i < bytes.length; i += width) {
        long number = 0;
        for (int k = i; k < i + width; k++) {
          number = number * 256 + (bytes[k] & 255);
        }
        folded ^= number;
      }
      return folded;
    }
  }

  private static final List<Fields> SAMPLES = samples();

  private static List<Fields> samples() {
    List<Fields> samples = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      String host = "02:00:5e:10:%02x:%02x".formatted(i * 5 % 256, i * 7 % 256);
      samples.add(
          new Fields(
              host, "02:0a:00:00:00:fe", "192.0.2." + i, "203.0.113." + (255 - i), i * 997, 53));
      samples.add(
          new Fields(
              "02:00:5e:10:00:0b",
              host,
              "2001:db8::" + Integer.toHexString(i * 1_001),
              "2001:db8:f00::" + i,
              65_535 - i,
              i * 1_003 % 65_000 + 1));
    }
    return samples;
  }

  private static List<ActivePort> ports(int number) {
    List<ActivePort> ports = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      ports.add(new ActivePort("p" + i, i, 0, 0));
    }
    return ports;
  }

  private static int place(PortSelectionPolicy policy, Packet packet, int ports) {
    return policy.choose(packet, 0, ports(ports)).order();
  }

  /** As a 32-bit number without a sign. */
  private static int modulo(long hash, int ports) {
    return BigInteger.valueOf(hash).mod(ALL).mod(BigInteger.valueOf(ports)).intValue();
  }

  private static long folded(long hash) {
    long half = hash ^ (hash >> 16);
    return half ^ (half >> 8);
  }

  private static void check(
      PortSelectionPolicy policy, java.util.function.ToLongFunction<Fields> hash) {
    for (Fields fields : SAMPLES) {
      for (int n : new int[] {1, 2, 3, 5, 8, 13, 61}) {
        assertThat(place(policy, fields.udp(), n))
            .as("%s of %s over %s", policy, fields, n)
            .isEqualTo(modulo(hash.applyAsLong(fields), n));
      }
    }
  }

  private static int type(Fields fields) {
    return fields.src().contains(":") ? 0x86dd : 0x0800;
  }

  @Test
  void linux_layer2_is_the_last_bytes_of_the_macs_and_the_ethertype() {
    check(PortSelectionPolicies.layer2(), f -> f.lastMacBytes() ^ type(f));
  }

  @Test
  void linux_layer2_and_3_adds_the_addresses_and_folds() {
    check(PortSelectionPolicies.layer2And3(), f -> folded(f.lastMacBytes() ^ type(f) ^ f.words()));
  }

  @Test
  void linux_layer3_and_4_is_ports_and_addresses_folded_and_halved() {
    check(
        PortSelectionPolicies.layer3And4(),
        f -> folded(((long) f.sport() << 16 | f.dport()) ^ f.words()) >> 1);
  }

  @Test
  void crossbow_is_the_exclusive_or_of_the_bytes_of_the_layers() {
    check(PortSelectionPolicies.hash(HashLayer.L2), f -> f.bytes(true, false, false));
    check(PortSelectionPolicies.hash(HashLayer.L3), f -> f.bytes(false, true, false));
    check(PortSelectionPolicies.hash(HashLayer.L4), f -> f.bytes(false, false, true));
    check(PortSelectionPolicies.hash(HashLayer.L2, HashLayer.L3), f -> f.bytes(true, true, false));
    check(PortSelectionPolicies.defaultPolicy(), f -> f.bytes(false, true, true));
    check(PortSelectionPolicies.hash(HashLayer.values()), f -> f.bytes(true, true, true));
  }

  @Test
  void what_has_no_such_layer_is_hashed_over_the_highest_that_it_has() {
    Fields fields = SAMPLES.get(7);
    Packet icmp =
        Packets.icmp()
            .fromMac(MacAddress.of(fields.srcMac()))
            .toMac(MacAddress.of(fields.dstMac()))
            .from("192.0.2.7")
            .to("203.0.113.9")
            .toPacket();
    Packet plain =
        Packets.ethernet(0x88b5)
            .fromMac(MacAddress.of(fields.srcMac()))
            .toMac(MacAddress.of(fields.dstMac()))
            .toPacket();
    int ips = 0xc0 ^ 0x02 ^ 0x07 ^ 0xcb ^ 0x71 ^ 0x09;

    assertThat(place(PortSelectionPolicies.hash(HashLayer.L4), icmp, 61)).isEqualTo(ips % 61);
    assertThat(place(PortSelectionPolicies.defaultPolicy(), icmp, 61)).isEqualTo(ips % 61);
    assertThat(place(PortSelectionPolicies.hash(HashLayer.L3, HashLayer.L4), plain, 61))
        .isEqualTo(modulo(fields.bytes(true, false, false), 61));
    assertThat(place(PortSelectionPolicies.layer3And4(), plain, 61))
        .isEqualTo(modulo(fields.lastMacBytes() ^ 0x88b5, 61));
    assertThat(place(PortSelectionPolicies.layer2And3(), plain, 61))
        .isEqualTo(modulo(fields.lastMacBytes() ^ 0x88b5, 61));
    Packet runt = Packet.of(new byte[5]);
    assertThat(place(PortSelectionPolicies.layer2(), runt, 3)).isZero();
    assertThat(place(PortSelectionPolicies.defaultPolicy(), runt, 3)).isZero();
  }

  @Test
  void all_but_layer3_and_4_take_both_directions_to_one_nic() {
    List<PortSelectionPolicy> symmetric =
        List.of(
            PortSelectionPolicies.defaultPolicy(),
            PortSelectionPolicies.hash(HashLayer.values()),
            PortSelectionPolicies.layer2(),
            PortSelectionPolicies.layer2And3(),
            PortSelectionPolicies.weightedRendezvous());
    int differing = 0;
    for (Fields f : SAMPLES) {
      Fields back = new Fields(f.dstMac(), f.srcMac(), f.dst(), f.src(), f.dport(), f.sport());
      for (PortSelectionPolicy policy : symmetric) {
        assertThat(place(policy, back.udp(), 7)).isEqualTo(place(policy, f.udp(), 7));
      }
      PortSelectionPolicy other = PortSelectionPolicies.layer3And4();
      differing += place(other, back.udp(), 7) == place(other, f.udp(), 7) ? 0 : 1;
    }
    assertThat(differing).isPositive();
  }

  @Test
  void rendezvous_gives_each_nic_its_weight_and_moves_nobody_else_when_one_leaves() {
    PortSelectionPolicy policy =
        PortSelectionPolicies.weightedRendezvous(port -> port.order() == 2 ? 2 : 1);
    Map<String, Integer> share = new TreeMap<>();
    List<ActivePort> all = ports(4);
    List<ActivePort> fewer = List.of(all.get(0), all.get(2), all.get(3));
    for (int i = 0; i < 5_000; i++) {
      Packet packet =
          Packets.udp()
              .fromMac(MacAddress.of("02:00:00:00:00:01"))
              .toMac(MacAddress.of("02:00:00:00:00:02"))
              .from("192.0.2.1")
              .to("203.0.113." + i % 250)
              .fromPort(i + 1)
              .port(80)
              .toPacket();
      ActivePort chosen = policy.choose(packet, 0, all);
      share.merge(chosen.name(), 1, Integer::sum);
      if (chosen.order() != 1) {
        assertThat(policy.choose(packet, 0, fewer)).isSameAs(chosen);
      }
    }
    assertThat(share.get("p2")).isBetween(1_850, 2_150);
    assertThat(share.get("p0")).isBetween(900, 1_100);
  }

  @Test
  void rendezvous_is_the_same_in_every_version() {
    StringBuilder places = new StringBuilder();
    for (Fields fields : SAMPLES) {
      places.append(place(PortSelectionPolicies.weightedRendezvous(), fields.udp(), 9));
    }
    assertThat(places)
        .hasToString(
            "385385467400124080270832553405468506420830124254354135776142"
                + "424711530280617407737848410134235237485771043401486605033535");
  }

  @Test
  void rendezvous_weighs_by_speed_unless_told_otherwise() {
    List<ActivePort> ports =
        List.of(new ActivePort("p0", 0, 1_000, 0), new ActivePort("p1", 1, 9_000, 0));
    int slow = 0;
    for (Fields fields : SAMPLES) {
      ActivePort chosen = PortSelectionPolicies.weightedRendezvous().choose(fields.udp(), 0, ports);
      slow += chosen.order() == 0 ? 1 : 0;
    }
    assertThat(slow).isBetween(4, 24); // of 120
  }

  @Test
  void rendezvous_gives_nothing_to_a_nic_without_weight() {
    PortSelectionPolicy policy =
        PortSelectionPolicies.weightedRendezvous(port -> port.order() == 0 ? 0 : 1);
    for (Fields fields : SAMPLES) {
      assertThat(place(policy, fields.udp(), 2)).isEqualTo(1);
    }
  }

  @Test
  void round_robin_goes_by_the_number_and_least_connections_by_the_load() {
    Packet any = SAMPLES.get(0).udp();
    List<ActivePort> ports = ports(3);
    for (int i = 0; i < 7; i++) {
      assertThat(PortSelectionPolicies.roundRobin().choose(any, i, ports).order()).isEqualTo(i % 3);
    }
    List<ActivePort> loaded =
        List.of(
            new ActivePort("p0", 0, 0, 4),
            new ActivePort("p1", 1, 0, 2),
            new ActivePort("p2", 2, 0, 2));
    assertThat(PortSelectionPolicies.leastConnections().choose(any, 9, loaded).name())
        .isEqualTo("p1");
  }

  @Test
  void say_what_they_are() {
    assertThat(PortSelectionPolicies.defaultPolicy()).hasToString("hash over L3+L4");
    assertThat(PortSelectionPolicies.hash(HashLayer.values())).hasToString("hash over L2+L3+L4");
    assertThat(PortSelectionPolicies.roundRobin()).hasToString("round robin");
    assertThat(PortSelectionPolicies.leastConnections()).hasToString("least connections");
    assertThat(PortSelectionPolicies.layer2And3()).hasToString("layer2+3");
    assertThat(PortSelectionPolicies.weightedRendezvous()).hasToString("weighted rendezvous");
    assertThatThrownBy(PortSelectionPolicies::hash)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a hash over no layer; name L2, L3 or L4");
  }
}
