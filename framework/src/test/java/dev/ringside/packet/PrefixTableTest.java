// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The longest prefix counts, of those that are there. */
class PrefixTableTest {

  private final PrefixTable<String> table = new PrefixTable<>();

  private void put(String... prefixes) {
    for (String prefix : prefixes) {
      table.put(IpPrefix.of(prefix), prefix);
    }
  }

  private String find(String address) {
    return String.valueOf(table.find(IpAddress.of(address)));
  }

  @Test
  void the_longest_prefix_counts_in_whatever_order_they_came() {
    put("192.0.2.0/24", "0.0.0.0/0", "192.0.2.128/25", "192.0.2.200", "192.0.0.0/16");

    assertThat(find("192.0.2.1")).isEqualTo("192.0.2.0/24");
    assertThat(find("192.0.2.129")).isEqualTo("192.0.2.128/25");
    assertThat(find("192.0.2.200")).isEqualTo("192.0.2.200");
    assertThat(find("192.0.3.1")).isEqualTo("192.0.0.0/16");
    assertThat(find("203.0.113.1")).isEqualTo("0.0.0.0/0");
  }

  @Test
  void the_ip_versions_do_not_meet() {
    put("0.0.0.0/0", "2001:db8::/32", "2001:db8:0:1::/64", "2001:db8:0:1::7");

    assertThat(find("2001:db8:0:1::7")).isEqualTo("2001:db8:0:1::7");
    assertThat(find("2001:db8:0:1::8")).isEqualTo("2001:db8:0:1::/64");
    assertThat(find("2001:db8:ffff::")).isEqualTo("2001:db8::/32");
    assertThat(find("::ffff:0:0")).isEqualTo("null");
    assertThat(find("10.0.0.1")).isEqualTo("0.0.0.0/0");
  }

  @Test
  void what_is_taken_out_uncovers_what_is_shorter() {
    put("192.0.2.0/24", "192.0.2.0/25", "192.0.2.128/25");

    assertThat(table.remove(IpPrefix.of("192.0.2.0/25"))).isEqualTo("192.0.2.0/25");
    assertThat(find("192.0.2.1")).isEqualTo("192.0.2.0/24");
    assertThat(table.remove(IpPrefix.of("192.0.2.0/25"))).isNull();
    assertThat(table.remove(IpPrefix.of("192.0.2.0/24"))).isNotNull();
    assertThat(find("192.0.2.1")).isEqualTo("null");
    assertThat(find("192.0.2.129")).isEqualTo("192.0.2.128/25");
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void a_prefix_has_one_value() {
    IpPrefix prefix = IpPrefix.of("192.0.2.0/24");

    assertThat(table.put(prefix, "one")).isNull();
    assertThat(table.put(prefix, "two")).isEqualTo("one");
    assertThat(table.get(prefix)).isEqualTo("two");
    assertThat(table.get(IpPrefix.of("192.0.2.0/25"))).isNull();
    assertThat(table.get(IpPrefix.of("192.0.0.0/16"))).isNull();
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void values_come_by_version_address_and_length() {
    put("2001:db8::/32", "192.0.2.128/25", "::/0", "192.0.2.0/24", "0.0.0.0/0", "10.0.0.0/8");

    assertThat(table.values())
        .containsExactly(
            "0.0.0.0/0", "10.0.0.0/8", "192.0.2.0/24", "192.0.2.128/25", "::/0", "2001:db8::/32");
  }

  @Test
  void a_packet_is_found_by_its_destination() {
    put("192.0.2.0/24", "2001:db8::/32");
    PacketSpec v4 = Packets.udp().to("192.0.2.7").toMac("02:00:5e:10:00:0a");
    PacketSpec v6 = Packets.udp().to("2001:db8::7").toMac("02:00:5e:10:00:0a");
    PacketSpec none = Packets.arp().to("192.0.2.7");

    assertThat(table.findDestination(v4.toPacket())).isEqualTo("192.0.2.0/24");
    assertThat(table.findDestination(v6.toPacket())).isEqualTo("2001:db8::/32");
    assertThat(table.findDestination(none.toPacket())).isNull();
  }
}
