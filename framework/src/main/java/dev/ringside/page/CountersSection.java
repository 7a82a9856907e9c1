// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import dev.ringside.Lab;
import dev.ringside.trace.Account;
import dev.ringside.trace.Balance;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Ledger;
import java.util.ArrayList;
import java.util.List;

/** What became of the packets: in all, where they were dropped and why, and device by device. */
final class CountersSection {

  private static final int MAX_ROWS = 200;

  private final Html html;
  private final Ledger ledger;
  private final Suspect suspect;

  CountersSection(Html html, Lab lab, Suspect suspect) {
    this.html = html;
    this.ledger = lab.ledger();
    this.suspect = suspect;
  }

  void writeCounters() {
    Balance balance = ledger.balance();
    html.heading("counters", "Counters");
    html.raw("<p>injected ").raw(Words.number(balance.injected()));
    html.raw(" + cloned ").raw(Words.number(balance.cloned()));
    html.raw(" = delivered ").raw(Words.number(balance.delivered()));
    html.raw(" + dropped ").raw(Words.number(balance.dropped()));
    html.raw(" + live ").raw(Words.number(balance.live())).raw("</p>\n");
    for (String violation : balance.violations()) {
      html.element("p", "bad", violation).raw("\n");
    }
    writeDevices();
  }

  void writeDrops() {
    html.heading("drops", "Drops");
    if (ledger.dropped() == 0) {
      html.raw("<p>No packet was dropped.</p>\n");
      return;
    }
    html.raw("<table><tr><th class=\"n\">packets</th><th>where</th><th>why</th></tr>\n");
    int rows = 0;
    for (boolean lossesFirst : new boolean[] {true, false}) {
      for (Account account : ledger.accounts()) {
        if (account.dropped() > 0) {
          for (DropReason reason : DropReason.values()) {
            boolean wanted = isUnexpected(account, reason) == lossesFirst;
            if (account.dropped(reason) > 0 && wanted && rows++ < MAX_ROWS) {
              writeDrop(account, reason);
            }
          }
        }
      }
    }
    html.raw("</table>\n");
    writeRest(rows);
  }

  private boolean isUnexpected(Account account, DropReason reason) {
    return !account.expectsDrops(reason) && !ledger.expectsDrops(reason);
  }

  private void writeDrop(Account account, DropReason reason) {
    boolean bad = isUnexpected(account, reason);
    html.raw("<tr><td class=\"n\">").raw(Words.number(account.dropped(reason))).raw("</td><td>");
    writeName(account);
    html.raw("</td><td>").element("b", bad ? "bad" : "soft", reason.name());
    html.raw(" <span class=\"soft\">").text(Words.meaning(reason));
    if (!bad) {
      html.raw(reason.isLoss() ? "; expected" : "; no loss");
    }
    html.raw("</span></td></tr>\n");
  }

  private void writeName(Account account) {
    boolean marked = suspect.isMarked(account.stage(), account.name());
    html.element("span", "soft", Words.kind(account.stage(), account.name()));
    html.element("b", marked ? "bad" : "", account.name());
    html.raw(marked ? " <span class=\"bad\">&#9668;</span>" : "");
  }

  private void writeRest(int rows) {
    if (rows > MAX_ROWS) {
      html.raw("<p class=\"soft\">... and ").raw(Integer.toString(rows - MAX_ROWS));
      html.raw(" more</p>\n");
    }
  }

  private void writeDevices() {
    List<String> idle = new ArrayList<>();
    int rows = 0;
    html.raw("<table><tr><th>device</th><th>packets</th></tr>\n");
    for (Account account : ledger.accounts()) {
      String counters = counters(account);
      if (counters.isEmpty()) {
        idle.add(Words.kind(account.stage(), account.name()) + account.name());
      } else if (rows++ < MAX_ROWS) {
        html.raw("<tr><td>");
        writeName(account);
        html.raw("</td><td>").text(counters).raw("</td></tr>\n");
      }
    }
    html.raw("</table>\n");
    writeRest(rows);
    if (!idle.isEmpty()) {
      String devices = idle.size() == 1 ? "1 device has" : idle.size() + " devices have";
      html.folded(devices + " seen no packet", "wrap", String.join(", ", idle));
    }
  }

  private static String counters(Account account) {
    StringBuilder text = new StringBuilder();
    append(text, "created", account.created());
    append(text, "received", account.received());
    append(text, "cloned", account.cloned());
    append(text, "sent", account.sent());
    append(text, "delivered", account.delivered());
    append(text, "dropped", account.dropped());
    append(text, "live", account.live());
    return text.toString();
  }

  private static void append(StringBuilder text, String what, long count) {
    if (count != 0) {
      text.append(text.isEmpty() ? "" : ", ").append(what).append(' ').append(Words.number(count));
    }
  }
}
