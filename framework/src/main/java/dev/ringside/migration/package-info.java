// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
/**
 * Moves virtual machines between hosts, and keeps those of several subnets on one host in touch.
 *
 * <pre>
 *   CHECK -- PREPARE -- DETACH -- SUSPEND -- COPY --|-- SWITCH -- RESUME -- CLEAN
 *      a failure here undoes all that was done      |   from here on it is completed
 * </pre>
 */
@NullMarked
package dev.ringside.migration;

import org.jspecify.annotations.NullMarked;
