// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package example;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.inspect.Inspect;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.JournalEntry;
import java.util.Locale;

/** What the example tells on the console. */
final class Story {

  private static final int WIDTH = 92;

  private final StringBuilder text = new StringBuilder();

  Story title(String title) {
    text.append(title).append('\n');
    return this;
  }

  private Story part(String heading, String body) {
    text.append("\n-- ").append(heading).append(' ');
    text.append("-".repeat(WIDTH - heading.length() - 4)).append('\n');
    text.append(body.stripTrailing()).append('\n');
    return this;
  }

  Story topology(Lab lab) {
    return part("Topology", Inspect.topology(lab.hosts()));
  }

  Story counters(String when, Host host) {
    return part("Counters " + when + " the failure", Inspect.links(host));
  }

  /** The events; not the settings, and not each packet's hops. */
  Story events(Lab lab) {
    StringBuilder events = new StringBuilder();
    for (JournalEntry entry : lab.journal().entries()) {
      if (entry.event() != null && entry.event().kind() != EventKind.CONFIGURED) {
        String detail = entry.detail().isEmpty() ? "" : " (" + entry.detail() + ")";
        double seconds = entry.nanos() / 1e9;
        events.append(String.format(Locale.ROOT, "%.6f s  %s%s\n", seconds, entry.event(), detail));
      }
    }
    return part("Events", events.toString());
  }

  Story fates(Lab lab, long sent, long received, long lost) {
    return part(
        "Fates of packets",
        Inspect.fates(lab.ledger())
            + "NO_MATCH and PNIC_INACTIVE: copies of broadcasts and floods that nobody there wanted.\n"
            + "Of the "
            + sent
            + " frames replayed, "
            + received
            + " reached web, and "
            + lost
            + " were in the cable of p0 when it failed.");
  }

  void result(String... lines) {
    part("Result", String.join("\n", lines)).print();
  }

  void print() {
    System.out.print(text);
    text.setLength(0);
  }
}
