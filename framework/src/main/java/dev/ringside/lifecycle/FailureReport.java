// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import dev.ringside.Lab;
import dev.ringside.inspect.Inspect;
import dev.ringside.inspect.Picture;
import dev.ringside.page.FailurePage;
import dev.ringside.page.TestFailure;
import dev.ringside.trace.Account;
import dev.ringside.trace.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that tell what happened in a lab whose test has failed. */
final class FailureReport {

  /** The page that has it all in one. */
  static final String PAGE = "report.html";

  private static final List<String> TEXTS =
      List.of("summary.txt", "journal.txt", "journal.jsonl", "state.txt", "topology.svg");

  private final LabSession session;
  private final Lab lab;
  private final List<WireTape> tapes;

  FailureReport(LabSession session, List<WireTape> tapes) {
    this.session = session;
    this.lab = session.lab();
    this.tapes = tapes;
  }

  void write(Path directory, String test, @Nullable Throwable failure) {
    List<String> captures = captureNames();
    try {
      Files.createDirectories(directory);
      write(directory.resolve("summary.txt"), summary(test, failure));
      write(directory.resolve("journal.txt"), lab.journal().toText());
      write(directory.resolve("journal.jsonl"), lab.journal().toJsonLines());
      write(directory.resolve("state.txt"), Inspect.lab(lab));
      write(directory.resolve("topology.svg"), Picture.of(lab));
      for (int i = 0; i < tapes.size(); i++) {
        tapes.get(i).write(directory.resolve(captures.get(i)));
      }
      List<String> files = new ArrayList<>(TEXTS);
      files.addAll(captures);
      TestFailure what = TestFailure.of(test, failure).began(session.began());
      write(directory.resolve(PAGE), FailurePage.of(lab, what, files));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the report of " + test + " to " + directory, e);
    }
  }

  /** A name may be any text, also one that has no encoding. */
  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Names that any file system takes, each once. */
  private List<String> captureNames() {
    List<String> names = new ArrayList<>(tapes.size());
    for (WireTape tape : tapes) {
      StringBuilder name = new StringBuilder(tape.name());
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        boolean plain = c < 0x7f && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0);
        name.setCharAt(i, plain ? c : c == '/' ? '-' : '_');
      }
      String file = name + ".pcapng";
      names.add(names.contains(file) ? name + "-" + names.size() + ".pcapng" : file);
    }
    return names;
  }

  private String summary(String test, @Nullable Throwable failure) {
    StringBuilder text = new StringBuilder(2_048);
    line(text, "test", test);
    line(text, "failure", failure == null ? "not known" : failure.toString());
    line(text, "seed", lab.seed().toString());
    line(text, "replay", session.replayLine());
    line(text, "virtual time", lab.elapsed().toNanos() + " ns");
    text.append('\n').append("topology\n");
    lab.hosts().forEach(host -> text.append("  ").append(host).append('\n'));
    text.append('\n').append("counters\n");
    Ledger ledger = lab.ledger();
    text.append("  injected ").append(ledger.injected());
    text.append(" + cloned ").append(ledger.cloned());
    text.append(" = delivered ").append(ledger.delivered());
    text.append(" + dropped ").append(ledger.dropped());
    text.append(" + live ").append(ledger.live()).append('\n');
    for (Account account : ledger.accounts()) {
      text.append("  ").append(account).append('\n');
    }
    for (WireTape tape : tapes) {
      if (tape.forgotten() > 0) {
        text.append('\n').append(tape.name()).append(".pcapng lacks the first ");
        text.append(tape.forgotten()).append(" packets: a cable keeps the last ");
        text.append(WireTape.CAPACITY).append('\n');
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String what, String value) {
    text.append(what).append(": ").append(value).append('\n');
  }
}
