// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.Host;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From traffic to signatures. */
class DetectionTest {

  private static final Duration WINDOW = Duration.ofMillis(10);

  @RegisterExtension private final TestLabs labs = new TestLabs();

  private final Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(2).vms("web", "db"));
  private final Host host = lab.host();
  private final VirtualMachine web = lab.vm("web");

  private void syns(int count, Duration apart, int port) {
    for (int i = 0; i < count; i++) {
      lab.wire().send(tcp().syn().to(web).port(port).fromPort(1_000 + i));
      lab.advance(apart);
    }
  }

  @Test
  void contains_a_flood_from_the_packet_on_that_reaches_the_threshold() {
    Detection detection = host.steering().detect(new SynRateDetector(5, WINDOW));
    syns(20, Duration.ofNanos(1_000), 80);
    lab.wire().send(tcp().syn().to(web).port(8_080));
    lab.wire().send(tcp().syn().to(lab.vm("db")).port(80));

    assertThat(web.received()).hasSize(4 + 1);
    assertThat(lab.vm("db").received()).hasSize(1);
    assertThat(detection.containments()).singleElement().matches(c -> c.packets() == 16);
    assertThat(lab.journal().events(EventKind.ATTACK_DETECTED))
        .containsExactly(
            Event.attackDetected("5 SYN within PT0.01S", "tcp syn to 198.18.0.1 port 80"));
  }

  @Test
  void lets_requests_pass_that_are_a_window_apart() {
    host.steering().detect(new SynRateDetector(3, Duration.ofMillis(2)));

    syns(50, Duration.ofMillis(1), 80); // any three of them are exactly 2 ms apart

    assertThat(web.received()).hasSize(50);
    assertThat(host.steering().containments()).isEmpty();
  }

  @Test
  void finds_requests_on_both_sides_of_any_boundary() {
    host.steering().detect(new SynRateDetector(3, Duration.ofMillis(2)));
    lab.advance(Duration.ofNanos(7_999_999));

    syns(3, Duration.ofNanos(999_999), 80);

    assertThat(host.steering().containments()).hasSize(1);
  }

  @Test
  void counts_each_destination_and_port_by_itself_and_no_answers() {
    host.steering().detect(new SynRateDetector(3, WINDOW));
    syns(2, Duration.ZERO, 80);
    syns(2, Duration.ZERO, 81);
    for (int i = 0; i < 5; i++) {
      lab.wire().send(tcp().syn().ack().to(web).port(80));
      lab.wire().send(udp().to(web).port(80));
    }

    assertThat(host.steering().containments()).isEmpty();
  }

  @Test
  void works_for_ipv6() {
    host.steering().detect(new SynRateDetector(2, WINDOW));
    for (int i = 0; i < 3; i++) {
      lab.wire().send(tcp().syn().to(web.ipv6()).toMac(web.mac()).from("2001:db8::1").port(80));
    }

    assertThat(web.received()).hasSize(1);
  }

  @Test
  void goes_on_after_a_failover() {
    host.steering().detect(new SynRateDetector(3, WINDOW));
    host.pnic("p0").fail();
    syns(5, Duration.ZERO, 80);

    assertThat(host.pnic("p1").standbyRing().packets()).hasSize(3);
  }

  @Test
  void takes_detectors_of_the_users_own_until_they_are_stopped() {
    Detection detection =
        host.steering().detect((packet, now) -> icmp().matches(packet) ? icmp() : null);
    web.ping(lab.wire());
    lab.wire().send(icmp().to(web));
    assertThat(host.pnic("p0").standbyRing().packets()).hasSize(2);
    assertThat(lab.journal().events(EventKind.ATTACK_DETECTED))
        .containsExactly(Event.attackDetected("a function", "icmp"));

    detection.stop();
    detection.containments().get(0).remove();
    lab.wire().send(icmp().to(web));

    assertThat(web.received()).hasSize(1);
  }

  @Test
  void names_a_detector_the_same_in_every_run() {
    host.steering().detect(new Nameless());
    lab.wire().send(udp().to(web));

    assertThat(lab.journal().events(EventKind.ATTACK_DETECTED))
        .containsExactly(Event.attackDetected("Nameless", "udp"));
  }

  private static final class Nameless implements DosDetector {
    @Override
    public PacketMatcher observe(Packet packet, long now) {
      return udp();
    }
  }

  @Test
  void throws_what_a_detector_throws_from_the_operation_that_caused_it() {
    host.steering()
        .detect(
            (packet, now) -> {
              throw new IllegalStateException("confused");
            });

    assertThatThrownBy(() -> lab.wire().send(udp().to(web).port(9))).hasMessage("confused");
    assertThat(web.received()).hasSize(1);
  }

  @Test
  void says_so_when_an_attack_is_found_that_cannot_be_contained() {
    Lab small = labs.open(host -> host.nic(NicConfig.DEFAULT.withSteeringEntries(0)).vms("web"));
    small.host().steering().detect((packet, now) -> udp().matches(packet) ? udp() : null);

    small.wire().send(udp().to(small.vm("web")).port(9));

    assertThat(small.vm("web").received()).hasSize(1);
    assertThat(small.journal().events(EventKind.CONTAINMENT_REFUSED))
        .containsExactly(Event.containmentRefused("udp"));
  }

  @Test
  void refuses_thresholds_and_windows_that_make_no_sense() {
    assertThatThrownBy(() -> new SynRateDetector(0, WINDOW))
        .hasMessage("threshold 0 is not in 1 to 65536");
    assertThatThrownBy(() -> new SynRateDetector(1, Duration.ZERO))
        .hasMessage("window PT0S must be longer than zero");
  }
}
