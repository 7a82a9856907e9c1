// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package example;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.trace.Event.failureDetected;
import static dev.ringside.trace.Event.functionMapped;
import static dev.ringside.trace.Event.functionUnmapped;
import static dev.ringside.trace.Event.pnicActivated;
import static dev.ringside.trace.Event.pnicDeactivated;
import static dev.ringside.trace.Event.pnicFailed;
import static dev.ringside.trace.Event.standbyChosen;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.junit.jupiter.Device;
import dev.ringside.junit.jupiter.LabTopology;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.packet.Packet;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import dev.ringside.packet.capture.PcapngWriter;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import dev.ringside.wire.Replay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Replays what one host sent to another, against a virtual machine with the other's addresses, and
 * fails the active NIC half way: in the midst of a download, with frames in the cable.
 */
@ExtendWith(RingsideExtension.class)
@LabTopology(WebHost.class)
class FailoverTest {

  private static final Path CAPTURE = Path.of("src/test/resources/everyday.pcap");
  private static final Path WRITTEN = Path.of("target/failover.pcapng").toAbsolutePath();

  private final Story story = new Story();

  @Test
  void direct_access_and_traffic_follow_the_nic_that_takes_over(
      Lab lab, Host host, @Device("web") VirtualMachine web) {
    assertThat(web).hasDirectAccessThrough("p0");
    story.title("A capture is replayed, and the active NIC fails half way").topology(lab);

    long sent = replayAndFailHalfWay(lab, host);

    long lost = lab.ledger().dropped(DropReason.PNIC_FAILED);
    long received = web.stack().account().received();
    story.events(lab).counters("after", host).fates(lab, sent, received, lost).print();
    assertThat(web).hasDirectAccessThrough("p1");
    assertThat(lab.journal())
        .containsInOrder(
            pnicFailed("p0"),
            failureDetected("p0"),
            functionUnmapped("web", "p0"),
            standbyChosen("p1"),
            pnicDeactivated("p0"),
            pnicActivated("p1"),
            functionMapped("web", "p1"));
    assertThat(received).isEqualTo(sent - lost).isEqualTo(41);
    assertThat(lab).isBalanced().dropped(DropReason.PNIC_FAILED, 5);
    assertThat(lab.wire()).received(arp().reply(), 1).received(icmpv6().echoReply(), 3);
    assertThat(pongs(lab.wire().received())).hasSize(13).isEqualTo(pongs(captured()));
    story.result(
        "passed: web has direct access through p1; the steps came in order; every frame reached",
        "web or is accounted for; and web's pongs, those of 3,000 bytes in fragments included,",
        "carry the bytes that the real host answered with in the capture.",
        "",
        "What both cables carried: " + WRITTEN);
  }

  private long replayAndFailHalfWay(Lab lab, Host host) {
    for (Cable cable : lab.cables()) {
      cable.toHost().setLatency(Duration.ofNanos(10_000));
    }
    try (PcapngWriter capture = PcapngWriter.create(WRITTEN)) {
      record(lab, capture);
      Replay replay = lab.wire().replayTimed(CAPTURE, FailoverTest::isFromClient);
      lab.advance(Duration.ofNanos(2_348_936_000L));
      assertThat(replay.sent()).isEqualTo(24);
      story.counters("before", host);

      host.pnic("p0").fail();

      replay.finish();
      lab.advance(Duration.ofSeconds(1));
      assertThat(replay.sent()).isEqualTo(46);
      return replay.sent();
    }
  }

  /** A tap on each cable, an interface of the file each. */
  private static void record(Lab lab, PcapngWriter capture) {
    for (Cable cable : lab.cables()) {
      int wire = capture.addInterface(cable.name());
      cable.tap(packet -> capture.write(wire, lab.elapsed().toNanos(), packet));
    }
  }

  private static boolean isFromClient(Packet packet) {
    return packet.sourceMac().equals(WebHost.CLIENT.mac());
  }

  private static List<Packet> captured() {
    return CaptureReader.readAll(CAPTURE).stream().map(CapturedPacket::packet).toList();
  }

  /** What the answers to pings carry, those of 3,000 bytes fragment by fragment. */
  private static List<String> pongs(List<Packet> packets) {
    return packets.stream()
        .filter(packet -> !isFromClient(packet))
        .filter(
            packet ->
                packet.isFragment()
                    || icmp().echoReply().matches(packet)
                    || icmpv6().echoReply().matches(packet))
        .map(packet -> HexFormat.of().formatHex(packet.payload()))
        .toList();
  }
}
