// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.trace.Account;
import dev.ringside.virt.SoftwareRing;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a software ring.
 *
 * <pre>{@code
 * assertThat(host.steering().softwareRing("p0", 1)).handedOn(10).droppedNothing();
 * }</pre>
 */
public class SoftwareRingAssert extends AbstractDropperAssert<SoftwareRingAssert, SoftwareRing> {

  /** Assertions about this one. */
  public SoftwareRingAssert(@Nullable SoftwareRing actual) {
    super(actual, SoftwareRingAssert.class);
  }

  @Override
  protected Account account() {
    return actual.account();
  }

  @Override
  protected String subject() {
    return "software ring " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  /**
   * That it has pulled so many packets out of the hardware receive ring.
   *
   * <pre>{@code
   * assertThat(ring).pulled(3); // passes
   * assertThat(ring).pulled(4); // fails
   * }</pre>
   */
  public SoftwareRingAssert pulled(long packets) {
    return verifyCount("pulled", packets, () -> actual.account().received());
  }

  /**
   * That it has handed so many packets on, to software receive rings or to the virtual switch.
   *
   * <pre>{@code
   * assertThat(ring).handedOn(3); // passes
   * assertThat(ring).handedOn(4); // fails
   * }</pre>
   */
  public SoftwareRingAssert handedOn(long packets) {
    return verifyCount("handed on", packets, () -> actual.account().sent());
  }
}
