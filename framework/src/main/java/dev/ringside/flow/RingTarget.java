// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.packet.PacketSink;

/**
 * A ring that is none of the numbered ones of the table's owner, such as a standby ring or that of
 * a monitor.
 *
 * <p>The owner of a table must know it before an entry may lead to it. The packet is handed over as
 * to any other device: the target answers for its fate, in an account of its own, also when it is
 * full.
 *
 * <pre>{@code
 * card.classifier().addTarget(standbyRing);
 * card.classifier().steering().insert(tcp().syn().to(web), Destination.ring(standbyRing));
 * }</pre>
 */
public interface RingTarget extends PacketSink {

  /** The name, unique on its card, such as p0/standby0. */
  String name();
}
