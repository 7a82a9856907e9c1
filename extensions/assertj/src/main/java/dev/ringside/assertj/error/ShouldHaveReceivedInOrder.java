// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.packet.PacketSpec;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * Packets have not arrived in the order that was wanted: tells up to where they have.
 *
 * <pre>{@code
 * Expecting VM web
 *   to have received in this order
 *     udp port 53
 *     udp port 54  <- not after that
 *   but it has received
 *     #2 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
 * }</pre>
 */
public final class ShouldHaveReceivedInOrder extends Failure {

  /**
   * Says it.
   *
   * @param found how many of the packets that were wanted were found, from the first on
   */
  public ShouldHaveReceivedInOrder(Arrivals arrivals, List<PacketSpec> wanted, int found) {
    super(
        wanted.stream().map(PacketSpec::toString).toList(),
        arrivals.lines(),
        text(arrivals, wanted, found));
  }

  private static FailureText text(Arrivals arrivals, List<PacketSpec> wanted, int found) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      lines.add(wanted.get(i) + (i == found ? "  <- not after that" : ""));
    }
    FailureText text =
        FailureText.expecting(arrivals.receiver())
            .to("have received in this order")
            .items(lines)
            .but("it has received" + (arrivals.packets().isEmpty() ? " nothing" : ""))
            .items(arrivals.packets());
    Trace way =
        arrivals
            .evidence()
            .wayOf(wanted.get(found)::matches, arrivals.endpoint(), arrivals.packets());
    Hop end = way == null ? null : way.last();
    if (way != null && end != null) {
      text.line("while such a packet, #" + way.packetId() + ", " + Way.end(end)).way(way);
    }
    return text.end(arrivals.evidence());
  }
}
