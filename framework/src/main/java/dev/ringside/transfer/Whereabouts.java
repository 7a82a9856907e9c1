// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import dev.ringside.packet.Endpoint;
import dev.ringside.virt.Channel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the nodes of paths are, as the owner of the topology knows it.
 *
 * <pre>{@code
 * Transfers transfers = new Transfers(world, whereabouts);
 * }</pre>
 *
 * <p>Asked within operations of the lab, which guard it.
 */
public interface Whereabouts {

  /** Changes with every change of a place, a link or an interconnect. */
  long version();

  /** Calls this after every change, within the operation that has made it. */
  void onChange(Runnable listener);

  /**
   * The media on the way from one node to the next, as the tables say; the same in both directions.
   * A node that is in no table is on the standard network if that can be reached.
   *
   * @return none if there is no way
   */
  Set<Media> media(Endpoint from, Endpoint to);

  /**
   * Whether bytes that are put onto these media come out at the next node: false where the tables
   * are behind what has happened. Asked about memory and interconnect only; frames find out.
   */
  boolean leadTo(Set<Media> media, Endpoint from, Endpoint to);

  /**
   * The hypervisor's channel that whatever stays in the host has to pass; null if there is none.
   */
  default @Nullable Channel channel(Endpoint from, Endpoint to) {
    return null;
  }
}
