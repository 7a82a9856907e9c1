// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

/**
 * The memory that a packet takes up until whoever has received it is done with it.
 *
 * <pre>{@code
 * memory.free(packet.length());
 * }</pre>
 */
@FunctionalInterface
public interface PacketMemory {

  /** So many bytes are in use no longer. Within an operation of the lab. */
  void free(long bytes);
}
