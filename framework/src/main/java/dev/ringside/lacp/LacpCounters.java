// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

/**
 * How many messages a port has sent and received (IEEE 802.1AX-2014, section 7.3.3).
 *
 * <pre>{@code
 * host.lacp().host().port("p0").counters().illegal(); // 0
 * }</pre>
 *
 * @param sent LACPDUs sent
 * @param received well-formed LACPDUs received
 * @param illegal malformed LACPDUs received
 * @param unknown frames of other slow protocols received
 */
public record LacpCounters(long sent, long received, long illegal, long unknown) {}
