// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.jqwik.Attack;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happens to a host that is attacked.
 *
 * <pre>{@code
 * new SteeringStep(SteeringStep.What.SEND, Attack.SYN_FLOOD, 17)
 * }</pre>
 *
 * @param what it is
 * @param attack which attack it is about; null: none, a good packet
 * @param number makes a packet differ from others of its kind; of no meaning to others
 */
public record SteeringStep(What what, @Nullable Attack attack, int number) {

  /**
   * What can happen.
   *
   * <pre>{@code
   * SteeringStep.What.FAIL_OVER
   * }</pre>
   */
  public enum What {
    /** A packet comes. */
    SEND,
    /** An attack is contained. */
    CONTAIN,
    /** It is not contained any longer. */
    REMOVE,
    /** What was contained of it is thrown away. */
    DISCARD,
    /** The active card fails and is repaired when the other one has taken over. */
    FAIL_OVER
  }

  @Override
  public String toString() {
    return switch (what) {
      case SEND -> "send " + (attack == null ? "good packet" : attack) + " " + number;
      case CONTAIN -> "contain " + attack;
      case REMOVE -> "remove " + attack;
      case DISCARD -> "discard " + attack;
      case FAIL_OVER -> "fail over";
    };
  }
}
