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

  private static final int WIDTH = 96;

  private final StringBuilder text = new StringBuilder();

  /** A line by itself. */
  Story line(String line) {
    text.append(line).append('\n');
    return this;
  }

  /** A part with a heading. */
  Story part(String heading, String body) {
    text.append("\n-- ").append(heading).append(' ');
    text.append("-".repeat(WIDTH - heading.length() - 4)).append('\n');
    body.lines().forEach(this::line);
    return this;
  }

  Story topology(Lab lab) {
    return part("Topology", Inspect.topology(lab.hosts()));
  }

  Story counters(String when, Host host) {
    return part("Counters " + when, Inspect.links(host));
  }

  /** The events; not the settings, and not each packet's hops. */
  Story events(Lab lab) {
    StringBuilder events = new StringBuilder();
    for (JournalEntry entry : lab.journal().entries()) {
      if (entry.event() != null && entry.event().kind() != EventKind.CONFIGURED) {
        String detail = entry.detail().isEmpty() ? "" : " (" + entry.detail() + ")";
        double seconds = entry.nanos() / 1e9;
        events.append(String.format(Locale.ROOT, "%.6f s  %s%s%n", seconds, entry.event(), detail));
      }
    }
    return part("Events", events.toString());
  }

  Story fates(Lab lab) {
    return part("Fates of packets", Inspect.fates(lab.ledger()));
  }

  void print() {
    System.out.print(text);
    text.setLength(0);
  }
}
