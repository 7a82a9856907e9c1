// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.packet.Endpoint;
import dev.ringside.stack.Inbox;
import dev.ringside.wire.Station;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about what the test's own station has received.
 *
 * <pre>{@code
 * assertThat(lab.wire()).received(icmp()).andNothingElse();
 * }</pre>
 */
public class StationAssert extends AbstractReceiverAssert<StationAssert, Station> {

  /** Assertions about this one. */
  public StationAssert(@Nullable Station actual) {
    super(actual, StationAssert.class);
  }

  @Override
  protected Inbox inbox() {
    return actual.inbox();
  }

  @Override
  protected String subject() {
    return "station " + actual.name();
  }

  @Override
  protected Endpoint endpoint() {
    return actual;
  }
}
