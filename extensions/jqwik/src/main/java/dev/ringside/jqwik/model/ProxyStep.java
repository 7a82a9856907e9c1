// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

/**
 * Something that happens to virtual machines that reach each other by proxies.
 *
 * <pre>{@code
 * new ProxyStep(ProxyStep.What.SEND, 0, 1, 3); // the first one sends three packets to the second
 * }</pre>
 *
 * @param what happens
 * @param from who does it, or the sending end of a channel; by number, from 0
 * @param to whom it concerns, or the receiving end of a channel
 * @param amount how much of it
 */
public record ProxyStep(What what, int from, int to, int amount) {

  /**
   * What can happen.
   *
   * <pre>{@code
   * ProxyStep.What.PAUSE
   * }</pre>
   */
  public enum What {
    /** So many packets are sent to one other. */
    SEND,
    /** One packet is sent to all others. */
    BROADCAST,
    /** The inbox gives so many packets' memory back. */
    RELEASE,
    /** It stops taking packets. */
    PAUSE,
    /** It takes packets again. */
    RESUME,
    /** The channel keeps packets until it is polled. */
    HOLD,
    /** The channel keeps packets no longer. */
    LET_GO,
    /** So many packets are polled from the channel. */
    POLL,
    /** The channel holds so many packets from now on. */
    CAPACITY,
    /** The channel drops what it has no room for. */
    DROP,
    /** Senders wait for room in the channel. */
    WAIT,
    /** An announcement to {@code from} of {@code to} is lost. */
    LOSE,
    /** An announcement to {@code from} of {@code to} is repeated. */
    REPEAT,
    /** A virtual machine ends. */
    LEAVE,
    /** A virtual machine that has ended starts anew, with its former addresses. */
    COME
  }

  @Override
  public String toString() {
    return what + " " + from + ">" + to + " " + amount;
  }
}
