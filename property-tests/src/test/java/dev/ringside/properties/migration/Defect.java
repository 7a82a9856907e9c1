// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.migration;

/** What can be wrong after a move, so that each law can be seen to find it. */
enum Defect {
  NONE,
  /** The switching table points to another blade. */
  TABLE_WRONG,
  /** The router has an address that a virtual machine has. */
  ADDRESS_OF_STATION,
  /** The router has an address of another network. */
  ADDRESS_OUTSIDE,
  /** The virtual machines of the target know no way out of their subnets. */
  ROUTES_LOST,
  /** The virtual machine does not run on. */
  NOT_RESUMED,
  /** One that has nothing to do with it is led astray. */
  OTHER_LED_ASTRAY,
  /** It has another virtual NIC, with another MAC address. */
  OTHER_MAC,
  /** It is on the source still, as well. */
  TWICE,
  /** One whose migration was undone stands still. */
  UNDONE_BY_HALF
}
