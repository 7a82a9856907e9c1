// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.ShouldHold;
import dev.ringside.nic.StandbyRing;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a standby ring, packet by packet: what it has received is what it holds.
 *
 * <pre>{@code
 * assertThat(host.pnic("p0").standbyRing()).received(tcp().syn()).andNothingElse();
 * }</pre>
 */
public class StandbyRingAssert extends AbstractReceiverAssert<StandbyRingAssert, StandbyRing> {

  /** Assertions about this one. */
  public StandbyRingAssert(@Nullable StandbyRing actual) {
    super(actual, StandbyRingAssert.class);
  }

  @Override
  protected List<Packet> packets() {
    return actual.packets();
  }

  @Override
  protected World world() {
    return actual.world();
  }

  @Override
  protected String subject() {
    return "standby ring " + actual.name();
  }

  @Override
  protected @Nullable Endpoint endpoint() {
    return null;
  }

  /**
   * That every slot is in use, so that what comes now is counted only.
   *
   * <pre>{@code
   * assertThat(ring).isFull(); // passes
   * flood.remove();
   * assertThat(ring).isFull(); // fails
   * }</pre>
   */
  public StandbyRingAssert isFull() {
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
   * That so many packets found it full.
   *
   * <pre>{@code
   * assertThat(ring).dropped(1_488); // passes
   * assertThat(ring).dropped(0); // fails
   * }</pre>
   */
  public StandbyRingAssert dropped(long packets) {
    return verifyCount("dropped", packets, () -> actual.droppedFull());
  }
}
