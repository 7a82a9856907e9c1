// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prefixes: which addresses are in a subnet. */
class IpPrefixTest {

  @ParameterizedTest
  @CsvSource({
    "198.51.100.0/24, 198.51.100.7, true",
    "198.51.100.0/24, 198.51.101.7, false",
    "198.51.100.0/24, ::1, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "203.0.113.9/32, 203.0.113.9, true",
    "203.0.113.9, 203.0.113.8, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8::/32, 32.1.13.184, false",
    "2001:db8:0:0:8000::/65, 2001:db8::8000:0:0:1, true",
    "2001:db8:0:0:8000::/65, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "2001:db8::1, 2001:db8::1, true"
  })
  void contains_the_addresses_that_begin_alike(String prefix, String address, boolean contained) {
    assertThat(IpPrefix.of(prefix).contains(IpAddress.of(address))).isEqualTo(contained);
  }

  @Test
  void agrees_with_arithmetic_on_random_addresses() {
    SeededRandom random = Seed.DEFAULT.stream("prefixes");
    for (int i = 0; i < 20_000; i++) {
      boolean ipv4 = random.nextInt(2) == 0;
      IpAddress address = random(random, ipv4);
      int bits = ipv4 ? 32 : 128;
      int length = random.nextInt(bits + 1);
      IpAddress other = flipped(address, random.nextInt(bits));

      boolean alike = number(address).xor(number(other)).shiftRight(bits - length).signum() == 0;

      assertThat(IpPrefix.around(address, length).contains(other))
          .as("%s in the /%s around %s", other, length, address)
          .isEqualTo(alike);
    }
  }

  private static IpAddress random(SeededRandom random, boolean ipv4) {
    return ipv4
        ? new Ipv4Address((int) random.nextLong())
        : new Ipv6Address(random.nextLong(), random.nextLong());
  }

  private static IpAddress flipped(IpAddress address, int bit) {
    if (address instanceof Ipv4Address ip) {
      return new Ipv4Address(ip.bits() ^ 1 << bit);
    }
    Ipv6Address ip = (Ipv6Address) address;
    return bit < 64
        ? new Ipv6Address(ip.high(), ip.low() ^ 1L << bit)
        : new Ipv6Address(ip.high() ^ 1L << bit, ip.low());
  }

  private static BigInteger number(IpAddress address) {
    return new BigInteger(1, address.toByteArray());
  }

  @Test
  void an_ipv4_subnet_has_a_network_and_a_broadcast_address() {
    IpPrefix subnet = IpPrefix.around(IpAddress.of("198.51.100.77"), 26);

    assertThat(subnet).hasToString("198.51.100.64/26").isEqualTo(IpPrefix.of("198.51.100.64/26"));
    assertThat(subnet.network()).hasToString("198.51.100.64");
    assertThat(subnet.broadcast()).hasToString("198.51.100.127");
    assertThat(subnet.isBroadcast(IpAddress.of("198.51.100.127"))).isTrue();
    assertThat(subnet.isBroadcast(IpAddress.of("198.51.100.126"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"198.51.100.64/31", "198.51.100.64/32", "2001:db8::/64"})
  void small_and_ipv6_subnets_have_no_broadcast_address(String prefix) {
    assertThat(IpPrefix.of(prefix).broadcast()).isNull();
    assertThat(IpPrefix.of(prefix).isBroadcast(IpAddress.of("198.51.100.65"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"198.51.100.0/", "198.51.100.0/x", "198.51.100.0/-1", "1.2.3.4/0024", "::/+4"})
  void what_is_no_prefix_is_refused(String text) {
    assertThatThrownBy(() -> IpPrefix.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'" + text + "' is not a prefix; write an address and a length as 198.51.100.0/24");
  }

  @ParameterizedTest
  @CsvSource({"198.51.100.0/33, 33 of 198.51.100.0, 32", "::/129, 129 of ::, 128"})
  void the_length_has_its_range(String text, String length, int maximum) {
    assertThatThrownBy(() -> IpPrefix.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("prefix length " + length + " is not in 0 to " + maximum);
  }

  @Test
  void bits_behind_the_prefix_are_refused_and_the_network_is_named() {
    assertThatThrownBy(() -> IpPrefix.of("198.51.100.7/24"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("198.51.100.7/24 has bits behind the prefix; the network is 198.51.100.0/24");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 0.0.0.0/1, 128.0.0.0/1",
    "198.51.100.0/24, 198.51.100.0/25, 198.51.100.128/25",
    "198.51.100.2/31, 198.51.100.2/32, 198.51.100.3/32",
    "2001:db8::/63, 2001:db8::/64, 2001:db8:0:1::/64",
    "2001:db8::/64, 2001:db8::/65, 2001:db8::8000:0:0:0/65",
    "2001:db8::2/127, 2001:db8::2/128, 2001:db8::3/128"
  })
  void a_prefix_has_two_halves(String prefix, String lower, String upper) {
    assertThat(IpPrefix.of(prefix).halves())
        .containsExactly(IpPrefix.of(lower), IpPrefix.of(upper));
  }

  @Test
  void a_single_address_has_no_halves() {
    assertThatThrownBy(() -> IpPrefix.of("198.51.100.7/32").halves())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("198.51.100.7/32 is a single address and has no halves");
  }
}
