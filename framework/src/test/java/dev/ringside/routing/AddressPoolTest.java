// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses of a subnet stations get, and in which order. */
class AddressPoolTest {

  private static List<String> allOf(AddressPool pool) {
    List<String> all = new ArrayList<>();
    for (IpAddress ip = pool.allocate(); ip != null; ip = pool.allocate()) {
      all.add(ip.toString());
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.0/29      | [192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4, 192.0.2.5, 192.0.2.6]
          192.0.2.0/30      | [192.0.2.1, 192.0.2.2]
          192.0.2.0/31      | [192.0.2.0, 192.0.2.1]
          192.0.2.7/32      | [192.0.2.7]
          2001:db8::/126    | [2001:db8::1, 2001:db8::2, 2001:db8::3]
          2001:db8::/127    | [2001:db8::, 2001:db8::1]
          255.255.255.248/30| [255.255.255.249, 255.255.255.250]
          """)
  void neither_network_nor_broadcast_address_is_given(String prefix, String all) {
    assertThat(allOf(new AddressPool(IpPrefix.of(prefix)))).hasToString(all);
  }

  @Test
  void the_lowest_free_address_comes_first() {
    AddressPool pool = new AddressPool(IpPrefix.of("192.0.2.0/24"));
    assertThat(pool.reserve(IpAddress.of("192.0.2.1"))).isTrue();
    assertThat(pool.reserve(IpAddress.of("192.0.2.3"))).isTrue();

    assertThat(pool.allocate()).hasToString("192.0.2.2");
    assertThat(pool.allocate()).hasToString("192.0.2.4");
    assertThat(pool.release(IpAddress.of("192.0.2.3"))).isTrue();
    assertThat(pool.release(IpAddress.of("192.0.2.1"))).isTrue();
    assertThat(pool.allocate()).hasToString("192.0.2.1");
    assertThat(pool.reserve(IpAddress.of("192.0.2.3"))).isTrue();
    assertThat(pool.allocate()).hasToString("192.0.2.5");
    assertThat(pool).hasToString("addresses of 192.0.2.0/24, 5 used");
  }

  @Test
  void what_is_above_all_allocated_ones_is_not_given_twice() {
    AddressPool pool = new AddressPool(IpPrefix.of("192.0.2.0/29"));
    assertThat(pool.reserve(IpAddress.of("192.0.2.2"))).isTrue();
    assertThat(pool.release(IpAddress.of("192.0.2.2"))).isTrue();

    assertThat(allOf(pool)).doesNotHaveDuplicates().hasSize(6);
  }

  @Test
  void an_address_that_comes_back_is_given_again_even_the_first_and_the_last_one() {
    AddressPool pair = new AddressPool(IpPrefix.of("192.0.2.0/31"));
    assertThat(allOf(pair)).hasSize(2);

    assertThat(pair.release(IpAddress.of("192.0.2.0"))).isTrue();
    assertThat(pair.release(IpAddress.of("192.0.2.1"))).isTrue();

    assertThat(allOf(pair)).containsExactly("192.0.2.0", "192.0.2.1");
  }

  @Test
  void the_largest_subnets_have_room_as_well() {
    AddressPool all = new AddressPool(IpPrefix.of("2001:db8::/64"));
    IpAddress low = IpAddress.of("2001:db8::1:0:0:0");
    AddressPool everything = new AddressPool(IpPrefix.of("0.0.0.0/0"));

    assertThat(all.reserve(low)).isTrue();
    assertThat(all.allocate()).hasToString("2001:db8::1");
    assertThat(all.release(low)).isTrue();
    assertThat(all.allocate()).hasToString("2001:db8::2"); // it was never reached
    assertThat(everything.allocate()).hasToString("0.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.0", "192.0.2.255", "192.0.3.1", "2001:db8::1"})
  void what_no_station_can_have_cannot_be_reserved(String ip) {
    AddressPool pool = new AddressPool(IpPrefix.of("192.0.2.0/24"));

    assertThat(pool.reserve(IpAddress.of(ip))).isFalse();
    assertThat(pool.release(IpAddress.of(ip))).isFalse();
    assertThat(pool.isUsable(IpAddress.of(ip))).isFalse();
    assertThat(pool.used()).isZero();
  }

  @Test
  void addresses_far_up_in_a_subnet_can_be_reserved() {
    AddressPool pool = new AddressPool(IpPrefix.of("2001:db8::/32"));
    IpAddress far = IpAddress.of("2001:db8:ffff::1");
    IpAddress high = IpAddress.of("2001:db8::8000:0:0:1");

    assertThat(pool.reserve(far)).isTrue();
    assertThat(pool.reserve(far)).isFalse();
    assertThat(pool.isUsed(far)).isTrue();
    assertThat(pool.reserve(high)).isTrue();
    assertThat(pool.allocate()).hasToString("2001:db8::1");
    assertThat(pool.release(far)).isTrue();
    assertThat(pool.release(high)).isTrue();
    assertThat(pool.allocate()).hasToString("2001:db8::2");
  }
}
