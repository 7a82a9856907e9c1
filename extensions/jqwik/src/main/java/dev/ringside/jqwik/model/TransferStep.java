// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

/**
 * Something that happens to transfers, or to those that take part in them.
 *
 * <pre>{@code
 * new TransferStep(TransferStep.What.START, 0, 2, 5_000); // the first sends 5,000 bytes to the third
 * }</pre>
 *
 * @param what happens
 * @param one a node, a transfer or a chassis; by number, from 0
 * @param other another node, or a blade
 * @param amount how much of it
 */
public record TransferStep(What what, int one, int other, int amount) {

  /**
   * What can happen.
   *
   * <pre>{@code
   * TransferStep.What.MOVE
   * }</pre>
   */
  public enum What {
    /** A message of so many bytes is sent, of which no unit may begin yet. */
    START,
    /** So many more units of a transfer may begin. */
    ALLOW,
    /** A virtual machine moves to a blade. */
    MOVE,
    /** The interconnect of a chassis fails. */
    FAIL,
    /** It works again. */
    REPAIR,
    /** A node posts so many buffers. */
    POST,
    /** A node takes its buffers back, and posts none again by itself. */
    HOLD,
    /** A node posts its buffers again by itself. */
    REPOST,
    /** A node takes no transfers any more. */
    CLOSE,
    /** A node takes transfers again. */
    OPEN,
    /** Time passes, longer than anybody waits for a buffer. */
    WAIT
  }

  @Override
  public String toString() {
    return what + " " + one + " " + other + " " + amount;
  }
}
