// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.packet.Packet;
import dev.ringside.packet.capture.CaptureException;
import dev.ringside.packet.capture.PcapngWriter;
import dev.ringside.trace.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a report has left behind is what a next test begins with. */
class CableReplayTest {

  @RegisterExtension final TestLabs labs = new TestLabs();
  @TempDir Path folder;

  private static Lab newLab() {
    return Lab.open();
  }

  /** Three queries, 1 ms apart, each of which vm1 answers. */
  private Path reported() {
    try (LabSession session = LabSession.of(newLab())) {
      Lab lab = session.lab();
      answer(lab);
      for (int i = 0; i < 3; i++) {
        lab.wire().send(udp().to(lab.vm("vm1")).port(53 + i).payload("query"));
        lab.advance(Duration.ofMillis(1));
      }
      session.writeReport(folder, "the test", null);
    }
    return folder.resolve("p0.pcapng");
  }

  private static void answer(Lab lab) {
    lab.vm("vm1").onPacket(packet -> lab.vm("vm1").send(udp().to(lab.wire()).payload("answer")));
  }

  @Test
  void packets_come_to_the_host_with_their_pauses_and_answers_are_not_sent_twice() {
    Path capture = reported();
    Lab lab = labs.open();
    answer(lab);

    Replay replay = lab.cable("p0").toHost().replayTimed(capture);

    assertThat(ports(lab)).containsExactly(53);
    lab.advance(Duration.ofNanos(999_999));
    assertThat(ports(lab)).containsExactly(53);
    lab.advance(Duration.ofNanos(1));
    assertThat(ports(lab)).containsExactly(53, 54);
    replay.finish();
    assertThat(replay.sent()).isEqualTo(3);
    assertThat(lab.elapsed()).isEqualTo(Duration.ofMillis(2));
    assertThat(ports(lab)).containsExactly(53, 54, 55);
    assertThat(lab.wire().received()).hasSize(3).allMatch(packet -> packet.is(17));
    assertThat(lab.cable("p0").account().created()).isEqualTo(3);
  }

  private static List<Integer> ports(Lab lab) {
    return lab.vm("vm1").received().stream().map(Packet::destinationPort).toList();
  }

  @Test
  void a_packet_comes_into_the_lab_in_the_cable() {
    Path capture = reported();
    Lab lab = labs.open();

    lab.cable("p0").toHost().replayTimed(capture).finish();

    Packet first = lab.vm("vm1").received().get(0);
    assertThat(lab.trace(first).hops().get(0).stage()).isEqualTo(Stage.WIRE);
    assertThat(lab.trace(first).passed(Stage.EXTERNAL_SWITCH)).isFalse();
  }

  @Test
  void the_other_direction_sends_what_went_there() {
    Path capture = reported();
    Lab lab = labs.open();

    Replay replay = lab.cable("p0").toNetwork().replayTimed(capture);
    replay.finish();

    assertThat(replay.sent()).isEqualTo(3);
    assertThat(lab.wire().received()).hasSize(3);
    assertThat(lab.vm("vm1").received()).isEmpty();
  }

  @Test
  void of_a_capture_that_names_no_direction_all_packets_are_sent() {
    Lab lab = labs.open();
    Packet packet = udp().to(lab.vm("vm1")).from(lab.wire()).port(7).toPacket();
    Path file = folder.resolve("other.pcapng");
    try (PcapngWriter writer = PcapngWriter.create(file)) {
      writer.addInterface("eth0");
      writer.write(0, 5, packet);
    }

    lab.cable("p0").toHost().replayTimed(file).finish();

    assertThat(ports(lab)).containsExactly(7);
  }

  @Test
  void an_unplugged_cable_loses_them_and_counts_them() {
    Path capture = reported();
    Lab lab = labs.open();
    lab.cable("p0").unplug();

    lab.cable("p0").toHost().replayTimed(capture).finish();

    assertThat(lab.cable("p0").account().dropped()).isEqualTo(3);
  }

  @Test
  void a_missing_file_is_named() {
    Lab lab = labs.open();
    CableDirection direction = lab.cable("p0").toHost();

    assertThatThrownBy(() -> direction.replayTimed(folder.resolve("missing.pcap")))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("missing.pcap");
  }
}
