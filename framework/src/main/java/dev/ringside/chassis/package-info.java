// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
/**
 * Blades in a chassis: hosts that an interconnect joins, with one network interface that they
 * share.
 *
 * <pre>
 *   blade b1 (p0) --+
 *                   +-- interconnect, which asks the switching table -- shared NIC ni0 -- network
 *   blade b2 (p0) --+
 * </pre>
 */
@NullMarked
package dev.ringside.chassis;

import org.jspecify.annotations.NullMarked;
