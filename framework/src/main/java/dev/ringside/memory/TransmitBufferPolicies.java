// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.time.Ratio;

/**
 * The policies that come with the framework. The cost of a buffer b and a NIC k to an application a
 * is made of two distances: d(a, b), over which the application copies, and d(b, k), over which the
 * NIC reads. Where two places cost the same, the one with most free buffers is taken, then the
 * lowest node, and of its buffers the lowest.
 *
 * <pre>{@code
 * host.transmitBuffers().policy(TransmitBufferPolicies.balanced(Ratio.of(3, 4)));
 * }</pre>
 */
public final class TransmitBufferPolicies {

  /** The largest denominator of a weight. */
  public static final long MAX_WEIGHT = 1_000_000_000_000L;

  private static final TransmitBufferPolicy NEAR_APP =
      new CostPolicy("near app", 1, 0).thenBy(0, 1);
  private static final TransmitBufferPolicy NEAR_NIC =
      new CostPolicy("near NIC", 0, 1).thenBy(1, 0);
  private static final TransmitBufferPolicy JOINT = new CostPolicy("joint", 1, 1);
  private static final TransmitBufferPolicy SPREAD = new CostPolicy("spread", 0, 0);
  private static final TransmitBufferPolicy STRICT_LOCAL =
      new CostPolicy("strict local", 1, 0).thenBy(0, 1).localOnly();

  private TransmitBufferPolicies() {}

  /** Least d(a, b), then least d(b, k): suits those who copy much. The default. */
  public static TransmitBufferPolicy nearApp() {
    return NEAR_APP;
  }

  /** Least d(b, k), then least d(a, b): suits those whom the card's reading keeps waiting. */
  public static TransmitBufferPolicy nearNic() {
    return NEAR_NIC;
  }

  /**
   * Least w * d(a, b) + (1 - w) * d(b, k). With 1 it is {@link #nearApp}, with 0 {@link #nearNic}.
   *
   * @throws IllegalArgumentException if the denominator is above {@link #MAX_WEIGHT}
   */
  public static TransmitBufferPolicy balanced(Ratio weight) {
    if (weight.denominator() > MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "weight " + weight + " has a denominator above " + MAX_WEIGHT + "; use a coarser one");
    }
    long ofApplication = weight.numerator();
    long ofNic = weight.denominator() - ofApplication;
    CostPolicy policy = new CostPolicy("balanced " + weight, ofApplication, ofNic);
    return ofApplication == 0 ? policy.thenBy(1, 0) : ofNic == 0 ? policy.thenBy(0, 1) : policy;
  }

  /** Least d(a, b) + d(b, k) over all buffers and all NICs: chooses the NIC with the buffer. */
  public static TransmitBufferPolicy joint() {
    return JOINT;
  }

  /** The node with most free buffers, however far it is. */
  public static TransmitBufferPolicy spread() {
    return SPREAD;
  }

  /**
   * As {@link #nearApp}, but waits for a buffer of the nearest node that has any rather than take
   * one that is farther away.
   */
  public static TransmitBufferPolicy strictLocal() {
    return STRICT_LOCAL;
  }
}
