// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

/**
 * The kinds of places that a packet passes, in the order of the receive path.
 *
 * <pre>{@code
 * assertThat(lab.trace(packet)).passed(Stage.VIRTUAL_FUNCTION).neverPassed(Stage.VIRTUAL_SWITCH);
 * }</pre>
 */
public enum Stage {
  /** The test's own station on the network. */
  STATION,
  /** A cable. */
  WIRE,
  /** The switch outside the host. */
  EXTERNAL_SWITCH,
  /** What joins the blades of a chassis. */
  INTERCONNECT,
  /** A router. */
  ROUTER,
  /** A physical NIC. */
  PNIC,
  /** A hardware receive ring. */
  RECEIVE_RING,
  /** A hardware receive ring for what is contained, which the host does not drain. */
  STANDBY_RING,
  /** What is kept apart and looked at: a consumer of standby rings. */
  QUARANTINE,
  /** A virtual function of a physical NIC. */
  VIRTUAL_FUNCTION,
  /** A hardware transmit ring. */
  TRANSMIT_RING,
  /** A software ring, which pulls from one hardware receive ring and classifies. */
  SOFTWARE_RING,
  /** The software switch of a host. */
  VIRTUAL_SWITCH,
  /** A virtual NIC. */
  VNIC,
  /** A virtual NIC of a virtual machine that stands for another one of its host. */
  PROXY_VNIC,
  /** A one-way channel of the hypervisor between two virtual machines. */
  CHANNEL,
  /** The queue that holds packets while no NIC is active. */
  HOLD_QUEUE,
  /** The protocol by which the two ends of links agree (LACP). */
  LINK_PROTOCOL,
  /** The network stack of a virtual machine. */
  STACK,
  /** The memory of a monitoring application. */
  USER_MEMORY
}
