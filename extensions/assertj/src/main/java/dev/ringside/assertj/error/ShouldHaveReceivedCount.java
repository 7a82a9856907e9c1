// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.packet.Endpoint;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Trace;

/**
 * Not as many packets have arrived as was wanted: tells which have, and where one that is missing
 * was lost.
 *
 * <pre>{@code
 * Expecting VM web
 *   to have received 3 packets
 *   but it has received 1
 *     #2 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
 * }</pre>
 */
public final class ShouldHaveReceivedCount extends Failure {

  /** Says it. */
  public ShouldHaveReceivedCount(Arrivals arrivals, int wanted) {
    super(wanted, arrivals.packets().size(), text(arrivals, wanted));
  }

  private static FailureText text(Arrivals arrivals, int wanted) {
    int found = arrivals.packets().size();
    FailureText text =
        FailureText.expecting(arrivals.receiver())
            .to("have received " + FailureText.count(wanted, "packet"))
            .but("it has received " + (found == 0 ? "nothing" : found))
            .items(arrivals.packets());
    Endpoint endpoint = arrivals.endpoint();
    if (found < wanted && endpoint != null) {
      long mac = endpoint.mac().bits();
      Trace way =
          arrivals
              .evidence()
              .wayOf(packet -> packet.destinationMacBits() == mac, endpoint, arrivals.packets());
      Hop end = way == null ? null : way.last();
      if (way != null && end != null) {
        text.line("while a packet for it, #" + way.packetId() + ", " + Way.end(end)).way(way);
      }
    }
    return text.end(arrivals.evidence());
  }
}
