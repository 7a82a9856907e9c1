// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal that was written down, to be compared with that of another run: both the text and the
 * JSON lines that a journal writes, and the report of a failed test leaves behind, can be read.
 *
 * <pre>{@code
 * JournalRecording before = JournalRecording.read(Path.of("src/test/resources/failover.jsonl"));
 * JournalDifference difference = before.differenceTo(lab.journal()); // null if there is none
 * }</pre>
 *
 * <p>A run repeats a recording if it writes the same lines: the same events and hops, at the same
 * times, with the same details. Ends of lines may differ, as some tools change them.
 */
public final class JournalRecording {

  private static final String FORMAT = "{\"journal\":";
  private static final String HEADER = FORMAT + "1,";

  private final String name;
  private final List<String> lines;

  private JournalRecording(String name, List<String> lines) {
    this.name = name;
    this.lines = lines;
  }

  /**
   * Reads a file.
   *
   * @throws UncheckedIOException if it cannot be read
   * @throws IllegalArgumentException if it is of a later format
   */
  public static JournalRecording read(Path file) {
    try {
      return of(String.valueOf(file.getFileName()), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the journal " + file + ": " + e, e);
    }
  }

  /**
   * Takes what was written down.
   *
   * @param name what messages call it
   * @param written the text or the JSON lines of a journal
   * @throws IllegalArgumentException if they are of a later format
   */
  public static JournalRecording of(String name, String written) {
    List<String> lines = written.lines().toList();
    if (!lines.isEmpty() && lines.get(0).startsWith(FORMAT) && !lines.get(0).startsWith(HEADER)) {
      throw new IllegalArgumentException(
          name + " begins with " + lines.get(0) + ", a later format; this version reads format 1");
    }
    return new JournalRecording(name, lines);
  }

  /** What messages call it. */
  public String name() {
    return name;
  }

  /** Whether it is made of JSON lines, not of text. */
  public boolean isJson() {
    return !lines.isEmpty() && lines.get(0).startsWith(HEADER);
  }

  /** The first difference between this and a journal; null if the journal repeats it. */
  public @Nullable JournalDifference differenceTo(Journal journal) {
    List<String> now = (isJson() ? journal.toJsonLines() : journal.toText()).lines().toList();
    int at = 0;
    while (at < lines.size() && at < now.size() && lines.get(at).equals(now.get(at))) {
      at++;
    }
    return at == lines.size() && at == now.size()
        ? null
        : new JournalDifference(name, lines, now, at);
  }

  @Override
  public String toString() {
    return "recording " + name + ", " + lines.size() + " lines";
  }
}
