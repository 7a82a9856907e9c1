// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

/**
 * What lies between two nodes of a path.
 *
 * <pre>{@code
 * lab.transfers().media(web, db); // [CHASSIS_INTERCONNECT]
 * }</pre>
 */
public enum Media {
  /** The memory of one host. */
  LOCAL_MEMORY,
  /** The interconnect of a blade chassis. */
  CHASSIS_INTERCONNECT,
  /** The network outside. */
  STANDARD_NETWORK
}
