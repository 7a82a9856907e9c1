// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived at a receiver, for the messages about it.
 *
 * <pre>{@code
 * new Arrivals("VM web", web.received(), web, Evidence.of(world))
 * }</pre>
 *
 * @param receiver the receiver's kind and name
 * @param packets what has arrived, oldest first
 * @param endpoint the receiver's addresses, null if they are not known
 * @param evidence what else is known
 */
public record Arrivals(
    String receiver, List<Packet> packets, @Nullable Endpoint endpoint, Evidence evidence) {

  /** Copies the packets. */
  public Arrivals {
    packets = List.copyOf(packets);
  }

  /** The packets that are like this. */
  public List<Packet> like(PacketSpec spec) {
    return packets.stream().filter(spec::matches).toList();
  }

  /** A line for each packet. */
  List<String> lines() {
    return packets.stream().map(Packet::toString).toList();
  }
}
