// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.nic.ReceiveRing;
import dev.ringside.ring.RingMode;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a hardware receive ring.
 *
 * <pre>{@code
 * assertThat(nic.receiveRing(3)).isInMode(RingMode.POLL).has(5).dropped(0);
 * }</pre>
 */
public class ReceiveRingAssert extends AbstractRingAssert<ReceiveRingAssert, ReceiveRing> {

  /** Assertions about this one. */
  public ReceiveRingAssert(@Nullable ReceiveRing actual) {
    super(actual, ReceiveRingAssert.class);
  }

  @Override
  protected World world() {
    return actual.world();
  }

  @Override
  protected String subject() {
    return "receive ring " + actual.name();
  }

  @Override
  protected String name() {
    return actual.name();
  }

  @Override
  protected int size() {
    return actual.size();
  }

  @Override
  protected int capacity() {
    return actual.capacity();
  }

  @Override
  protected RingMode mode() {
    return actual.mode();
  }

  @Override
  protected long taken() {
    return actual.received();
  }

  @Override
  protected long refused() {
    return actual.droppedFull();
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
