// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import dev.ringside.Lab;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.trace.Account;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.wire.Cable;
import java.util.ArrayList;
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
    writeFaults();
    writeReplay();
  }

  private void writeWhere() {
    Hop drop = suspect.drop();
    JournalEntry end = suspect.packetEnd();
    if (drop != null && drop.reason() != null && end != null) {
      html.raw("<p class=\"where\">Packet #").raw(Long.toString(drop.packet().id()));
      html.raw(" was dropped at ").text(place(drop)).raw(": ");
      html.element("span", "bad", drop.reason().name()).raw("</p>\n<p>");
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
    return Words.stage(hop.stage()) + " " + hop.place();
  }

  private static String names(List<Account> accounts) {
    StringBuilder text = new StringBuilder();
    for (Account account : accounts) {
      text.append(text.isEmpty() ? "" : ", ").append(Words.stage(account.stage()));
      text.append(' ').append(account.name());
    }
    return text.toString();
  }

  private void writePair() {
    if (failure.expected() == null || failure.actual() == null) {
      return;
    }
    html.raw("<section class=\"pair\" id=\"pair\">\n<div>").element("h3", "good", "Expected");
    html.lines("wrap", failure.expected()).raw("</div>\n<div>").element("h3", "bad", "Actual");
    html.lines("wrap", failure.actual().isEmpty() ? "(nothing)" : failure.actual());
    html.raw("</div>\n</section>\n");
  }

  /** What is broken at the end, whoever has broken it. */
  private void writeFaults() {
    List<String> faults = faults();
    if (!faults.isEmpty()) {
      int shown = Math.min(MAX_FAULTS, faults.size());
      html.raw("<p><b>Out of order at the end:</b> ");
      html.text(String.join("; ", faults.subList(0, shown)));
      html.raw(faults.size() > shown ? "; and " + (faults.size() - shown) + " more" : "");
      html.raw("</p>\n");
    }
  }

  private List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (BladeChassis chassis : lab.chassis()) {
      addFault(faults, chassis.networkInterface());
      if (chassis.interconnect().isFailed()) {
        faults.add("interconnect " + chassis.interconnect().name() + " has failed");
      }
    }
    for (Host host : lab.hosts()) {
      if (host.isFailed()) {
        faults.add("host " + host.name() + " has failed");
      }
      for (PhysicalNic nic : host.pnics()) {
        addFault(faults, nic);
      }
    }
    for (Cable cable : lab.cables()) {
      if (!cable.isUp()) {
        faults.add("cable " + cable.name() + " is unplugged");
      }
    }
    return faults;
  }

  private static void addFault(List<String> faults, PhysicalNic nic) {
    if (nic.isFailed()) {
      faults.add("PNIC " + nic.label() + " has failed");
    } else if (!nic.isLinkUp()) {
      faults.add("the link of PNIC " + nic.label() + " is down");
    }
  }

  private void writeReplay() {
    String seed = lab.seed().toString();
    html.raw("<p class=\"replay\"><b>Replay</b> with ");
    html.element("code", "", "@LabSeed(" + seed + "L)").raw(" or ");
    html.element("code", "", "-Dringside.seed=" + seed).raw("</p>\n");
  }
}
