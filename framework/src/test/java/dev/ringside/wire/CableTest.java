// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.packet.UdpSpec;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CableTest {

  /** With its overhead it occupies a cable for 1,000 bytes. */
  private static final UdpSpec THOUSAND_BYTES = udp().payloadSize(1_000 - 24 - 42);

  private static final long GIGABIT = 1_000_000_000;

  private static Lab oneNic() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(1).virtualFunctions(2).vms("web", "db");
    return builder.open();
  }

  private static List<Long> arrivalTimes(Lab lab, VirtualMachine vm) {
    List<Long> times = new ArrayList<>();
    vm.onPacket(packet -> times.add(lab.elapsed().toNanos()));
    return times;
  }

  private static List<Integer> ports(List<Packet> packets) {
    return packets.stream().map(Packet::destinationPort).toList();
  }

  // ---- latency and bandwidth ----

  @Test
  void a_packet_takes_the_latency() {
    try (Lab lab = oneNic()) {
      List<Long> times = arrivalTimes(lab, lab.vm("web"));
      lab.cable("p0").toHost().setLatency(Duration.ofNanos(3_000));

      lab.wire().send(udp().to(lab.vm("web")));
      assertThat(times).isEmpty();
      assertThat(lab.cable("p0").live()).isEqualTo(1);
      lab.advance(Duration.ofNanos(2_999));
      assertThat(times).isEmpty();
      lab.advance(Duration.ofNanos(1));

      assertThat(times).containsExactly(3_000L);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void a_packet_occupies_the_cable_for_its_bytes_and_the_overhead_of_ethernet() {
    try (Lab lab = oneNic()) {
      List<Long> times = arrivalTimes(lab, lab.vm("web"));
      lab.cable("p0").toHost().setBandwidth(GIGABIT);
      lab.cable("p0").toHost().setLatency(Duration.ofNanos(1_000));

      lab.wire().send(THOUSAND_BYTES.to(lab.vm("web")), 3);
      lab.wire().send(udp().to(lab.vm("web"))); // 60 + 24 bytes
      lab.advance(Duration.ofSeconds(1));

      assertThat(times).containsExactly(9_000L, 17_000L, 25_000L, 25_672L);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void a_sender_that_queues_waits_until_the_cable_is_free() {
    try (Lab lab = oneNic()) {
      VirtualMachine web = lab.vm("web");
      PhysicalNic p0 = lab.host().pnic("p0");
      List<Long> times = new ArrayList<>();
      lab.wire().onPacket(packet -> times.add(lab.elapsed().toNanos()));
      lab.cable("p0").toNetwork().setBandwidth(GIGABIT);

      for (int i = 0; i < 3; i++) {
        web.send(THOUSAND_BYTES.to(lab.wire()));
      }
      assertThat(p0.unsent()).isEqualTo(2);
      lab.advance(Duration.ofNanos(8_000));
      assertThat(p0.unsent()).isEqualTo(1);
      lab.advance(Duration.ofSeconds(1));

      assertThat(times).containsExactly(8_000L, 16_000L, 24_000L);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void rates_are_exact_where_a_packet_takes_no_whole_number_of_nanoseconds() {
    try (Lab lab = oneNic()) {
      List<Long> times = arrivalTimes(lab, lab.vm("web"));
      lab.cable("p0").toHost().setBandwidth(100 * GIGABIT);

      lab.wire().send(udp().to(lab.vm("web")), 1_000);
      lab.advance(Duration.ofSeconds(1));

      assertThat(times.get(999)).isEqualTo(6_720);
    }
  }

  @Test
  void packets_keep_their_order_whatever_is_set_meanwhile() {
    try (Lab lab = oneNic()) {
      VirtualMachine web = lab.vm("web");
      CableDirection toHost = lab.cable("p0").toHost();
      toHost.setLatency(Duration.ofMillis(9));
      lab.wire().send(udp().to(web).port(1));
      toHost.setLatency(Duration.ZERO);
      lab.wire().send(udp().to(web).port(2));
      toHost.setBandwidth(1_000);
      lab.wire().send(udp().to(web).port(3));
      toHost.setBandwidth(0);
      lab.wire().send(udp().to(web).port(4));

      lab.advance(Duration.ofSeconds(10));

      assertThat(ports(web.received())).containsExactly(1, 2, 3, 4);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void a_sender_that_waits_for_a_slow_cable_goes_on_when_it_is_made_fast() {
    try (Lab lab = oneNic()) {
      lab.cable("p0").toNetwork().setBandwidth(1);
      lab.vm("web").send(udp().to(lab.wire()));
      lab.vm("web").send(udp().to(lab.wire()));
      assertThat(lab.host().pnic("p0").unsent()).isEqualTo(1);

      lab.cable("p0").toNetwork().setBandwidth(0);

      assertThat(lab.host().pnic("p0").unsent()).isZero();
      assertThat(lab.cable("p0").toNetwork().bandwidth()).isZero();
    }
  }

  @Test
  void no_more_packets_are_under_way_than_a_cable_can_hold() {
    LabBuilder builder = Lab.builder().withoutTracing();
    builder.host("h1").vms("web");
    try (Lab lab = builder.open()) {
      Packet packet = udp().to(lab.vm("web")).toPacket();
      lab.cable("p0").toHost().setLatency(Duration.ofSeconds(1));
      for (int i = 0; i < CableDirection.MAX_IN_FLIGHT + 3; i++) {
        lab.wire().send(packet);
      }

      assertThat(lab.cable("p0").live()).isEqualTo(CableDirection.MAX_IN_FLIGHT);
      assertThat(lab.cable("p0").account().dropped(DropReason.RING_FULL)).isEqualTo(3);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void negative_conditions_are_refused() {
    try (Lab lab = oneNic()) {
      CableDirection toHost = lab.cable("p0").toHost();
      assertThatThrownBy(() -> toHost.setLatency(Duration.ofSeconds(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("p0 to host: latency PT-1S must not be negative");
      assertThatThrownBy(() -> toHost.setBandwidth(-1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("p0 to host: bandwidth -1 bit/s must not be negative");
      assertThatThrownBy(() -> lab.cable("p7")).hasMessage("no cable named 'p7'; the lab has [p0]");
    }
  }

  // ---- carrier ----

  @Test
  void both_ends_see_the_carrier_go_and_come_back() {
    try (Lab lab = oneNic()) {
      Cable cable = lab.cable("p0");
      cable.unplug();
      cable.unplug();

      assertThat(cable.isUp()).isFalse();
      assertThat(lab.host().pnic("p0").isLinkUp()).isFalse();
      assertThat(lab.externalSwitch().port("p0").isUp()).isFalse();

      cable.plug();
      cable.plug();

      assertThat(cable.isUp()).isTrue();
      assertThat(lab.host().pnic("p0").isLinkUp()).isTrue();
      assertThat(lab.externalSwitch().port("p0").isUp()).isTrue();
      assertThat(lab.journal().events(EventKind.LINK_DOWN))
          .containsExactly(Event.linkDown("cable p0"), Event.linkDown("p0"));
      assertThat(lab.journal().events(EventKind.LINK_UP))
          .containsExactly(Event.linkUp("cable p0"), Event.linkUp("p0"));
    }
  }

  @Test
  void the_switch_sees_its_link_go_when_the_nic_turns_its_transmitter_off() {
    try (Lab lab = oneNic()) {
      lab.host().pnic("p0").fail();
      assertThat(lab.externalSwitch().port("p0").isUp()).isFalse();
      assertThat(lab.cable("p0").isUp()).isTrue();

      lab.cable("p0").unplug();
      lab.host().pnic("p0").repair();
      assertThat(lab.externalSwitch().port("p0").isUp()).isFalse();
      lab.cable("p0").plug();
      assertThat(lab.externalSwitch().port("p0").isUp()).isTrue();
      assertThat(lab.host().pnic("p0").isLinkUp()).isTrue();
    }
  }

  @Test
  void what_is_under_way_when_the_cable_is_unplugged_arrives() {
    try (Lab lab = oneNic()) {
      VirtualMachine web = lab.vm("web");
      lab.cable("p0").toHost().setLatency(Duration.ofMillis(1));
      lab.cable("p0").toNetwork().setLatency(Duration.ofMillis(1));
      lab.wire().send(udp().to(web).port(1));
      web.send(udp().to(lab.wire()).port(2));

      lab.cable("p0").unplug();
      lab.advance(Duration.ofMillis(1));

      assertThat(ports(web.received())).containsExactly(1);
      assertThat(ports(lab.wire().received())).containsExactly(2);
      assertThat(lab.externalSwitch().portOf(web.mac(), 1)).isNull();
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void what_is_under_way_when_the_sending_nic_fails_arrives() {
    try (Lab lab = Lab.open()) {
      lab.cable("p0").toNetwork().setLatency(Duration.ofMillis(1));
      lab.vm("vm1").send(udp().to(lab.wire()).port(2));

      lab.host().pnic("p0").fail();
      lab.advance(Duration.ofMillis(1));

      assertThat(lab.wire().received()).anyMatch(udp().port(2)::matches);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void nothing_gets_into_an_unplugged_cable() {
    try (Lab lab = oneNic()) {
      lab.cable("p0").unplug();

      lab.wire().send(udp().to(lab.vm("web")));
      lab.vm("web").send(udp().to(lab.wire()));

      assertThat(lab.cable("p0").account().received()).isZero();
      assertThat(lab.externalSwitch().account().dropped(DropReason.NO_MATCH)).isEqualTo(1);
      assertThat(lab.ledger().dropped(DropReason.LINK_DOWN)).isEqualTo(1);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  // ---- taps ----

  @Test
  void a_tap_sees_exactly_what_arrives_when_it_arrives() {
    try (Lab lab = oneNic()) {
      VirtualMachine web = lab.vm("web");
      CableDirection toHost = lab.cable("p0").toHost();
      List<Packet> seen = new ArrayList<>();
      List<Packet> back = new ArrayList<>();
      toHost.tap(seen::add);
      lab.cable("p0").toNetwork().tap(back::add);
      toHost.setLatency(Duration.ofMillis(1));
      toHost.lose(Selector.nth(2));
      toHost.duplicate(Selector.nth(3));
      for (int port = 1; port <= 4; port++) {
        lab.wire().send(udp().to(web).port(port));
      }
      assertThat(seen).isEmpty();

      lab.advance(Duration.ofMillis(1));

      assertThat(ports(seen)).containsExactly(1, 3, 3, 4);
      assertThat(seen).containsExactlyElementsOf(web.received());
      assertThat(back).isEmpty();
    }
  }

  @Test
  void a_tap_that_fails_costs_no_packet_and_fails_the_operation() {
    try (Lab lab = oneNic()) {
      lab.cable("p0")
          .tap(
              packet -> {
                throw new IllegalStateException("disk full");
              });

      assertThatThrownBy(() -> lab.wire().send(udp().to(lab.vm("web"))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("disk full");

      assertThat(lab.vm("web").received()).hasSize(1);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }
}
