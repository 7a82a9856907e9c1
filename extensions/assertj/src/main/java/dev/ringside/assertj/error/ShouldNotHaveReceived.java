// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.trace.Trace;
import java.util.List;

/**
 * Packets have arrived that should not have: tells which, and by which way the first came.
 *
 * <pre>{@code
 * Expecting VM web
 *   to have received nothing
 *   but it has received
 *     #2 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
 * }</pre>
 */
public final class ShouldNotHaveReceived extends Failure {

  private ShouldNotHaveReceived(String wanted, Arrivals arrivals, List<Packet> unwanted) {
    super(
        wanted, unwanted.stream().map(Packet::toString).toList(), text(wanted, arrivals, unwanted));
  }

  /** Nothing at all was wanted. */
  public static Failure nothing(Arrivals arrivals) {
    return new ShouldNotHaveReceived("to have received nothing", arrivals, arrivals.packets());
  }

  /** Nothing was wanted but what the sentence has said already. */
  public static Failure nothingElse(Arrivals arrivals, List<Packet> others) {
    return new ShouldNotHaveReceived("to have received nothing else", arrivals, others);
  }

  /** No such packet was wanted. */
  public static Failure like(Arrivals arrivals, PacketSpec unwanted) {
    return new ShouldNotHaveReceived(
        "never to have received " + unwanted, arrivals, arrivals.like(unwanted));
  }

  private static FailureText text(String wanted, Arrivals arrivals, List<Packet> unwanted) {
    FailureText text =
        FailureText.expecting(arrivals.receiver())
            .line(wanted)
            .but("it has received")
            .items(unwanted);
    Packet first = unwanted.get(0);
    Trace way = arrivals.evidence().wayOf(packet -> packet.id() == first.id(), null, List.of());
    return (way == null ? text : text.way(way)).end(arrivals.evidence());
  }
}
