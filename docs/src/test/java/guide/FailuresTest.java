// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.junit.jupiter.LabSeed;
import dev.ringside.junit.jupiter.ReplayCapture;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.page.FailurePage;
import dev.ringside.page.TestFailure;
import dev.ringside.trace.Journal;
import dev.ringside.trace.JournalDifference;
import dev.ringside.trace.JournalRecording;
import dev.ringside.wire.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RingsideExtension.class)
class FailuresTest {

  @TempDir Path folder;

  @Test
  void a_page_can_be_had_anywhere(Lab lab) throws IOException {
    lab.wire().send(udp().to(lab.vm("vm1")).port(53));
    AssertionError thrown = new AssertionError("Expecting VM vm1 to have received tcp port 80");
    // tag::page[]
    TestFailure failure = TestFailure.of("org.shop.ShopTest.sells", thrown);
    Files.writeString(folder.resolve("failure.html"), FailurePage.of(lab, failure, List.of()));
    // end::page[]
    assertThat(folder.resolve("failure.html")).content().contains("Look at VM vm1");
  }

  // tag::seed[]
  @Test
  @LabSeed(0xcafe)
  void loses_what_it_lost_before(Lab lab) {
    // ...
  }

  // end::seed[]

  // tag::capture[]
  @Test
  void answers_what_production_was_asked(
      Lab lab, @ReplayCapture("/captures/everyday.pcap") Replay day) {
    day.finish(); // advances the lab until all is sent
    assertThat(lab).hasNoWaiters();
  }

  // end::capture[]

  @Test
  void what_a_report_has_left_behind_is_sent_again(Host host, Lab lab) {
    Path report = folder;
    try (LabSession before = LabSession.of(Lab.open())) {
      before.lab().wire().send(tcp().syn().to(before.lab().vm("vm1")).port(80));
      before.lab().advance(Duration.ofMillis(1));
      before.lab().wire().send(tcp().syn().to(before.lab().vm("vm1")).port(81));
      before.writeReport(report, "before", null);
    }
    // tag::wire[]
    Replay frames = lab.cable("p0").toHost().replayTimed(report.resolve("p0.pcapng"));
    lab.advance(Duration.ofNanos(500_000));
    host.pnic("p1").fail(); // between the frames
    frames.finish();
    // end::wire[]
    assertThat(lab.vm("vm1")).received(tcp().syn(), 2);
  }

  @Test
  void a_run_is_compared_with_one_that_was_recorded(Lab lab) throws IOException {
    Path file = folder.resolve("failover.jsonl");
    lab.host().pnic("p0").fail();
    Files.writeString(file, lab.journal().toJsonLines());
    Journal journal = lab.journal();
    // tag::recording[]
    JournalRecording recording = JournalRecording.read(file);
    assertThat(journal).repeats(recording);
    // end::recording[]
    lab.note("now another way");
    JournalDifference difference = recording.differenceTo(journal);
    assertThat(difference).isNotNull();
    Output.assertShown("recording.txt", difference.toString());
  }
}
