// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/**
 * The two ends of links agree which of them carry traffic (LACP, IEEE 802.1AX-2014, section 6).
 *
 * <pre>
 *   LACPDU --&gt; receive machine --&gt; selection --&gt; mux machine --&gt; may carry traffic
 *                    `-- periodic machine, churn detection, transmit --&gt; LACPDU
 * </pre>
 *
 * <p>Both ends are the same code. It knows neither NICs nor switches, only a {@link
 * dev.ringside.lacp.LacpLine} for each link; {@code host} wires them.
 */
@NullMarked
package dev.ringside.lacp;

import org.jspecify.annotations.NullMarked;
