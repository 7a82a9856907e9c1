// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorRing;
import dev.ringside.trace.Trace;

/**
 * A monitor has captured more or fewer packets than was wanted: tells what waits in its rings and
 * what they have lost.
 *
 * <pre>{@code
 * Expecting monitor ids of tcp port 80
 *   to have captured 3 packets
 *   but it has captured 1
 *   ring p0/ids has 0 of 512 slots in use, user memory has 1 of 64 slots in use
 * }</pre>
 */
public final class ShouldHaveCaptured extends Failure {

  /** Says it. */
  public ShouldHaveCaptured(String subject, Monitor monitor, long wanted, Evidence evidence) {
    super(wanted, monitor.capturedInAll(), text(subject, monitor, wanted, evidence));
  }

  private static FailureText text(String subject, Monitor monitor, long wanted, Evidence evidence) {
    FailureText text =
        FailureText.expecting(subject)
            .to("have captured " + FailureText.count(wanted, "packet"))
            .but("it has captured " + monitor.capturedInAll());
    for (MonitorRing ring : monitor.rings()) {
      text.line(ring + lost(ring));
    }
    for (MonitorRing ring : monitor.rings()) {
      Trace way = evidence.wayOfDropped(ring.name(), reason -> true);
      if (way != null && way.last() != null) {
        text.line("packet #" + way.packetId() + " " + Way.end(way.last())).way(way);
        break;
      }
    }
    return text.end(evidence);
  }

  private static String lost(MonitorRing ring) {
    return ring.droppedFull() == 0 ? "" : "; it has lost " + ring.droppedFull();
  }
}
