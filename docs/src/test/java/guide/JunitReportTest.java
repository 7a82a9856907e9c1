// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.ringside.Lab;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.lifecycle.LabCheck;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.lifecycle.Lenience;
import dev.ringside.trace.DropReason;
import dev.ringside.wire.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

class JunitReportTest {

  @ExtendWith(RingsideExtension.class)
  static class Planted {
    // tag::unclean[]
    @Test
    void spoofs_and_stops(Lab lab) {
      lab.vm("vm1").send(udp().to(lab.wire()).fromMac("02:00:00:00:00:66"));
      lab.vm("vm2").pause();
      lab.wire().send(udp().to(lab.vm("vm2")), 3);
    }
    // end::unclean[]
  }

  @Test
  void an_unclean_lab_says_what_was_left() {
    Throwable thrown =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(Planted.class))
            .execute()
            .testEvents()
            .failed()
            .stream()
            .map(event -> event.getRequiredPayload(TestExecutionResult.class))
            .map(result -> result.getThrowable().orElseThrow())
            .findFirst()
            .orElseThrow();
    Output.assertShown("unclean-lab.txt", thrown.getMessage());
  }

  @Test
  void too_little_is_told_too() {
    try (LabSession session = LabSession.of(Lab.open())) {
      // tag::too-little[]
      Lab lab = session.lab();
      lab.expectDrops(DropReason.RING_FULL);
      lab.cable("p0").toHost().lose(Selector.nth(5));
      session.lenient(
          Lenience.about(LabCheck.UNDRAINED_RINGS).at("p0"),
          Lenience.expecting(DropReason.NO_PEER).at("vm1").ifNeeded());

      lab.wire().send(udp().to(lab.vm("vm1")), 4);
      // end::too-little[]
      Output.assertShown(
          "too-little.txt", assertThrows(AssertionError.class, () -> session.check()).getMessage());
    }
  }

  @Test
  void a_report_has_these_files(@TempDir Path folder) throws IOException {
    try (LabSession session = LabSession.of(Lab.open())) {
      Lab lab = session.lab();
      lab.wire().send(udp().to(lab.vm("vm1")));
      // tag::report[]
      session.writeReport(folder, "my test", new AssertionError("expected: 2 but was: 1"));
      // end::report[]
      try (Stream<Path> files = Files.list(folder)) {
        List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
        assertThat(names)
            .containsExactly(
                "journal.jsonl",
                "journal.txt",
                "p0.pcapng",
                "p1.pcapng",
                "report.html",
                "state.txt",
                "summary.txt",
                "topology.svg");
      }
      Output.assertShown("summary.txt", Files.readString(folder.resolve("summary.txt")));
    }
  }
}
