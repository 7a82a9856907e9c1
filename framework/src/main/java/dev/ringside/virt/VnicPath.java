// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

/**
 * Which way a virtual NIC sends.
 *
 * <pre>{@code
 * host.vm("web").vnic().path() == VnicPath.DIRECT
 * }</pre>
 */
public enum VnicPath {
  /** Through a virtual function of the card, past the hypervisor. */
  DIRECT,
  /** Through the hypervisor and the host's virtual switch. */
  SWITCHED,
  /** Not at all: the link is down. */
  DOWN
}
