// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.trace.Hop;
import dev.ringside.trace.Trace;
import java.util.List;

/**
 * A packet has not gone the way that was wanted: tells how it ended, and its whole way.
 *
 * <pre>{@code
 * Expecting packet #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
 *   to reach STACK web
 *   but it was dropped at RECEIVE_RING p0/rx3, RING_FULL: ring p0/rx3 has 256 of 256 slots in use
 * }</pre>
 */
public final class ShouldHaveWay extends Failure {

  /** Says it. */
  public ShouldHaveWay(String wanted, Trace trace) {
    super(wanted, way(trace), text(wanted, trace));
  }

  private static FailureText text(String wanted, Trace trace) {
    FailureText text = FailureText.expecting(subject(trace)).line(wanted);
    List<Hop> ends = trace.ends();
    if (ends.isEmpty()) {
      return text.but("nothing is known of its way; is tracing off?").end(Evidence.of(trace));
    }
    if (ends.size() == 1) {
      text.but("it " + Way.end(ends.get(0)));
    } else {
      text.but("it and its copies ended so");
      for (Hop end : ends) {
        text.item("#" + end.packet().id() + " " + Way.end(end));
      }
    }
    return text.way(trace).end(Evidence.of(trace));
  }

  private static String subject(Trace trace) {
    for (Hop hop : trace.hops()) {
      if (hop.packet().id() == trace.packetId()) {
        return "packet " + hop.packet();
      }
    }
    return "packet #" + trace.packetId();
  }

  private static List<String> way(Trace trace) {
    return trace.hops().stream().map(Hop::toString).toList();
  }
}
