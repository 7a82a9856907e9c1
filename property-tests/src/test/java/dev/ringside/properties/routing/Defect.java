// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.routing;

/** What can be wrong with a router: in its table, or in what it does to packets. */
enum Defect {
  NONE,
  /** It is told prefixes that are too short, so that they take what is for others. */
  PREFIX_TOO_SHORT,
  /** A route that was taken out stays. */
  ROUTE_STAYS,
  /** Only host routes and subnets count. */
  ROUTE_IGNORED,
  /** The time to live stays as it was. */
  HOPS_UNTOUCHED,
  /** Two hops are taken off. */
  HOPS_TWICE,
  /** The header checksum stays as it was. */
  CHECKSUM_STALE,
  /** The sender's address is replaced by another one. */
  SOURCE_REPLACED,
  /** A byte of the payload changes. */
  PAYLOAD_CHANGED,
  /** ICMP errors get lost. */
  ERRORS_LOST,
  /** ICMP errors have another code. */
  ERRORS_OF_OTHER_CODE,
  /** ICMP errors come twice. */
  ERRORS_TWICE,
  /** The MTU of a port is not looked at. */
  MTU_IGNORED,
  /** Only the first fragment gets through. */
  FRAGMENTS_LOST
}
