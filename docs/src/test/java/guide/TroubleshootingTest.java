// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.lifecycle.LabSession;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The messages that the page explains are those that are really thrown. */
class TroubleshootingTest {

  private static void assertExplained(ThrowingCallable mistake) {
    String message = catchThrowable(mistake).getMessage();
    assertThat(GuidePages.lines(GuidePages.FOLDER.resolve("troubleshooting.adoc")))
        .as("headings of troubleshooting.adoc, for: " + message)
        .anyMatch(line -> line.startsWith("== `") && isAbout(line, message));
  }

  private static boolean isAbout(String heading, String message) {
    String shown = heading.substring(4, heading.length() - 1);
    return shown.endsWith("...")
        ? message.startsWith(shown.substring(0, shown.length() - 3))
        : message.equals(shown);
  }

  @Test
  void of_a_default_lab() {
    try (Lab lab = Lab.open()) {
      assertExplained(() -> lab.host().pnic("p7"));
      assertExplained(() -> udp().toPacket());
      assertExplained(() -> lab.host().pnic("p0").setVirtualFunctions(8));
    }
  }

  @Test
  void of_other_labs() {
    LabBuilder two = Lab.builder();
    two.host("h1");
    two.host("h2");
    try (Lab lab = two.open()) {
      assertExplained(lab::host);
    }
    LabBuilder alone = Lab.builder();
    alone.host("h1");
    try (Lab lab = alone.open()) {
      assertExplained(() -> lab.host().aggregator());
    }
  }

  @Test
  void of_a_closed_lab() {
    Lab lab = Lab.open();
    lab.close();
    assertExplained(() -> lab.advance(Duration.ZERO));
  }

  @Test
  void of_time_inside_an_event() {
    try (Lab lab = Lab.open()) {
      lab.vm("vm1").onPacket(packet -> lab.advance(Duration.ofSeconds(1)));
      assertExplained(() -> lab.wire().send(udp().to(lab.vm("vm1"))));
    }
  }

  @Test
  void of_an_unclean_lab() {
    try (LabSession session = LabSession.of(Lab.open())) {
      session.lab().vm("vm1").pause();
      session.lab().wire().send(udp().to(session.lab().vm("vm1")));
      assertExplained(session::check);
    }
  }
}
