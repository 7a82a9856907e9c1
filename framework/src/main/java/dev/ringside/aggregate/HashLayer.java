// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

/**
 * Which headers a hash of {@link PortSelectionPolicies#hash} looks at.
 *
 * <pre>{@code
 * PortSelectionPolicies.hash(HashLayer.L3, HashLayer.L4)
 * }</pre>
 */
public enum HashLayer {
  /** The two MAC addresses. */
  L2,
  /** The two IP addresses. */
  L3,
  /** The two ports of UDP or TCP; fragments have none. */
  L4
}
