// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import org.jspecify.annotations.Nullable;

/**
 * Chooses where the buffer comes from that an application copies into and a NIC reads from; the
 * user's to plug in.
 *
 * <pre>{@code
 * TransmitBufferPolicy leastUsed = offers -> offers.least(offer -> -offer.free());
 * host.transmitBuffers().policy(leastUsed);
 * }</pre>
 *
 * <p>It is asked anew for each request, and again for one that has waited, with the locations as
 * they are then. Policies of the framework: {@link TransmitBufferPolicies}.
 */
@FunctionalInterface
public interface TransmitBufferPolicy {

  /**
   * Chooses among the nodes with free buffers and the NICs that are available.
   *
   * @param offers at least one
   * @return one of the given ones, or null to wait although there is a free buffer
   */
  @Nullable BufferOffer choose(BufferOffers offers);
}
