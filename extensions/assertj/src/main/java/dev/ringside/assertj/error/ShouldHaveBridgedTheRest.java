// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.monitor.MonitoredCard.Rest;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Not all that a monitor did not take has left through the bridge: tells how much has, card by
 * card, and where a packet was lost.
 *
 * <pre>{@code
 * Expecting monitor ids of tcp port 80
 *   to have left the rest to the bridge, which has sent all of it
 *   but there are
 *     p0: 5 packets, of which p0-p1 has sent 4 and 0 wait
 * }</pre>
 */
public final class ShouldHaveBridgedTheRest extends Failure {

  /** Says it. */
  public ShouldHaveBridgedTheRest(String subject, List<Rest> rest, Evidence evidence) {
    super("all bridged", lines(rest), text(subject, rest, evidence));
  }

  private static FailureText text(String subject, List<Rest> rest, Evidence evidence) {
    FailureText text =
        FailureText.expecting(subject)
            .to("have left the rest to the bridge, which has sent all of it")
            .but("there are")
            .items(lines(rest));
    for (Rest one : rest) {
      Trace way = lostOf(one, evidence);
      if (way != null && way.last() != null) {
        text.line("packet #" + way.packetId() + " " + Way.end(way.last())).way(way);
        break;
      }
    }
    return text.end(evidence);
  }

  /** The way of a packet that this card, or the bridge behind it, has lost. */
  private static @Nullable Trace lostOf(Rest rest, Evidence evidence) {
    for (String place :
        List.of(rest.card(), rest.bridge() + "/forward", rest.bridge() + "/backward")) {
      Trace way = evidence.wayOfDropped(place, DropReason::isLoss);
      if (way != null) {
        return way;
      }
    }
    return null;
  }

  private static List<String> lines(List<Rest> rest) {
    return rest.stream().map(ShouldHaveBridgedTheRest::line).toList();
  }

  private static String line(Rest rest) {
    String what = rest.card() + ": " + FailureText.count(rest.offered(), "packet");
    return rest.bridge().isEmpty()
        ? what + ", and it is part of no bridge; make one with host.bridge(near, far)"
        : what
            + ", of which "
            + rest.bridge()
            + " has sent "
            + rest.bridged()
            + " and "
            + rest.waiting()
            + (rest.waiting() == 1 ? " waits" : " wait");
  }
}
