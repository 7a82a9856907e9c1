// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.LookedAt;
import dev.ringside.TestLabs;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.HostBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.trace.DropReason;
import dev.ringside.wire.Selector;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.AssertionFailedError;

/**
 * Whole pages, each of which somebody has looked at, against what is written now. After a wanted
 * change, {@code -Dpages=write} writes them anew: look at them before they are committed.
 */
class WholePageTest {

  private static final List<String> FILES = List.of("journal.txt", "p0.pcapng");

  @RegisterExtension final TestLabs labs = new TestLabs();

  /** The same in every build: it was thrown where this says. */
  private static TestFailure failure(Throwable thrown) {
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("org.shop.Helper", "check", "Helper.java", 7),
          new StackTraceElement("org.shop.FailoverTest$Deep", "lambda", "FailoverTest.java", 0),
          new StackTraceElement("org.shop.FailoverTest", "follows", "FailoverTest.java", 42),
          new StackTraceElement("org.shop.FailoverTest", "again", "FailoverTest.java", 43)
        });
    return TestFailure.of("org.shop.FailoverTest.follows", thrown);
  }

  @Test
  void a_loss_in_a_small_lab() throws IOException {
    Lab lab = labs.open();
    lab.cable("p0").toHost().lose(Selector.nth(3));
    lab.wire().send(udp().to(lab.vm("vm1")).port(53).payload("what a test sends ~\u007f"));
    lab.advance(Duration.ofNanos(1_234_567));
    lab.wire().send(udp().to(lab.vm("vm2")).port(53).payloadSize(600));
    lab.wire().send(udp().to(lab.vm("vm1")).port(53).payloadSize(600));
    lab.ledger().expectDrops(DropReason.SPOOFED);
    lab.vm("vm2").send(udp().to(lab.wire()).fromMac("02:00:00:00:00:66"));

    String message = "expected: <2> but was: <1>\n\nas <b>the second</b> got lost";
    assertIsAsIn(
        "loss.html", FailurePage.of(lab, failure(new AssertionFailedError(message, 2, 1)), FILES));
  }

  @Test
  void a_lab_of_which_much_has_failed() throws IOException {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    builder.host("h1").pnics(9).virtualFunctions(2).subnet("B").vms("db", "web");
    ChassisBuilder c1 = builder.chassis("c1").subnets("A", "B").externalPnics(1);
    c1.blade("b1").pnics(2).virtualFunctions(2).vms("cache");
    c1.blade("b2").pnics(2).vms();
    Lab lab = labs.open(builder);
    lab.vm("db").send(udp().to(lab.vm("cache")).port(9));
    for (int i = 0; i < 8; i++) {
      lab.host("h1").pnic("p" + i).fail();
    }
    lab.cable("c1/ni0").unplug();
    lab.blade("b2").fail();
    lab.vm("web").send(udp().to(lab.vm("db")).port(9));
    lab.vm("web").send(udp().to(lab.vm("cache")).port(10));
    lab.advance(Duration.ofSeconds(5));

    String message = "VM web: nothing of the router, the station or of cable h1/p3 came to cache";
    assertIsAsIn(
        "failures.html", FailurePage.of(lab, failure(new AssertionError(message)), List.of()));
  }

  @Test
  void a_test_that_says_nothing_in_a_lab_at_rest() throws IOException {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(1).vm(VmSpec.named("web").switched());

    assertIsAsIn(
        "rest.html",
        FailurePage.of(labs.open(builder), TestFailure.of("follows", null), List.of("j.txt")));
  }

  @Test
  void of_very_much_it_shows_as_much_as_can_be_read() {
    LabBuilder builder = Lab.builder();
    HostBuilder host = builder.host("h1").pnics(1);
    for (int i = 0; i < 203; i++) {
      host.vm(VmSpec.named("g" + i).switched());
    }
    Lab lab = labs.open(builder);
    for (int i = 0; i < 203; i++) {
      lab.vm("g" + i).send(udp().to(Ipv4Address.of("198.18.200.200")).port(9));
    }
    lab.advance(Duration.ofSeconds(5));

    String page = FailurePage.of(lab, failure(new AssertionError("no")), FILES);
    assertThat(page)
        .contains("The last 200 of 373,114 entries of the journal")
        .contains("373,114 journal entries")
        .contains("... and 187 more")
        .contains("... and 3 more");
    assertThat(page.split("<b class=\"bad\">NO_PEER", -1)).hasSize(201);
  }

  private static void assertIsAsIn(String file, String page) throws IOException {
    LookedAt.assertIsAsIn("pages", file, page);
  }
}
