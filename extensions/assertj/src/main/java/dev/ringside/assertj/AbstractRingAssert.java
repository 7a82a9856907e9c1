// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHold;
import dev.ringside.ring.RingMode;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a ring that somebody drains.
 *
 * <pre>{@code
 * assertThat(nic.receiveRing(3)).isInMode(RingMode.POLL).has(5).dropped(0);
 * assertThat(host.vnic("web").receiveRing()).isEmpty().received(5);
 * }</pre>
 *
 * @param <SELF> the type of the assertions themselves
 * @param <ACTUAL> the type of the ring
 */
public abstract class AbstractRingAssert<SELF extends AbstractRingAssert<SELF, ACTUAL>, ACTUAL>
    extends AbstractRingsideAssert<SELF, ACTUAL> {

  /** Assertions about this ring. */
  protected AbstractRingAssert(@Nullable ACTUAL actual, Class<?> selfType) {
    super(actual, selfType);
  }

  /** What the devices of its lab share. */
  protected abstract World world();

  /** Its name. */
  protected abstract String name();

  /** How many packets are in it. */
  protected abstract int size();

  /** How many packets it can hold. */
  protected abstract int capacity();

  /** Interrupt or poll. */
  protected abstract RingMode mode();

  /** How many packets it has taken. */
  protected abstract long taken();

  /** How many packets it has refused because it was full. */
  protected abstract long refused();

  @Override
  protected abstract String subject();

  @Override
  protected Evidence evidence() {
    return Evidence.of(world());
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
  public SELF isEmpty() {
    return verify(
        () ->
            size() == 0 ? null : new ShouldHold(subject(), "nothing", size(), actual, evidence()));
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
  public SELF isFull() {
    return verify(
        () ->
            size() == capacity()
                ? null
                : new ShouldHold(
                    subject(),
                    "as much as it can, " + capacity() + " packets",
                    size(),
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
  public SELF has(int packets) {
    return verify(
        () ->
            size() == packets
                ? null
                : new ShouldHold(
                    subject(),
                    packets + (packets == 1 ? " packet" : " packets"),
                    size(),
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
  public SELF isInMode(RingMode mode) {
    return verify(
        () ->
            mode() == mode
                ? null
                : new ShouldBe(
                    subject(), "in mode " + mode, "in mode " + mode(), evidence(), name()));
  }

  /**
   * That it has taken so many packets.
   *
   * <pre>{@code
   * assertThat(ring).received(3); // passes
   * assertThat(ring).received(4); // fails
   * }</pre>
   */
  public SELF received(long packets) {
    return verifyCount("received", packets, this::taken);
  }

  /**
   * That it has refused so many packets because it was full.
   *
   * <pre>{@code
   * assertThat(ring).dropped(0); // passes
   * assertThat(ring).dropped(1); // fails
   * }</pre>
   */
  public SELF dropped(long packets) {
    return verifyCount("dropped", packets, this::refused);
  }
}
