// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.packet.MacAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends of links must come to the same choice, each by itself. */
class SamePartnersTest {

  private static final MacAddress LOW = MacAddress.of("02:00:00:00:00:01");
  private static final MacAddress HIGH = MacAddress.of("fe:00:00:00:00:01");

  @RegisterExtension final TestLabs labs = new TestLabs();

  private static PortInformation port(int systemPriority, MacAddress system, int key) {
    return new PortInformation(systemPriority, system, key, 0x80, 1, 0x3f);
  }

  @Test
  void both_ends_of_a_link_name_its_aggregate_alike() {
    PortInformation one = port(0x8000, LOW, 1);
    PortInformation other = port(0x7fff, HIGH, 2);

    assertThat(AggregateId.of(one, other))
        .isEqualTo(AggregateId.of(other, one))
        .isEqualTo(new AggregateId(other.systemId(), 2, one.systemId(), 1));
  }

  @Test
  void aggregates_are_ordered_by_their_systems_and_then_by_their_keys() {
    long low = port(1, LOW, 0).systemId();
    long high = port(0xffff, LOW, 0).systemId();
    List<AggregateId> inOrder =
        List.of(
            new AggregateId(low, 9, low, 9),
            new AggregateId(low, 1, high, 2),
            new AggregateId(low, 1, high, 3),
            new AggregateId(low, 2, high, 1),
            new AggregateId(high, 1, low, 1));
    List<AggregateId> sorted = new ArrayList<>(inOrder);
    Collections.reverse(sorted);
    Collections.sort(sorted);

    assertThat(sorted).isEqualTo(inOrder);
  }

  @Test
  void a_port_is_the_same_whatever_it_does_but_not_under_another_key_number_or_system() {
    PortInformation port = port(1, LOW, 2);

    assertThat(port.isSamePort(port.with(LacpFlag.COLLECTING, false))).isTrue();
    assertThat(port.isSamePort(port.with(LacpFlag.AGGREGATION, false))).isFalse();
    assertThat(port.isSamePort(port(1, LOW, 3))).isFalse();
    assertThat(port.isSamePort(port(1, HIGH, 2))).isFalse();
    assertThat(port.isSamePort(port(2, LOW, 2))).isFalse();
    assertThat(port.isSamePort(new PortInformation(1, LOW, 2, 0x80, 9, 0x3f))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"02:00:00:00:00:99", "fe:00:00:00:00:99"})
  void of_two_partners_with_a_port_each_both_ends_choose_the_lower_one(String system) {
    Lab lab = labs.open(host -> host.pnics(2).lacp(LacpConfig.fast()));
    LacpSystem near = lab.host().lacp().host();
    LacpSystem far = lab.host().lacp().network();
    far.port("p1").setSystem(MacAddress.of(system));
    lab.advance(Duration.ofSeconds(4));

    String chosen = system.startsWith("02:00") ? "p1" : "p0";
    assertThat(near.distributing()).containsExactly(chosen);
    assertThat(far.distributing()).containsExactly(chosen);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void where_not_all_ports_may_carry_traffic_the_lower_system_says_which(boolean host) {
    Lab lab = labs.open(h -> h.pnics(3).lacp(LacpConfig.fast().withMostPorts(2)));
    LacpSystem lower = host ? lab.host().lacp().host() : lab.host().lacp().network();
    LacpSystem higher = host ? lab.host().lacp().network() : lab.host().lacp().host();
    lower.configure(LacpConfig.fast().withMostPorts(2).withSystemPriority(1));
    lower.port("p0").setPriority(500);
    higher.port("p2").setPriority(900);
    lab.advance(Duration.ofSeconds(4));

    assertThat(lower.distributing()).containsExactly("p1", "p2");
    assertThat(higher.distributing()).containsExactly("p1", "p2");
  }
}
