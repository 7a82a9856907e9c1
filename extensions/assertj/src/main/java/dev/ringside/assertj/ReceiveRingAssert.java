// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHold;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.ring.RingMode;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a hardware receive ring.
 *
 * <pre>{@code
 * assertThat(nic.receiveRing(3)).isInMode(RingMode.POLL).has(5).dropped(0);
 * }</pre>
 */
public class ReceiveRingAssert extends AbstractRingsideAssert<ReceiveRingAssert, ReceiveRing> {

  /** Assertions about this one. */
  public ReceiveRingAssert(@Nullable ReceiveRing actual) {
    super(actual, ReceiveRingAssert.class);
  }

  @Override
  protected String subject() {
    return "receive ring " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  /**
   * That nothing is in it.
   *
   * <pre>{@code
   * assertThat(ring).isEmpty(); // passes
   * // polled, and a packet came
   * assertThat(ring).isEmpty(); // fails
   * }</pre>
   */
  public ReceiveRingAssert isEmpty() {
    return verify(
        () ->
            actual.size() == 0
                ? null
                : new ShouldHold(subject(), "nothing", actual.size(), actual, evidence()));
  }

  /**
   * That every slot is in use.
   *
   * <pre>{@code
   * assertThat(ring).isFull(); // passes
   * ring.poll(1);
   * assertThat(ring).isFull(); // fails
   * }</pre>
   */
  public ReceiveRingAssert isFull() {
    return verify(
        () ->
            actual.size() == actual.capacity()
                ? null
                : new ShouldHold(
                    subject(),
                    "as much as it can, " + actual.capacity() + " packets",
                    actual.size(),
                    actual,
                    evidence()));
  }

  /**
   * That so many packets are in it.
   *
   * <pre>{@code
   * assertThat(ring).has(5); // passes
   * assertThat(ring).has(6); // fails
   * }</pre>
   */
  public ReceiveRingAssert has(int packets) {
    return verify(
        () ->
            actual.size() == packets
                ? null
                : new ShouldHold(
                    subject(),
                    packets + (packets == 1 ? " packet" : " packets"),
                    actual.size(),
                    actual,
                    evidence()));
  }

  /**
   * That its consumer learns of packets in this way.
   *
   * <pre>{@code
   * assertThat(ring).isInMode(RingMode.INTERRUPT); // passes
   * assertThat(ring).isInMode(RingMode.POLL); // fails
   * }</pre>
   */
  public ReceiveRingAssert isInMode(RingMode mode) {
    return verify(
        () ->
            actual.mode() == mode
                ? null
                : new ShouldBe(
                    subject(),
                    "in mode " + mode,
                    "in mode " + actual.mode(),
                    evidence(),
                    actual.name()));
  }

  /**
   * That it has taken so many packets.
   *
   * <pre>{@code
   * assertThat(ring).received(3); // passes
   * assertThat(ring).received(4); // fails
   * }</pre>
   */
  public ReceiveRingAssert received(long packets) {
    return verifyCount("received", packets, () -> actual.received());
  }

  /**
   * That it has refused so many packets because it was full.
   *
   * <pre>{@code
   * assertThat(ring).dropped(0); // passes
   * assertThat(ring).dropped(1); // fails
   * }</pre>
   */
  public ReceiveRingAssert dropped(long packets) {
    return verifyCount("dropped", packets, () -> actual.droppedFull());
  }

  /**
   * That it has raised so many interrupts.
   *
   * <pre>{@code
   * assertThat(ring).raisedInterrupts(1); // passes
   * assertThat(ring).raisedInterrupts(2); // fails
   * }</pre>
   */
  public ReceiveRingAssert raisedInterrupts(long number) {
    return verifyCount("raised", number, "interrupt", () -> actual.interrupts());
  }
}
