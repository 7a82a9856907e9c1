// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.memory.TransmitBufferPolicies;
import dev.ringside.memory.TransmitBufferPolicy;
import dev.ringside.time.Ratio;

/**
 * The policies of the framework with what they cost, written down once more.
 *
 * <pre>{@code
 * BufferRule.NEAR_APP.cost(20, 31); // 20
 * }</pre>
 */
public enum BufferRule {
  /** Near the application. */
  NEAR_APP,
  /** Near the NIC. */
  NEAR_NIC,
  /** Both distances count the same. */
  JOINT,
  /** A quarter for the application's distance, three for the NIC's. */
  ONE_QUARTER,
  /** All for the application's distance. */
  ALL_FOR_APP,
  /** All for the NIC's distance. */
  ALL_FOR_NIC,
  /** No distance counts. */
  SPREAD,
  /** Near the application, or not at all. */
  STRICT_LOCAL;

  /** The policy of the framework. */
  public TransmitBufferPolicy policy() {
    return switch (this) {
      case NEAR_APP -> TransmitBufferPolicies.nearApp();
      case NEAR_NIC -> TransmitBufferPolicies.nearNic();
      case JOINT -> TransmitBufferPolicies.joint();
      case ONE_QUARTER -> TransmitBufferPolicies.balanced(Ratio.of(1, 4));
      case ALL_FOR_APP -> TransmitBufferPolicies.balanced(Ratio.of(1, 1));
      case ALL_FOR_NIC -> TransmitBufferPolicies.balanced(Ratio.of(0, 1));
      case SPREAD -> TransmitBufferPolicies.spread();
      case STRICT_LOCAL -> TransmitBufferPolicies.strictLocal();
    };
  }

  /** What a buffer costs, by its distance from the application and the NIC's from it. */
  public int cost(int fromApplication, int toNic) {
    return switch (this) {
      case NEAR_APP, ALL_FOR_APP, STRICT_LOCAL -> fromApplication;
      case NEAR_NIC, ALL_FOR_NIC -> toNic;
      case JOINT -> fromApplication + toNic;
      case ONE_QUARTER -> fromApplication + 3 * toNic;
      case SPREAD -> 0;
    };
  }

  /** What counts where the cost is the same. */
  public int tie(int fromApplication, int toNic) {
    return switch (this) {
      case NEAR_APP, ALL_FOR_APP, STRICT_LOCAL -> toNic;
      case NEAR_NIC, ALL_FOR_NIC -> fromApplication;
      case JOINT, ONE_QUARTER, SPREAD -> 0;
    };
  }
}
