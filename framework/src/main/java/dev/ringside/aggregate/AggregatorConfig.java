// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import java.time.Duration;

/**
 * How a {@link LinkAggregator} behaves.
 *
 * <pre>{@code
 * AggregatorConfig.DEFAULT.withDownDelay(Duration.ofMillis(200)).withAnnouncements(3);
 * }</pre>
 *
 * @param policy who takes over
 * @param inFlight what becomes of unsent packets
 * @param holdCapacity how many packets are held while no NIC is active; 0 drops them
 * @param downDelay how long a link must be down to count as failed
 * @param upDelay how long a link must be up to count as healthy
 * @param stepDelay how long each step of a failover takes
 * @param announcements how many times each guest's addresses are announced after a failover
 * @param announcementInterval the time between them
 */
public record AggregatorConfig(
    FailoverPolicy policy,
    InFlight inFlight,
    int holdCapacity,
    Duration downDelay,
    Duration upDelay,
    Duration stepDelay,
    int announcements,
    Duration announcementInterval) {

  /** First healthy, resend, hold 256 packets, no delays, one announcement (as Linux bonding). */
  public static final AggregatorConfig DEFAULT =
      new AggregatorConfig(
          FailoverPolicies.firstHealthy(),
          InFlight.RESEND,
          256,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          1,
          Duration.ofMillis(200));

  /** Checks that nothing is negative. */
  public AggregatorConfig {
    if (holdCapacity < 0 || announcements < 0) {
      throw new IllegalArgumentException(
          "hold capacity "
              + holdCapacity
              + " and announcements "
              + announcements
              + " must not be negative");
    }
    checkNotNegative("down delay", downDelay);
    checkNotNegative("up delay", upDelay);
    checkNotNegative("step delay", stepDelay);
    checkNotNegative("announcement interval", announcementInterval);
  }

  private static void checkNotNegative(String what, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(what + " " + duration + " must not be negative");
    }
  }

  /** The same with another policy. */
  public AggregatorConfig withPolicy(FailoverPolicy newPolicy) {
    return new AggregatorConfig(
        newPolicy,
        inFlight,
        holdCapacity,
        downDelay,
        upDelay,
        stepDelay,
        announcements,
        announcementInterval);
  }

  /** The same with another fate of unsent packets. */
  public AggregatorConfig withInFlight(InFlight newInFlight) {
    return new AggregatorConfig(
        policy,
        newInFlight,
        holdCapacity,
        downDelay,
        upDelay,
        stepDelay,
        announcements,
        announcementInterval);
  }

  /** The same with another hold queue. */
  public AggregatorConfig withHoldCapacity(int packets) {
    return new AggregatorConfig(
        policy,
        inFlight,
        packets,
        downDelay,
        upDelay,
        stepDelay,
        announcements,
        announcementInterval);
  }

  /** The same with another down delay. */
  public AggregatorConfig withDownDelay(Duration delay) {
    return new AggregatorConfig(
        policy,
        inFlight,
        holdCapacity,
        delay,
        upDelay,
        stepDelay,
        announcements,
        announcementInterval);
  }

  /** The same with another up delay. */
  public AggregatorConfig withUpDelay(Duration delay) {
    return new AggregatorConfig(
        policy,
        inFlight,
        holdCapacity,
        downDelay,
        delay,
        stepDelay,
        announcements,
        announcementInterval);
  }

  /** The same with another time for each step. */
  public AggregatorConfig withStepDelay(Duration delay) {
    return new AggregatorConfig(
        policy,
        inFlight,
        holdCapacity,
        downDelay,
        upDelay,
        delay,
        announcements,
        announcementInterval);
  }

  /** The same with another number of announcements. */
  public AggregatorConfig withAnnouncements(int times) {
    return new AggregatorConfig(
        policy, inFlight, holdCapacity, downDelay, upDelay, stepDelay, times, announcementInterval);
  }

  /** The same with another time between two announcements. */
  public AggregatorConfig withAnnouncementInterval(Duration interval) {
    return new AggregatorConfig(
        policy, inFlight, holdCapacity, downDelay, upDelay, stepDelay, announcements, interval);
  }
}
