// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import java.util.Set;

/**
 * How bytes get over one hop.
 *
 * <pre>{@code
 * Protocol.RDMA.carriesOver(Set.of(Media.STANDARD_NETWORK)); // false
 * Protocol.LOOPBACK.modelledNanos(1_000_000);                // 50200
 * }</pre>
 */
public enum Protocol {
  /** The whole message is handed over in the memory of one host. */
  LOOPBACK(Media.LOCAL_MEMORY, 200, 50),
  /** Chunks are copied over the interconnect into buffers that the receiver has posted. */
  RDMA(Media.CHASSIS_INTERCONNECT, 2_000, 100),
  /** TCP segments; they get over everything. */
  TCP_IP(Media.STANDARD_NETWORK, 50_000, 800);

  private final Media furthest;
  private final int setUpNanos;
  private final int picosPerByte;

  Protocol(Media furthest, int setUpNanos, int picosPerByte) {
    this.furthest = furthest;
    this.setUpNanos = setUpNanos;
    this.picosPerByte = picosPerByte;
  }

  /** Whether it gets over all of these media, of which there must be one at least. */
  public boolean carriesOver(Set<Media> media) {
    for (Media each : media) {
      if (each.compareTo(furthest) > 0) {
        return false;
      }
    }
    return !media.isEmpty();
  }

  /**
   * What so many bytes cost, in nanoseconds of a model of usual hardware. It is for policies to
   * compare, and takes no time in the lab.
   */
  public long modelledNanos(long bytes) {
    return setUpNanos + bytes / 1_000 * picosPerByte + bytes % 1_000 * picosPerByte / 1_000;
  }
}
