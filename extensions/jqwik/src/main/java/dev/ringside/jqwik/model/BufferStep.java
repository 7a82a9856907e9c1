// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

/**
 * One thing that happens to the transmit buffers of a host.
 *
 * <pre>{@code
 * new BufferStep(BufferStep.What.REQUEST, "web", 0, BufferRule.NEAR_APP)
 * }</pre>
 *
 * @param what it is
 * @param application who does it; of no meaning to some
 * @param number of the buffer among those the application has, of the waiter, the node or the NIC;
 *     taken modulo how many there are
 * @param rule the new policy; of no meaning to most
 */
public record BufferStep(What what, String application, int number, BufferRule rule) {

  /**
   * What can happen.
   *
   * <pre>{@code
   * BufferStep.What.REQUEST
   * }</pre>
   */
  public enum What {
    /** An application asks for a buffer, and waits if there is none. */
    REQUEST,
    /** An application takes a buffer if there is one. */
    TRY,
    /** An application gives a buffer back. */
    RELEASE,
    /** A NIC begins to read a buffer. */
    BEGIN_DMA,
    /** A NIC has read a buffer. */
    COMPLETE_DMA,
    /** A request that waits is taken back. */
    CANCEL,
    /** An application moves to another node. */
    MOVE,
    /** Another policy chooses from now on. */
    POLICY,
    /** A NIC fails. */
    FAIL_NIC,
    /** A NIC is repaired. */
    REPAIR_NIC,
    /** A node gets another buffer. */
    PLUG_IN,
    /** An application ends. */
    END
  }

  @Override
  public String toString() {
    return switch (what) {
      case REQUEST -> application + " requests";
      case TRY -> application + " tries";
      case RELEASE -> application + " releases " + number;
      case BEGIN_DMA -> "DMA of " + number + " of " + application + " begins";
      case COMPLETE_DMA -> "DMA of " + number + " of " + application + " is complete";
      case CANCEL -> "cancel " + number;
      case MOVE -> application + " moves to " + number;
      case POLICY -> "policy " + rule;
      case FAIL_NIC -> "NIC " + number + " fails";
      case REPAIR_NIC -> "NIC " + number + " is repaired";
      case PLUG_IN -> "a buffer is plugged into " + number;
      case END -> application + " ends";
    };
  }
}
