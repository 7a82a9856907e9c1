// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import dev.ringside.packet.Packet;

/**
 * Where a receiver puts what it receives. Places are counted from the first byte that the
 * connection carries, which is 0.
 *
 * <pre>{@code
 * TcpReceiver receiver = new TcpReceiver(world, link, sink, config, initialSequence);
 * }</pre>
 */
public interface TcpSink {

  /**
   * Bytes have come that were not there before; perhaps not yet those before them.
   *
   * @param place where the first of them belongs
   * @param segment has them in its payload
   * @param skip how many bytes of the payload are before them
   * @param count how many there are
   */
  void take(int place, Packet segment, int skip, int count);

  /** All bytes before this place are there. */
  void advanced(int place);

  /** The sender has given the connection up. */
  void reset(String why);
}
