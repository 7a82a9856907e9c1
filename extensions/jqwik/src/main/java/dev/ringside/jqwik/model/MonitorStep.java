// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

/**
 * One thing that happens to a monitor.
 *
 * <pre>{@code
 * new MonitorStep(MonitorStep.What.POLL, 3)
 * }</pre>
 *
 * @param what it is
 * @param amount how many packets; of no meaning to some
 */
public record MonitorStep(What what, int amount) {

  /**
   * What can happen.
   *
   * <pre>{@code
   * MonitorStep.What.DIE
   * }</pre>
   */
  public enum What {
    /** Packets come that it watches. */
    SEND_WATCHED,
    /** Packets come that it does not watch. */
    SEND_OTHERS,
    /** The application takes a batch. */
    POLL,
    /** The application releases the oldest packets, which end. */
    CONSUME,
    /** The application releases the oldest packets, which go on. */
    REINJECT,
    /** The application releases the oldest packets, which it refuses. */
    BLOCK,
    /** The rule is taken away. */
    STOP,
    /** The application crashes. */
    DIE,
    /** The second card fails. */
    FAR_CARD_FAILS,
    /** The second card is repaired. */
    FAR_CARD_IS_REPAIRED
  }

  @Override
  public String toString() {
    return switch (what) {
      case SEND_WATCHED -> "send " + amount + " watched";
      case SEND_OTHERS -> "send " + amount + " others";
      case POLL -> "poll " + amount;
      case CONSUME -> "consume " + amount;
      case REINJECT -> "reinject " + amount;
      case BLOCK -> "block " + amount;
      case STOP -> "stop";
      case DIE -> "die";
      case FAR_CARD_FAILS -> "far card fails";
      case FAR_CARD_IS_REPAIRED -> "far card is repaired";
    };
  }
}
