// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/** An endpoint that is nothing but its addresses. */
record Addresses(String name, MacAddress mac, Ipv4Address ipv4, Ipv6Address ipv6)
    implements Endpoint {}
