// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

/**
 * What all links of one aggregate have in common: both systems with their keys (IEEE 802.1AX-2014,
 * section 6.3.6). Both ends come to the same one, as the lower system stands first.
 */
record AggregateId(long lowSystem, int lowKey, long highSystem, int highKey)
    implements Comparable<AggregateId> {

  static AggregateId of(PortInformation one, PortInformation other) {
    boolean inOrder = Long.compareUnsigned(one.systemId(), other.systemId()) <= 0;
    PortInformation low = inOrder ? one : other;
    PortInformation high = inOrder ? other : one;
    return new AggregateId(low.systemId(), low.key(), high.systemId(), high.key());
  }

  @Override
  public int compareTo(AggregateId other) {
    int order = Long.compareUnsigned(lowSystem, other.lowSystem);
    order = order != 0 ? order : Long.compareUnsigned(highSystem, other.highSystem);
    order = order != 0 ? order : Integer.compare(lowKey, other.lowKey);
    return order != 0 ? order : Integer.compare(highKey, other.highKey);
  }
}
