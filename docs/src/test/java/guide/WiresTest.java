// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.bridge.VlanMode;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.capture.CaptureException;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import dev.ringside.packet.capture.PcapngWriter;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import dev.ringside.wire.Replay;
import dev.ringside.wire.Selector;
import dev.ringside.wire.WireFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiresTest {

  private static final Path EVERYDAY = Path.of("src/test/resources/captures/everyday.pcap");

  @Test
  void the_station_sends_and_sees() {
    try (Lab lab = Lab.open()) {
      VirtualMachine vm1 = lab.vm("vm1");
      // tag::station[]
      lab.wire().send(udp().to(vm1).port(53), 3);
      assertThat(vm1).received(udp(), 3);

      vm1.send(udp().to(lab.wire()).port(7));
      assertThat(lab.wire()).received(udp().from(vm1)).andNothingElse();

      vm1.ping(lab.wire());
      assertThat(vm1).received(icmp().echoReply());
      // end::station[]
    }
  }

  @Test
  void a_cable_has_latency_and_bandwidth() {
    try (Lab lab = Lab.open()) {
      VirtualMachine vm1 = lab.vm("vm1");
      // tag::conditions[]
      Cable cable = lab.cable("p0");
      cable.toHost().setLatency(Duration.ofNanos(2_000));
      cable.toHost().setBandwidth(10_000_000_000L); // bits a second

      lab.wire().send(udp().to(vm1).payloadSize(1_000));
      assertThat(vm1).receivedNothing();

      lab.advance(Duration.ofNanos(2_853)); // 1,066 bytes with gap and preamble, then 2 us
      assertThat(vm1).received(1);
      // end::conditions[]
    }
  }

  @Test
  void faults_strike_selected_packets() {
    try (Lab lab = Lab.open()) {
      VirtualMachine vm1 = lab.vm("vm1");
      // tag::faults[]
      Cable cable = lab.cable("p0");
      WireFault loss = cable.toHost().lose(Selector.nth(2));
      cable.toHost().corrupt(Selector.ratio(1, 100));
      cable.toHost().duplicate(Selector.matching(icmp()));
      cable.toNetwork().reorder(Selector.matching(arp()), Duration.ofNanos(50_000));

      lab.wire().send(udp().to(vm1).port(53), 3);

      assertThat(vm1).received(2);
      assertThat(loss.strikes()).isEqualTo(1);
      assertThat(lab).dropped(DropReason.LOST_ON_WIRE, 1);
      loss.remove();
      // end::faults[]
    }
  }

  @Test
  void a_cable_can_be_unplugged() {
    try (Lab lab = Lab.open()) {
      VirtualMachine vm1 = lab.vm("vm1");
      // tag::unplug[]
      lab.cable("p0").unplug();
      assertThat(lab.host().aggregator()).hasActive("p1");

      lab.cable("p0").plug();
      // end::unplug[]
      assertThat(vm1).hasDirectAccessThrough("p1");
    }
  }

  @Test
  void a_tap_records_what_a_cable_carries(@TempDir Path folder) {
    try (Lab lab = Lab.open()) {
      VirtualMachine vm1 = lab.vm("vm1");
      // tag::tap[]
      Path file = folder.resolve("cables.pcapng");
      try (PcapngWriter capture = PcapngWriter.create(file)) {
        for (Cable cable : lab.cables()) {
          int wire = capture.addInterface(cable.name());
          cable.tap(packet -> capture.write(wire, lab.elapsed().toNanos(), packet));
        }
        lab.wire().send(udp().to(vm1).port(53).payload("query"));
      }
      // end::tap[]
      assertThat(CaptureReader.readAll(file)).hasSize(2);
    }
  }

  @Test
  void a_capture_is_replayed_at_once_or_with_its_pauses() {
    // tag::replay[]
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .vm(VmSpec.named("web").mac("02:00:5e:10:00:0b").ipv4("192.0.2.20").ipv6("2001:db8::b"));
    try (Lab lab = builder.open()) {
      MacAddress client = MacAddress.of("02:00:5e:10:00:0a");

      long sent = lab.wire().replay(EVERYDAY, frame -> frame.sourceMac().equals(client));
      assertThat(sent).isEqualTo(46);

      Replay replay = lab.wire().replayTimed(EVERYDAY, frame -> frame.sourceMac().equals(client));
      lab.advance(Duration.ofSeconds(1));
      assertThat(replay.sent()).isEqualTo(8);

      replay.finish();
      assertThat(replay.sent()).isEqualTo(46);
    }
    // end::replay[]
  }

  @Test
  void a_capture_is_read_packet_by_packet() {
    // tag::read[]
    int fragments = 0;
    try (CaptureReader reader = CaptureReader.open(EVERYDAY)) {
      for (CapturedPacket captured : reader) {
        Packet packet = captured.packet();
        if (packet.isFragment()) {
          fragments++;
        }
      }
    }
    assertThat(fragments).isEqualTo(12);
    // end::read[]
  }

  @Test
  void a_damaged_capture_says_where(@TempDir Path folder) throws IOException {
    byte[] bytes = Files.readAllBytes(EVERYDAY);
    Path file = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(bytes, 700));
    try (Lab lab = Lab.open()) {
      // tag::damaged[]
      assertThatThrownBy(() -> lab.wire().replay(file))
          .isInstanceOfSatisfying(
              CaptureException.class, damage -> assertThat(damage.packetsBefore()).isEqualTo(6));
      // end::damaged[]
      assertThatThrownBy(() -> CaptureReader.readAll(file))
          .satisfies(
              thrown ->
                  Output.assertShown(
                      "damaged-capture.txt",
                      thrown.getMessage().replace(file.toString(), "cut.pcap")));
    }
  }

  @Test
  void the_external_switch_has_vlans() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").virtualFunctions(1).vm(VmSpec.named("web").vlan(100));
    try (Lab lab = builder.open()) {
      Host host = lab.host();
      // tag::switch[]
      lab.externalSwitch().port("p0").setVlanMode(VlanMode.trunk(1, 100, 200));
      lab.externalSwitch().port("station").setVlanMode(VlanMode.access(100));
      lab.externalSwitch().setAgeing(Duration.ofSeconds(10));

      lab.wire().send(udp().to(host.vm("web")).port(53)); // untagged at the station

      assertThat(host.vm("web")).received(udp().untagged()).andNothingElse();
      // end::switch[]
    }
  }
}
