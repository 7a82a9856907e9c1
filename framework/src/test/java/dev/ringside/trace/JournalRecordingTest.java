// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalRecordingTest {

  private static Journal run(long seed, String note) {
    try (Lab lab = Lab.builder().seed(seed).open()) {
      lab.wire().send(udp().to(lab.vm("vm1")).port(53));
      lab.note(note);
      lab.wire().send(udp().to(lab.vm("vm2")).port(53));
      return lab.journal();
    }
  }

  private static String written(Journal journal, boolean json) {
    return json ? journal.toJsonLines() : journal.toText();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_same_run_repeats_its_recording(boolean json, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("run");
    Files.writeString(file, written(run(1, "x"), json));

    JournalRecording recording = JournalRecording.read(file);

    assertThat(recording.isJson()).isEqualTo(json);
    assertThat(recording.differenceTo(run(1, "x"))).isNull();
    assertThat(recording.name()).isEqualTo("run");
  }

  @Test
  void ends_of_lines_may_differ() {
    String windows = run(1, "x").toText().replace("\n", "\r\n");

    assertThat(JournalRecording.of("run", windows).differenceTo(run(1, "x"))).isNull();
  }

  @Test
  void the_first_difference_is_told_with_what_was_before_it() {
    JournalRecording recording = JournalRecording.of("run.txt", run(1, "x").toText());

    JournalDifference difference = recording.differenceTo(run(1, "y"));

    assertThat(recording).hasToString("recording run.txt, 30 lines");
    assertThat(difference.line()).isEqualTo(19);
    assertThat(difference.recorded()).isEqualTo("             0 ns  test: note x");
    assertThat(difference.actual()).isEqualTo("             0 ns  test: note y");
    assertThat(difference)
        .hasToString(
            """
            line 19 of run.txt differs (30 lines recorded, 30 now)
                             0 ns  #2    VNIC              vm1/vnic0       PASSED
                             0 ns  #2    STACK             vm1             DELIVERED
                             0 ns  #1    PNIC              p1              DROPPED PNIC_INACTIVE: p1 (up, inactive)
              -              0 ns  test: note x
              +              0 ns  test: note y""");
  }

  @Test
  void another_seed_is_a_difference_of_json_lines() {
    JournalRecording recording = JournalRecording.of("run.jsonl", run(1, "x").toJsonLines());

    JournalDifference difference = recording.differenceTo(run(2, "x"));

    assertThat(difference)
        .hasToString(
            """
            line 1 of run.jsonl differs (31 lines recorded, 31 now)
              - {"journal":1,"seed":"0x1","forgotten":0}
              + {"journal":1,"seed":"0x2","forgotten":0}""");
  }

  @Test
  void what_ends_sooner_differs() {
    String text = run(1, "x").toText();
    String shorter = text.substring(0, text.indexOf("             0 ns  test:"));

    JournalDifference more = JournalRecording.of("short", shorter).differenceTo(run(1, "x"));
    JournalDifference less = JournalRecording.of("long", text + "more\n").differenceTo(run(1, "x"));

    assertThat(more.recorded()).isEmpty();
    assertThat(more.toString()).endsWith("\n  - (ends here)\n  +              0 ns  test: note x");
    assertThat(less.actual()).isEmpty();
    assertThat(less.toString()).endsWith("\n  - more\n  + (ends here)");
    assertThat(JournalRecording.of("empty", "").differenceTo(run(1, "x")).line()).isOne();
  }

  @Test
  void a_later_format_and_a_missing_file_are_refused(@TempDir Path folder) {
    assertThatThrownBy(() -> JournalRecording.of("new.jsonl", "{\"journal\":2,\"seed\":\"0x1\"}\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "new.jsonl begins with {\"journal\":2,\"seed\":\"0x1\"}, a later format; this version"
                + " reads format 1");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> JournalRecording.read(missing))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot read the journal " + missing);
  }
}
