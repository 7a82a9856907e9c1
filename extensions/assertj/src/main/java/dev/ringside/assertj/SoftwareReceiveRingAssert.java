// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.ring.RingMode;
import dev.ringside.virt.SoftwareReceiveRing;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about the receive ring in software of a virtual NIC.
 *
 * <pre>{@code
 * assertThat(host.vnic("web").receiveRing()).received(10).isEmpty().dropped(0);
 * }</pre>
 */
public class SoftwareReceiveRingAssert
    extends AbstractRingAssert<SoftwareReceiveRingAssert, SoftwareReceiveRing> {

  /** Assertions about this one. */
  public SoftwareReceiveRingAssert(@Nullable SoftwareReceiveRing actual) {
    super(actual, SoftwareReceiveRingAssert.class);
  }

  @Override
  protected World world() {
    return actual.world();
  }

  @Override
  protected String subject() {
    return "software receive ring " + actual.name();
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
}
