// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.packet.Packet;
import org.junit.jupiter.api.Test;

class StationTest {

  @Test
  void sends_so_many_packets_of_their_own() {
    try (Lab lab = Lab.open()) {
      lab.wire().send(udp().to(lab.vm("vm1")), 3);

      assertThat(lab.vm("vm1").received())
          .extracting(Packet::id)
          .doesNotHaveDuplicates()
          .hasSize(3);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void sending_many_resolves_addresses_as_sending_one_does() {
    try (Lab lab = Lab.open()) {
      lab.wire().send(udp().to(lab.vm("vm1").ipv4()), 3);

      assertThat(lab.vm("vm1").received()).hasSize(3);
    }
  }

  @Test
  void sends_no_negative_number_of_packets() {
    try (Lab lab = Lab.open()) {
      lab.wire().send(udp().to(lab.vm("vm1")), 0);
      assertThatThrownBy(() -> lab.wire().send(udp().to(lab.vm("vm1")), -1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("cannot send -1 packets: say 0 or more");
      assertThat(lab.vm("vm1").received()).isEmpty();
    }
  }

  @Test
  void sends_a_packet_as_it_is_whatever_is_wrong_with_it() {
    try (Lab lab = Lab.open()) {
      Packet runt = Packet.of(new byte[5]);
      Packet wrong = udp().to(lab.vm("vm1")).checksum(0xdead).totalLength(20_000).toPacket();
      lab.wire().send(runt);
      lab.wire().send(wrong);

      assertThat(lab.vm("vm1").received()).isEmpty();
      assertThat(lab.ledger().dropped()).isGreaterThanOrEqualTo(2);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void answers_pings_and_sees_what_the_switch_floods() {
    try (Lab lab = Lab.open()) {
      lab.vm("vm1").ping(lab.wire());
      lab.vm("vm1").send(udp().to("198.18.0.99").toMac("02:00:00:00:00:99"));

      assertThat(lab.vm("vm1").received()).anyMatch(icmp().type(0)::matches);
      assertThat(lab.wire().lastReceived()).matches(udp().to("198.18.0.99")::matches);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void tells_who_it_is_and_what_it_has_received_last() {
    try (Lab lab = Lab.open()) {
      Station station = lab.wire();
      assertThat(station.lastReceived()).isNull();
      lab.vm("vm1").send(udp().to(station).port(1));
      lab.vm("vm1").send(udp().to(station).port(2));

      assertThat(station.lastReceived()).matches(udp().port(2)::matches);
      assertThat(station.inbox().packets()).isEqualTo(station.received()).isNotEmpty();
      assertThat(station.stack().inbox()).isSameAs(station.inbox());
      assertThat(station.name()).isEqualTo("station");
      assertThat(station)
          .hasToString("station (" + station.mac() + ", 198.18.255.254, " + station.ipv6() + ")");
      assertThat(station.ipv6().toString()).contains(":");
    }
  }

  @Test
  void is_known_to_the_switch_once_it_has_announced_itself() {
    try (Lab lab = Lab.open()) {
      assertThat(lab.externalSwitch().portOf(lab.wire().mac(), 1)).isNull();

      lab.wire().announce();

      assertThat(lab.externalSwitch().portOf(lab.wire().mac(), 1)).isNotNull();
    }
  }
}
