// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

/**
 * Is told when a NIC has become usable or unusable, and when a function was released.
 *
 * <pre>{@code
 * nic.setListener(host);
 * }</pre>
 */
public interface NicListener {

  /** Failure, repair, link up or down. */
  void stateChanged(PhysicalNic nic);

  /** A virtual function is free again. */
  void functionReleased(PhysicalNic nic);

  /** The NIC turned its transmitter on or off: the far end sees the link go up or down. */
  void signalChanged(PhysicalNic nic, boolean on);

  /** It is about to become active: from then on it takes packets. */
  void activating(PhysicalNic nic);

  /** It takes packets no longer. */
  void deactivated(PhysicalNic nic);
}
