// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package example;

import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.trace.Event.failureDetected;
import static dev.ringside.trace.Event.functionMapped;
import static dev.ringside.trace.Event.functionUnmapped;
import static dev.ringside.trace.Event.pnicActivated;
import static dev.ringside.trace.Event.pnicDeactivated;
import static dev.ringside.trace.Event.pnicFailed;
import static dev.ringside.trace.Event.standbyChosen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.host.Host;
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

/**
 * Replays what one host sent to another, against a virtual machine with the other's addresses, and
 * fails the active NIC half way: in the midst of a download, with frames in the cable.
 */
class FailoverTest {

  private static final Path CAPTURE = Path.of("src/test/resources/everyday.pcap");
  private static final Path WRITTEN = Path.of("target/failover.pcapng").toAbsolutePath();

  private final Story story = new Story();

  @Test
  void direct_access_and_traffic_follow_the_nic_that_takes_over() {
    try (Lab lab = Lab.of(new WebHost())) {
      failover(lab.host(), lab);
    }
  }

  void failover(Host host, Lab lab) {
    VirtualMachine web = host.vm("web");
    assertThat(web.directAccessThrough()).isEqualTo("p0");
    story
        .line("Ringside example: a capture is replayed, and the active NIC fails half way")
        .topology(lab);
    Replay replay;
    try (PcapngWriter capture = PcapngWriter.create(WRITTEN)) {
      record(lab, capture);
      for (Cable cable : lab.cables()) {
        cable.toHost().setLatency(Duration.ofNanos(10_000));
      }
      replay = lab.wire().replayTimed(CAPTURE, FailoverTest::isFromClient);
      lab.advance(Duration.ofNanos(2_348_936_000L));
      assertThat(replay.sent()).isEqualTo(24);
      story.counters("before the failure", host);

      host.pnic("p0").fail();

      replay.finish();
      lab.advance(Duration.ofSeconds(1));
    }
    long lost = lab.ledger().dropped(DropReason.PNIC_FAILED);
    story
        .events(lab)
        .counters("after it", host)
        .fates(lab)
        .line(
            replay.sent()
                + " frames replayed: "
                + web.stack().account().received()
                + " reached web, "
                + lost
                + " were in the cable of p0 when it failed")
        .line("(NO_MATCH, PNIC_INACTIVE: copies of broadcasts and floods that nobody there wanted)")
        .print();

    assertThat(web.directAccessThrough()).isEqualTo("p1");
    assertThat(lab.journal().events())
        .containsSubsequence(
            pnicFailed("p0"),
            failureDetected("p0"),
            functionUnmapped("web", "p0"),
            standbyChosen("p1"),
            pnicDeactivated("p0"),
            pnicActivated("p1"),
            functionMapped("web", "p1"));
    assertThat(replay.sent()).isEqualTo(46);
    assertThat(lost).isEqualTo(5);
    assertThat(web.stack().account().received()).isEqualTo(replay.sent() - lost);
    assertThat(answers(lab.wire().received())).isEqualTo(answers(captured()));
    story
        .part(
            "Result",
            "passed: web has direct access through p1, the steps came in order, every frame is"
                + " accounted for,\n        and web's answers have the payloads of the real host's")
        .line("capture of both cables: " + WRITTEN)
        .print();
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

  /** The payloads of echo replies, those of 3,000 bytes fragment by fragment. */
  private static List<String> answers(List<Packet> packets) {
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
