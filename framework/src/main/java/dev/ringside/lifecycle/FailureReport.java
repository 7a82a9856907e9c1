// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import dev.ringside.Lab;
import dev.ringside.inspect.Inspect;
import dev.ringside.inspect.Picture;
import dev.ringside.trace.Account;
import dev.ringside.trace.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that tell what happened in a lab whose test has failed. */
final class FailureReport {

  private final LabSession session;
  private final Lab lab;
  private final List<WireTape> tapes;

  FailureReport(LabSession session, List<WireTape> tapes) {
    this.session = session;
    this.lab = session.lab();
    this.tapes = tapes;
  }

  void write(Path directory, String test, @Nullable Throwable failure) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("summary.txt"), summary(test, failure));
      Files.writeString(directory.resolve("journal.txt"), lab.journal().toText());
      Files.writeString(directory.resolve("state.txt"), Inspect.lab(lab));
      Files.writeString(directory.resolve("topology.svg"), Picture.of(lab));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the report of " + test + " to " + directory, e);
    }
    for (WireTape tape : tapes) {
      tape.write(directory.resolve(tape.name().replace('/', '-') + ".pcapng"));
    }
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
