// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

/**
 * What a sender sends, and whom it tells how far it is. Places are counted from the first byte that
 * this connection carries, which is 0.
 *
 * <pre>{@code
 * TcpSender sender = new TcpSender(world, link, source, config, initialSequence);
 * }</pre>
 */
public interface TcpSource {

  /** The array that the bytes are in. */
  byte[] bytes();

  /** Where in the array byte 0 of the connection is. */
  int base();

  /** Up to which place bytes are there by now. */
  int available();

  /** How many bytes there will be. */
  int size();

  /** Whether a segment may be begun that was never sent before. */
  boolean mayBegin();

  /** A segment has left. */
  void sent(int bytes, boolean again);

  /** All bytes before this place have arrived. */
  void acknowledged(int place);

  /** All bytes that there will be have arrived. */
  void completed();

  /** The connection is no more, and not all bytes have been acknowledged. */
  void failed(String why);
}
