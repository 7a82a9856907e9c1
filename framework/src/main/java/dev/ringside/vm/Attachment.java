// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.vm;

import dev.ringside.packet.PacketSink;
import org.jspecify.annotations.Nullable;

/**
 * How a virtual machine is attached to its host: its virtual NIC, seen from the guest.
 *
 * <pre>{@code
 * attachment.accept(packet); // the guest sends
 * }</pre>
 */
public interface Attachment extends PacketSink {

  /** The NIC whose virtual function it has, null while it goes through the virtual switch. */
  @Nullable String directAccessThrough();

  /** The guest takes packets again. */
  void guestReady();
}
