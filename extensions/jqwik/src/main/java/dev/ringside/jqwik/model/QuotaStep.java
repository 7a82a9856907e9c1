// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

/**
 * One thing that happens to a virtual machine with a quota.
 *
 * <pre>{@code
 * new QuotaStep(QuotaStep.What.SEND, 1_442)
 * }</pre>
 *
 * @param what it is
 * @param amount bytes or packets; of no meaning to some
 */
public record QuotaStep(What what, int amount) {

  /**
   * What can happen.
   *
   * <pre>{@code
   * QuotaStep.What.FAIL_OVER
   * }</pre>
   */
  public enum What {
    /** A packet comes whose frame has so many bytes. */
    SEND,
    /** The machine is done with so many of the oldest packets. */
    RELEASE,
    /** Somebody asks for a block of so many bytes. */
    REQUEST,
    /** The oldest block is given back. */
    RELEASE_BLOCK,
    /** What waits at the front is taken back. */
    CANCEL,
    /** The limit is so many bytes from now on. */
    LIMIT,
    /** The active card fails and is repaired when the other one has taken over. */
    FAIL_OVER
  }

  @Override
  public String toString() {
    return switch (what) {
      case SEND -> "send " + amount + " bytes";
      case RELEASE -> "release " + amount;
      case REQUEST -> "request " + amount + " bytes";
      case RELEASE_BLOCK -> "release a block";
      case CANCEL -> "cancel";
      case LIMIT -> "limit " + amount;
      case FAIL_OVER -> "fail over";
    };
  }
}
