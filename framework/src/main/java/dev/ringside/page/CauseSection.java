// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import dev.ringside.Lab;
import dev.ringside.trace.Account;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import java.util.List;

/** The top of a page: where it went wrong, what was said, what was wanted, how to have it again. */
final class CauseSection {

  /** A failed data center needs no list. */
  private static final int MAX_FAULTS = 8;

  private final Html html;
  private final Lab lab;
  private final TestFailure failure;
  private final Suspect suspect;

  CauseSection(Html html, Lab lab, TestFailure failure, Suspect suspect) {
    this.html = html;
    this.lab = lab;
    this.failure = failure;
    this.suspect = suspect;
  }

  void write() {
    html.raw("<section class=\"card\" id=\"cause\">\n");
    writeWhere();
    html.lines("wrap", failure.head());
    String line = failure.line();
    if (!line.isEmpty()) {
      html.raw("<p class=\"soft\">at ").element("code", "", line).raw("</p>\n");
    }
    html.raw("</section>\n");
    writePair();
    if (!suspect.blamesFaults() && !suspect.faults().isEmpty()) {
      html.raw("<p><b>Out of order at the end:</b> ");
      html.text(suspect.faults().text(MAX_FAULTS)).raw("</p>\n");
    }
    writeReplay();
  }

  private void writeWhere() {
    Hop drop = suspect.drop();
    JournalEntry end = suspect.packetEnd();
    if (suspect.blamesFaults()) {
      html.raw("<p class=\"where\">").text(suspect.faults().text(MAX_FAULTS)).raw("</p>\n");
    }
    if (drop != null && drop.reason() != null && end != null) {
      html.raw(suspect.blamesFaults() ? "<p><b>" : "<p class=\"where\"><b>")
          .raw("Packet #")
          .raw(Long.toString(drop.packet().id()));
      html.raw(" was dropped at ").text(place(drop)).raw(": ");
      html.element("span", "bad", drop.reason().name()).raw("</b></p>\n<p>");
      html.text(Words.meaning(drop.reason()));
      if (!drop.detail().isBlank()) {
        html.raw(" (").text(drop.detail().strip()).raw(")");
      }
      html.raw(" <span class=\"soft\">at ").raw(Words.nanos(end.nanos())).raw("</span></p>\n");
    } else if (!suspect.named().isEmpty()) {
      List<String> marks = suspect.marks();
      String parts = marks.isEmpty() ? names(suspect.named()) : String.join(", ", marks);
      html.raw("<p class=\"where\">Look at ").text(parts).raw("</p>\n");
    }
  }

  static String place(Hop hop) {
    return Words.kind(hop.stage(), hop.place()) + hop.place();
  }

  private static String names(List<Account> accounts) {
    StringBuilder text = new StringBuilder();
    for (Account account : accounts) {
      text.append(text.isEmpty() ? "" : ", ");
      text.append(Words.kind(account.stage(), account.name())).append(account.name());
    }
    return text.toString();
  }

  private void writePair() {
    if (failure.expected() == null || failure.actual() == null) {
      return;
    }
    html.raw("<section class=\"pair\" id=\"pair\">\n<div>").element("h3", "good", "Expected");
    html.lines("wrap", TestFailure.shortened(failure.expected()))
        .raw("</div>\n<div>")
        .element("h3", "bad", "Actual");
    String actual = TestFailure.shortened(failure.actual());
    html.lines("wrap", actual.isEmpty() ? "(nothing)" : actual);
    html.raw("</div>\n</section>\n");
  }

  private void writeReplay() {
    String seed = lab.seed().toString();
    html.raw("<p class=\"replay\"><b>Replay</b> with ");
    html.element("code", "", "@LabSeed(" + seed + "L)").raw(" or ");
    html.element("code", "", "-Dringside.seed=" + seed).raw("</p>\n");
  }
}
