// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

/**
 * A NIC that reads from transmit buffers, as their pool sees it.
 *
 * <pre>{@code
 * buffers.addNic(nic, 1);
 * }</pre>
 */
public interface TransmitNic {

  /** The name, unique in its host. */
  String name();

  /** Whether it can send now. */
  boolean isAvailable();
}
