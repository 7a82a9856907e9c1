// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import java.util.Set;

/**
 * The part of a hop that went by one protocol over one set of media.
 *
 * <pre>{@code
 * Stretch first = transfer.hops().get(0).stretches().get(0);
 * first.protocol(); // RDMA
 * first.units();    // 16
 * }</pre>
 */
public final class Stretch {

  private final Protocol protocol;
  private final Set<Media> media;
  private final long version;
  private final String why;
  private final int from;
  private int unitBytes;
  private long units;
  private long unitsAgain;
  private int largestUnit;

  Stretch(Protocol protocol, Set<Media> media, long version, String why, int from) {
    this.protocol = protocol;
    this.media = media;
    this.version = version;
    this.why = why;
    this.from = from;
  }

  /** How its bytes went. */
  public Protocol protocol() {
    return protocol;
  }

  /** What they crossed, as the tables said. */
  public Set<Media> media() {
    return media;
  }

  /** The version of the topology that it was chosen for. */
  public long version() {
    return version;
  }

  /** Why this protocol: chosen by the policy, or what it fell back from. */
  public String why() {
    return why;
  }

  /** The first byte of the message that it was to carry. */
  public int from() {
    return from;
  }

  /** How many units were begun, each counted once. */
  public long units() {
    return units;
  }

  /** How many units were sent again. */
  public long unitsAgain() {
    return unitsAgain;
  }

  /** The most bytes that a unit may have. */
  public int unitBytes() {
    return unitBytes;
  }

  /** The most bytes that a unit had. */
  public int largestUnit() {
    return largestUnit;
  }

  void limit(int bytes) {
    unitBytes = bytes;
  }

  void count(int bytes, boolean again) {
    if (again) {
      unitsAgain++;
    } else {
      units++;
    }
    largestUnit = Math.max(largestUnit, bytes);
  }

  /** Such as {@code RDMA over [CHASSIS_INTERCONNECT] from byte 0: 16 units}. */
  @Override
  public String toString() {
    return protocol
        + " over "
        + media
        + " from byte "
        + from
        + ": "
        + units
        + (units == 1 ? " unit" : " units")
        + (unitsAgain == 0 ? "" : ", " + unitsAgain + " sent again")
        + (why.isEmpty() ? "" : " (" + why + ")");
  }
}
