// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.lacp.LacpSystem;

/**
 * The two ends of the cables of an active/active host that agree by LACP.
 *
 * <pre>{@code
 * host.lacp().host().port("p0").muxState();   // DISTRIBUTING
 * host.lacp().network().port("p0").silence(); // the switch answers no longer
 * System.out.println(host.lacp().host().describe());
 * }</pre>
 *
 * @param host its ports have the names of the NICs
 * @param network the external switch's port group; its ports have the same names
 */
public record LacpEnds(LacpSystem host, LacpSystem network) {}
