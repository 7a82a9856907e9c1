// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

/**
 * How a virtual machine finds the virtual router of the host that it has come to.
 *
 * <pre>{@code
 * lab.migrate(web).addresses(AddressMode.NEW_ADDRESS).to(blade2);
 * }</pre>
 */
public enum AddressMode {
  /**
   * The router answers for the gateway that the virtual machine is set to, which is not on this
   * segment: nothing changes in the virtual machine. Where the gateway can be reached from the
   * target, taking over its address would cut off others, so it is {@link #NEW_ADDRESS} there.
   */
  TAKEOVER,
  /** The virtual machine gets routes by an address that the router has of its own. */
  NEW_ADDRESS
}
