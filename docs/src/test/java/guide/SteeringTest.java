// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.trace.Event.containmentInstalled;
import static dev.ringside.trace.Event.functionMapped;
import static dev.ringside.trace.Event.pnicActivated;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.steering.Containment;
import dev.ringside.steering.ContainmentPolicy;
import dev.ringside.steering.Detection;
import dev.ringside.steering.DosDetector;
import dev.ringside.steering.SynRateDetector;
import dev.ringside.trace.DropReason;
import dev.ringside.virt.SoftwareRing;
import dev.ringside.vm.VirtualMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteeringTest {

  private static final Path SYN_FLOOD = Path.of("src/test/resources/captures/syn-flood.pcap");

  private static Lab open(NicConfig nic) {
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .pnics(2)
        .nic(nic.withVirtualFunctions(2))
        .vm(VmSpec.named("web").mac("02:00:5e:10:00:0b").ipv4("192.0.2.20"))
        .vm(VmSpec.named("db").switched());
    return builder.open();
  }

  @Test
  void an_attack_is_contained() {
    try (Lab lab = open(NicConfig.DEFAULT)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::contain[]
      Containment flood = host.steering().contain(tcp().syn().to(web).port(80));

      lab.wire().replay(SYN_FLOOD, ip().to(web));

      assertThat(host.pnic("p0").standbyRing()).received(tcp().syn()).andNothingElse();
      assertThat(host.pnic("p0").standbyRing()).isFull().dropped(1_488);
      assertThat(web).received(icmp(), 10).neverReceived(tcp().syn().port(80));
      assertThat(flood).contained(2_000);
      // end::contain[]
      assertThat(lab.ledger()).lostNothing();
      // tag::remove[]
      flood.remove();

      lab.wire().send(tcp().syn().to(web).port(80));
      assertThat(web).received(tcp().syn().port(80), 1);
      assertThat(host.pnic("p0").standbyRing()).receivedNothing();
      // end::remove[]
    }
  }

  @Test
  void a_failure_tells_where_a_packet_was_contained() {
    try (Lab lab = open(NicConfig.DEFAULT)) {
      VirtualMachine web = lab.vm("web");
      web.announce();
      lab.host().steering().contain(tcp().syn().to(web));
      Packet syn = lab.wire().send(tcp().syn().to(web).port(8_080));

      Output.assertShown("contained-trace.txt", lab.trace(syn).toString());
    }
  }

  @Test
  void a_card_that_takes_over_contains_from_its_first_packet_on() {
    try (Lab lab = open(NicConfig.DEFAULT)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::failover[]
      Containment flood = host.steering().contain(tcp().syn().to(web).port(80));
      assertThat(flood).isIn("p0/standby0");

      host.pnic("p0").fail();

      assertThat(flood).isIn("p1/standby0");
      assertThat(lab.journal())
          .containsInOrder(
              containmentInstalled("tcp syn to 192.0.2.20 port 80", "p1"),
              pnicActivated("p1"),
              functionMapped("web", "p1"));
      // end::failover[]
    }
  }

  @Test
  void several_attacks() {
    try (Lab lab = open(NicConfig.DEFAULT)) {
      Host host = lab.host();
      VirtualMachine db = lab.vm("db");
      // tag::several[]
      Containment first = host.steering().contain(tcp().syn().to(db).port(80));
      Containment second = host.steering().contain(udp().to(db).port(9));
      assertThat(first).isIn("p0/standby0");
      assertThat(second).isDegraded(); // the card has one standby ring

      lab.wire().send(udp().to(db).port(9));
      assertThat(lab.ledger()).dropped(DropReason.CONTAINED_SW, 1);

      first.remove(); // its ring is free
      assertThat(second).isNotDegraded().isIn("p0/standby0");
      // end::several[]
    }
  }

  @Test
  void attacks_share_a_ring() {
    try (Lab lab = open(NicConfig.DEFAULT)) {
      Host host = lab.host();
      // tag::policies[]
      ContainmentPolicy shared = ContainmentPolicy.CONTAIN.withSharedRing();
      Containment syns = host.steering().contain(tcp().syn(), shared);
      Containment datagrams = host.steering().contain(udp().port(9), shared);
      assertThat(syns).isIn("p0/standby0");
      assertThat(datagrams).isIn("p0/standby0");
      // end::policies[]
    }
  }

  @Test
  void low_priority() {
    try (Lab lab = open(NicConfig.DEFAULT)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::quarantine[]
      List<Packet> seen = new ArrayList<>();
      host.steering()
          .contain(
              tcp().syn().to(web).port(80),
              ContainmentPolicy.lowPriority(16, Duration.ofMillis(1), seen::add));
      lab.wire().send(tcp().syn().to(web).port(80), 20);

      lab.advance(Duration.ofMillis(1));
      assertThat(seen).hasSize(16);
      lab.advance(Duration.ofMillis(1));
      assertThat(seen).hasSize(20);
      // end::quarantine[]
    }
  }

  @Test
  void detection() {
    try (Lab lab = open(NicConfig.DEFAULT)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::detect[]
      Detection detection = host.steering().detect(new SynRateDetector(50, Duration.ofSeconds(1)));

      lab.wire().replayTimed(SYN_FLOOD, ip().to(web)::matches).finish();

      assertThat(detection.containments()).hasSize(1);
      assertThat(host.steering()).contains(tcp().syn().to("192.0.2.20").port(80));
      assertThat(web).received(tcp().port(8_080), 82).received(icmp(), 10);
      // end::detect[]
    }
  }

  @Test
  void a_detector_of_ones_own() {
    try (Lab lab = open(NicConfig.DEFAULT)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::detector[]
      PacketMatcher giants = PacketMatcher.named("giant pings", p -> p.length() > 1_000);
      DosDetector detector = (packet, now) -> giants.matches(packet) ? giants : null;
      host.steering().detect(detector);

      lab.wire().send(icmp().to(web).payloadSize(1_200));
      lab.wire().send(icmp().to(web));

      assertThat(web).received(1);
      // end::detector[]
    }
  }

  @Test
  void software_rings() {
    try (Lab lab = open(NicConfig.DEFAULT)) {
      Host host = lab.host();
      VirtualMachine db = lab.vm("db");
      // tag::software[]
      host.steering().steer("db").toRing(2);
      lab.wire().send(udp().to(db).port(53), 3);

      assertThat(host.pnic("p0").receiveRing(2)).received(3);
      assertThat(host.steering().softwareRing("p0", 2)).handedOn(3);
      assertThat(host.vnic("db").receiveRing()).received(3);
      // end::software[]
      // tag::slow[]
      SoftwareRing ring = host.steering().softwareRing("p0", 2);
      ring.pause();
      lab.wire().send(udp().to(db).port(53), 100);
      assertThat(db).received(3);

      ring.resume();
      assertThat(db).received(103);
      // end::slow[]
    }
  }

  @Test
  void standby_rings_are_configured() {
    // tag::config[]
    NicConfig card =
        NicConfig.DEFAULT
            .withStandbyRings(4)
            .withStandbyRingCapacity(64)
            .withSteeringEntries(8); // signatures that the classifier has room for
    // end::config[]
    try (Lab lab = open(card)) {
      assertThat(lab.host().pnic("p0").standbyRing(3)).receivedNothing();
    }
  }
}
