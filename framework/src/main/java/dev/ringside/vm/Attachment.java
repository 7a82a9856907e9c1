// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.vm;

import dev.ringside.aggregate.VirtualLinkAggregator;
import dev.ringside.packet.PacketSink;
import dev.ringside.virt.Vnic;
import org.jspecify.annotations.Nullable;

/**
 * How a virtual machine is attached to its host: its virtual NIC, seen from the guest.
 *
 * <pre>{@code
 * attachment.accept(packet); // the guest sends
 * }</pre>
 */
public interface Attachment extends PacketSink {

  /** The host that it is on. */
  String hostName();

  /** Its virtual NIC. */
  Vnic vnic();

  /** The NIC whose virtual function it has, null while it goes through the virtual switch. */
  @Nullable String directAccessThrough();

  /** Whether it has a virtual function of this NIC. */
  default boolean hasDirectAccessThrough(String pnic) {
    return pnic.equals(directAccessThrough());
  }

  /** Spreads its connections over several virtual functions, null where it has one at most. */
  default @Nullable VirtualLinkAggregator aggregator() {
    return null;
  }

  /** The guest takes packets again. */
  void guestReady();
}
