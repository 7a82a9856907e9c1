// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import dev.ringside.trace.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * A queue of packets, of which the first may have to wait for a receiver; those behind it wait with
 * it.
 *
 * <pre>{@code
 * if (!receiver.takes(first, queue)) {
 *   queue.waiter(); // what it waits for, if it is memory; null if the receiver is busy
 * }
 * }</pre>
 */
public interface PacketQueue {

  /** The name, such as p0/vf0/rx0. */
  String name();

  /** The request of its first packet, also after it has ended; null if it never waited. */
  @Nullable Waiter waiter();

  /** Its first packet waits from now on. */
  void waitsAs(Waiter waiter);

  /** The receiver may take packets again: serves as many as it takes. */
  void receiverReady();

  /** Its first packet waits in vain: it is dropped, and those behind it are not served yet. */
  void discardFirst(DropReason reason, String why);
}
