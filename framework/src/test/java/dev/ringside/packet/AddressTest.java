// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses: text to value and back, and what they mean. */
class AddressTest {

  @Test
  void a_mac_address_is_read_and_written() {
    MacAddress mac = MacAddress.of("02-00-5E-10-00-0b");

    assertThat(mac.bits()).isEqualTo(0x02005e10000bL);
    assertThat(mac).hasToString("02:00:5e:10:00:0b").isEqualTo(MacAddress.of(mac.toString()));
    assertThat(mac).hasSameHashCodeAs(MacAddress.of("02:00:5e:10:00:0b"));
    assertThat(mac).isLessThan(MacAddress.BROADCAST).isGreaterThan(MacAddress.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "02:00:5e:10:00:0b, false, true, false",
    "00:1b:21:10:00:0b, false, false, false",
    "01:00:5e:00:00:fb, true, false, false",
    "ff:ff:ff:ff:ff:ff, true, true, true"
  })
  void a_mac_address_tells_its_kind(String text, boolean group, boolean local, boolean broadcast) {
    MacAddress mac = MacAddress.of(text);

    assertThat(mac.isMulticast()).isEqualTo(group);
    assertThat(mac.isLocallyAdministered()).isEqualTo(local);
    assertThat(mac.isBroadcast()).isEqualTo(broadcast);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "02:00:5e:10:00", "02:00:5e:10:00:0g", "02.00.5e.10.00.0b", "02005e10000b"})
  void what_is_no_mac_address_is_refused(String text) {
    assertThatThrownBy(() -> MacAddress.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is not a MAC address; write six bytes as 02:00:5e:10:00:0b");
  }

  @Test
  void a_mac_address_has_no_more_than_48_bits() {
    assertThatThrownBy(() -> new MacAddress(1L << 48))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("MAC address 0x1000000000000 has more than 48 bits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.",
        "1.2.3.4.",
        "1.2.3.4.5",
        "1.2.3.256",
        ".1.2.3",
        "1..2.3",
        "1.2.3.a",
        "1.2.3.-4",
        "01.2.3.4",
        "1.2.3.1000000000000",
        " 1.2.3.4",
        "1.2.3.4/24"
      })
  void what_is_no_ipv4_address_is_refused(String text) {
    assertThatThrownBy(() -> Ipv4Address.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'" + text + "' is not an IPv4 address; write four numbers of 0 to 255 as 192.0.2.10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:",
        ":1::",
        "12345::",
        "g::",
        "::1%eth0",
        "::ffff:1.2.3.4",
        "1:2:3:4:5:6:7:"
      })
  void what_is_no_ipv6_address_is_refused(String text) {
    assertThatThrownBy(() -> Ipv6Address.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'" + text + "' is not an IPv6 address; write hexadecimal groups as 2001:db8::a");
  }

  @ParameterizedTest
  @CsvSource({
    "2001:DB8:0:0::a, 2001:db8::a",
    "0:0:0:0:0:0:0:0, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "0:0:1:0:0:0:0:0, 0:0:1::",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "ABCD:ef01:2345:6789:abcd:ef01:2345:6789, abcd:ef01:2345:6789:abcd:ef01:2345:6789"
  })
  void ipv6_addresses_are_written_as_rfc_5952_says(String text, String canonical) {
    assertThat(Ipv6Address.of(text)).hasToString(canonical);
  }

  @Test
  void random_addresses_survive_text_and_agree_with_the_jdk() throws UnknownHostException {
    SeededRandom random = Seed.DEFAULT.stream("addresses");
    for (int i = 0; i < 10_000; i++) {
      agreesWithJdk(new Ipv6Address(sparse(random), sparse(random)));
      agreesWithJdk(new Ipv4Address((int) random.nextLong()));
    }
  }

  /** Runs of zeros are what text forms differ in. */
  private static long sparse(SeededRandom random) {
    long bits = 0;
    for (int group = 0; group < 4; group++) {
      bits = bits << 16 | (random.nextInt(2) == 0 ? 0 : random.nextInt(0x10000));
    }
    return bits;
  }

  /** Literals only: the JDK asks no name service for them. */
  private static void agreesWithJdk(IpAddress address) throws UnknownHostException {
    InetAddress theirs = InetAddress.getByName(address.toString());

    assertThat(IpAddress.of(address.toString())).isEqualTo(address).hasSameHashCodeAs(address);
    assertThat(theirs.isMulticastAddress()).isEqualTo(address.isMulticast());
    assertThat(address.version()).isEqualTo(address.toByteArray().length == 4 ? 4 : 6);
    if (theirs.getAddress().length == address.toByteArray().length) {
      assertThat(theirs.getAddress()).isEqualTo(address.toByteArray());
    }
  }

  @Test
  void ip_groups_have_their_mac_addresses() {
    assertThat(Ipv4Address.of("239.129.2.3").multicastMac()).hasToString("01:00:5e:01:02:03");
    assertThat(Ipv6Address.of("ff02::1:ff00:2").multicastMac()).hasToString("33:33:ff:00:00:02");
    assertThat(Ipv6Address.of("2001:db8::12:3456").solicitedNode())
        .hasToString("ff02::1:ff12:3456");
  }

  @Test
  void a_station_forms_its_link_local_address_of_its_mac() {
    assertThat(Ipv6Address.linkLocal(MacAddress.of("02:00:5e:10:00:0b")))
        .hasToString("fe80::5eff:fe10:b");
  }

  @Test
  void an_address_is_not_one_of_the_other_version() {
    assertThat(Ipv4Address.of("0.0.0.0")).isNotEqualTo(Ipv6Address.of("::"));
    assertThat(IpAddress.of("::")).isInstanceOf(Ipv6Address.class);
  }

  @Test
  void a_vlan_tag_has_its_ranges() {
    VlanTag tag = new VlanTag(VlanTag.SERVICE_TAG, 3, true, 300);

    assertThat(tag.controlInformation()).isEqualTo(0x712c);
    assertThat(VlanTag.read(VlanTag.SERVICE_TAG, 0x712c)).isEqualTo(tag);
    assertThatThrownBy(() -> VlanTag.of(4096)).hasMessage("VLAN 4096 is not in 0 to 4095");
    assertThatThrownBy(() -> VlanTag.checkPriority(8))
        .hasMessage("VLAN priority 8 is not in 0 to 7");
    assertThatThrownBy(() -> new VlanTag(0x9100, 0, false, 1))
        .hasMessage("VLAN tag protocol 0x9100 is not 0x8100 or 0x88a8");
  }
}
