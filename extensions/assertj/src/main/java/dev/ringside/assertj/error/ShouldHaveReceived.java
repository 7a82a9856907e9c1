// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * A packet that was wanted has not arrived: tells which of those that have comes nearest, and where
 * such a packet went instead.
 *
 * <pre>{@code
 * Expecting VM web
 *   to have received udp port 53
 *   but the packet that it has received is not like that
 *     #8 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes
 *       destination port: expected 53, was 54
 * }</pre>
 */
public final class ShouldHaveReceived extends Failure {

  /** One such packet at least was wanted, and there is none. */
  public ShouldHaveReceived(Arrivals arrivals, PacketSpec wanted) {
    super(wanted.toString(), arrivals.lines(), text(arrivals, wanted, wanted.toString(), 0));
  }

  /** So many such packets were wanted, and there are more or fewer. */
  public ShouldHaveReceived(Arrivals arrivals, PacketSpec wanted, int times) {
    super(
        FailureText.count(times, "packet") + " like " + wanted,
        arrivals.lines(),
        text(
            arrivals,
            wanted,
            FailureText.count(times, "packet") + " like " + wanted,
            arrivals.like(wanted).size()));
  }

  private static FailureText text(
      Arrivals arrivals, PacketSpec wanted, String sentence, int found) {
    FailureText text = FailureText.expecting(arrivals.receiver()).to("have received " + sentence);
    if (arrivals.packets().isEmpty()) {
      text.but("it has received nothing");
    } else if (found == 0) {
      tellNearest(text, arrivals, wanted);
    } else {
      text.but("it has received " + found).items(arrivals.like(wanted));
      tellNearestOther(text, arrivals, wanted);
    }
    return elsewhere(text, arrivals, wanted).end(arrivals.evidence());
  }

  private static void tellNearest(FailureText text, Arrivals arrivals, PacketSpec wanted) {
    List<Packet> others = new ArrayList<>(arrivals.packets());
    Packet nearest = NearestMiss.among(others, wanted);
    others.remove(nearest);
    text.but(
        others.isEmpty()
            ? "the packet that it has received is not like that"
            : "none of the "
                + arrivals.packets().size()
                + " packets that it has received is like that; nearest is");
    text.item(nearest).mismatches(wanted.mismatches(nearest));
    if (!others.isEmpty()) {
      text.line("and there are").items(others);
    }
  }

  private static void tellNearestOther(FailureText text, Arrivals arrivals, PacketSpec wanted) {
    List<Packet> others = new ArrayList<>(arrivals.packets());
    others.removeIf(wanted::matches);
    if (!others.isEmpty()) {
      Packet nearest = NearestMiss.among(others, wanted);
      text.line("of the others the nearest is");
      text.item(nearest).mismatches(wanted.mismatches(nearest));
    }
  }

  private static FailureText elsewhere(FailureText text, Arrivals arrivals, PacketSpec wanted) {
    Trace way = arrivals.evidence().wayOf(wanted::matches, arrivals.endpoint(), arrivals.packets());
    Hop end = way == null ? null : way.last();
    return way == null || end == null
        ? text
        : text.line("while such a packet, #" + way.packetId() + ", " + Way.end(end)).way(way);
  }
}
