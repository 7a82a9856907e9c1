// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import dev.ringside.Lab;
import dev.ringside.inspect.Inspect;
import dev.ringside.inspect.Picture;
import dev.ringside.trace.JournalEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The page about a failed test: one HTML file that needs no network, no script and no other file.
 * It begins with where it went wrong; then come the lab as a picture with that part pointed out,
 * the last events, the way of the packet in question, drops with their reasons, counters, and what
 * else is known. It can be read at a width of 400 pixels, in light and in dark.
 *
 * <pre>{@code
 * String page = FailurePage.of(lab, TestFailure.of("FailoverTest.follows", thrown), List.of());
 * Files.writeString(Path.of("target/failure.html"), page);
 * }</pre>
 *
 * <p>What it points at is the packet that the failure tells of and the device that dropped it; else
 * the devices that the first paragraph of the message names; else the last loss that nobody
 * expected. Names, payloads and messages stay text, whatever they contain, and the page forbids
 * itself by a content security policy what it does not need.
 */
public final class FailurePage {

  /** As much of the journal as one reads; the whole of it is in a file. */
  private static final int MAX_ENTRIES = 200;

  /** Fewer than these are no story. */
  private static final int FEW_STEPS = 6;

  private final Lab lab;
  private final TestFailure failure;
  private final List<String> files;
  private final Suspect suspect;
  private final List<JournalEntry> entries;
  private final Html html = new Html();

  private FailurePage(Lab lab, TestFailure failure, List<String> files) {
    this.lab = lab;
    this.failure = failure;
    this.files = files;
    this.suspect = new Suspect(lab, failure);
    this.entries = lab.journal().entries();
  }

  /**
   * Writes the page.
   *
   * @param files the names of files beside the page that it is to refer to
   * @return the text of an HTML file, to be encoded in UTF-8
   */
  public static String of(Lab lab, TestFailure failure, List<String> files) {
    synchronized (lab.world()) {
      return new FailurePage(lab, failure, files).write();
    }
  }

  private String write() {
    String[] name = splitName();
    html.raw(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
        style-src 'unsafe-inline'; img-src data:">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="data:,">
        <title>""");
    html.text("failed: " + name[1]).raw("</title>\n<style>\n").raw(PageStyle.CSS);
    html.raw("</style>\n</head>\n<body>\n<header>\n");
    html.element("div", "soft mono", name[0]).raw("\n<h1><b>Failed:</b> ");
    html.text(name[1]).raw("</h1>\n</header>\n<main>\n");
    new CauseSection(html, lab, failure, suspect).write();
    List<JournalEntry> way = way();
    html.raw("<div class=\"two\">\n<div>\n");
    CountersSection counters = new CountersSection(html, lab, suspect);
    writeLab();
    counters.writeDrops();
    html.raw("</div>\n<div>\n");
    writeLastEvents(way);
    new WalkSection(html, suspect).write(way);
    html.raw("</div>\n</div>\n");
    counters.writeCounters();
    writeRest();
    return html.raw("</main>\n</body>\n</html>\n").toString();
  }

  /** Package and class, then what a developer calls the test. */
  private String[] splitName() {
    String test = failure.test();
    int method = test.lastIndexOf('.');
    int type = Math.max(test.lastIndexOf('.', method - 1), test.lastIndexOf('$'));
    boolean named = method > 0 && type > 0 && type < method;
    return named
        ? new String[] {test.substring(0, type), test.substring(type + 1)}
        : new String[] {"", test};
  }

  private List<JournalEntry> way() {
    JournalEntry end = suspect.packetEnd();
    if (end == null || end.hop() == null) {
      return List.of();
    }
    long id = end.hop().packet().id();
    return lab.journal().trace(end.hop().packet()).lineOf(id).entries();
  }

  private void writeLab() {
    html.heading("lab", "The lab as it was at " + Words.nanos(lab.elapsed().toNanos()));
    html.raw("<figure><div>").raw(Picture.of(lab, suspect.marks())).raw("</div>\n");
    List<String> marks = suspect.marks();
    html.element(
        "figcaption",
        "",
        marks.isEmpty()
            ? "The failure names no part of the lab. Dashed is what has failed or is down."
            : "Pointed out (!): "
                + String.join(", ", marks)
                + ". Dashed is what has failed or is down.");
    html.raw("</figure>\n");
  }

  private void writeLastEvents(List<JournalEntry> way) {
    SequenceDiagram diagram = LastEvents.of(around(way), suspect);
    if (diagram.steps().isEmpty()) {
      return;
    }
    html.heading("events", "The last events");
    html.raw("<figure><div tabindex=\"0\">").raw(Diagrams.draw(diagram)).raw("</div></figure>\n");
  }

  /**
   * The way of the packet in question and the events up to its end. If that is little, what became
   * of all packets until then: perhaps one is missing that another one waited for.
   */
  private List<JournalEntry> around(List<JournalEntry> way) {
    int last = entries.size();
    if (!way.isEmpty() && suspect.isPacketTold()) {
      long end = way.get(way.size() - 1).number();
      while (last > 0 && entries.get(last - 1).number() > end) {
        last--;
      }
    }
    List<JournalEntry> until = entries.subList(Math.min(firstOfTest(), last), last);
    List<JournalEntry> around = new ArrayList<>(way);
    for (JournalEntry entry : until) {
      if (entry.event() != null) {
        around.add(entry);
      }
    }
    around.sort(Comparator.comparingLong(JournalEntry::number));
    return around.size() < FEW_STEPS ? until : around;
  }

  private int firstOfTest() {
    int first = 0;
    while (first < entries.size() && entries.get(first).number() < failure.began()) {
      first++;
    }
    return first;
  }

  private void writeRest() {
    html.heading("more", "More");
    html.folded("The whole message and the stack trace", "", failure.stackTrace());
    html.folded(journalTitle(), "", journal());
    html.folded("The tables of all devices", "", Inspect.lab(lab));
    if (!files.isEmpty()) {
      html.raw("<p>Beside this page: ");
      for (int i = 0; i < files.size(); i++) {
        html.raw(i == 0 ? "" : ", ").link(files.get(i), files.get(i));
      }
      html.raw("</p>\n");
    }
    html.raw("<p class=\"soft\">seed ").text(lab.seed().toString()).raw(", virtual time ");
    html.raw(Words.nanos(lab.elapsed().toNanos())).raw(", ");
    html.raw(Words.number(entries.size() + lab.journal().forgotten()));
    html.raw(" journal entries</p>\n");
  }

  private String journalTitle() {
    long all = entries.size() + lab.journal().forgotten();
    return all > MAX_ENTRIES
        ? "The last " + MAX_ENTRIES + " of " + Words.number(all) + " entries of the journal"
        : "The journal";
  }

  private String journal() {
    StringBuilder text = new StringBuilder();
    int first = Math.max(0, entries.size() - MAX_ENTRIES);
    for (JournalEntry entry : entries.subList(first, entries.size())) {
      text.append(entry).append('\n');
    }
    return text.toString();
  }
}
