// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.packet.capture.CaptureReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What is written and said when a test fails. */
@ResourceLock(Resources.SYSTEM_OUT)
class ReportTest {

  @TempDir Path output;

  @Test
  void a_passing_test_writes_nothing() {
    Jupiter.into(output).run(Passing.class);

    assertThat(output).isEmptyDirectory();
  }

  @ExtendWith(RingsideExtension.class)
  static class Passing {
    @Test
    void test(Lab lab) {
      lab.wire().send(udp().to(lab.vm("vm1")).port(53));
    }
  }

  @Test
  void a_failing_test_writes_journal_counters_and_wires() throws IOException {
    Jupiter.into(output).run(Failing.class);

    Path report = report();
    assertThat(names(report))
        .containsExactly(
            "journal.jsonl",
            "journal.txt",
            "p0.pcapng",
            "p1.pcapng",
            "report.html",
            "state.txt",
            "summary.txt",
            "topology.svg");
    assertThat(CaptureReader.readAll(report.resolve("p0.pcapng")))
        .singleElement()
        .satisfies(captured -> assertThat(captured.packet().destinationPort()).isEqualTo(53));
    assertThat(Files.readString(report.resolve("summary.txt")))
        .startsWith(
            """
            test: dev.ringside.junit.jupiter.ReportTest$Failing.test
            failure: java.lang.IllegalStateException: its own
            seed: 0xcafe
            replay: Replay with @LabSeed(0xcafeL)
            """);
    assertThat(Files.readString(report.resolve("journal.txt"))).contains("INJECTED: #1 udp ");
  }

  @ExtendWith(RingsideExtension.class)
  static class Failing {
    @Test
    @LabSeed(0xcafe)
    void test(Lab lab) {
      lab.wire().send(udp().to(lab.vm("vm1")).port(53));
      throw new IllegalStateException("its own");
    }
  }

  @Test
  void an_unclean_lab_is_reported_too() throws IOException {
    Jupiter.into(output).run(Unclean.class);

    assertThat(Files.readString(report().resolve("summary.txt")))
        .contains("\nfailure: dev.ringside.lifecycle.UncleanLabError: the test leaves its lab");
  }

  @ExtendWith(RingsideExtension.class)
  static class Unclean {
    @Test
    void test(Lab lab) {
      lab.vm("vm2").pause();
      lab.wire().send(udp().to(lab.vm("vm2")).port(9));
    }
  }

  @Test
  void each_of_several_labs_has_a_directory_of_its_own() throws IOException {
    Jupiter.into(output).run(TwoLabs.class);

    assertThat(names(report())).containsExactly("lab1", "lab2");
    assertThat(names(report().resolve("lab2"))).contains("journal.txt", "h1-p0.pcapng");
  }

  @ExtendWith(RingsideExtension.class)
  static class TwoLabs {
    @Managed final Lab one = Lab.open();
    @Managed final Lab two = Lab.builder().topology(TwoLabs::twoHosts).open();

    static void twoHosts(dev.ringside.LabBuilder lab) {
      lab.host("h1");
      lab.host("h2");
    }

    @Test
    void test() {
      throw new IllegalStateException("its own");
    }
  }

  @Test
  void a_failing_class_is_reported_with_the_lab_of_the_class() throws IOException {
    Jupiter.into(output).run(FailingClass.class);

    assertThat(Files.readString(report().resolve("summary.txt")))
        .startsWith("test: dev.ringside.junit.jupiter.ReportTest$FailingClass\n");
  }

  @ExtendWith(RingsideExtension.class)
  static class FailingClass {
    @Managed static Lab lab;

    @org.junit.jupiter.api.BeforeAll
    static void fail() {
      throw new IllegalStateException("its own");
    }

    @Test
    void test() {}
  }

  @Test
  void one_line_says_how_to_replay_and_where_to_look() throws IOException {
    PrintStream before = System.out;
    java.io.ByteArrayOutputStream said = new java.io.ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true));
    try {
      Jupiter.into(output).run(Failing.class);
    } finally {
      System.setOut(before);
    }

    assertThat(said.toString().lines().filter(line -> line.contains("ReportTest")))
        .containsExactly(
            "Ringside: dev.ringside.junit.jupiter.ReportTest$Failing.test failed."
                + " Replay with @LabSeed(0xcafeL); report: "
                + report().resolve("report.html").toUri());
  }

  @Test
  void a_report_that_cannot_be_written_does_not_mask_the_failure() throws IOException {
    Path file = Files.createFile(output.resolve("file"));

    Throwable failure = Jupiter.failure(Jupiter.into(file).run(Failing.class));

    assertThat(failure).hasMessage("its own");
    assertThat(failure.getSuppressed()).hasSize(1);
  }

  @Test
  void the_page_tells_what_was_expected_and_what_was_there() throws IOException {
    Jupiter.into(output).run(Comparing.class);

    assertThat(Files.readString(report().resolve("report.html")))
        .contains("<h3 class=\"good\">Expected</h3>", ">2</pre>")
        .contains("<h3 class=\"bad\">Actual</h3>", ">1</pre>")
        .contains("<code>ReportTest.java:");
  }

  @ExtendWith(RingsideExtension.class)
  static class Comparing {
    @Test
    void test(Lab lab) {
      lab.wire().send(udp().to(lab.vm("vm1")).port(53));
      assertThat(lab.vm("vm1").received().size()).isEqualTo(2);
    }
  }

  private Path report() throws IOException {
    try (Stream<Path> tests = Files.list(output)) {
      return tests.toList().get(0).resolve("ringside");
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
