// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.wire.Station;
import dev.ringside.world.World;
import java.util.List;
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
  protected List<Packet> packets() {
    return actual.inbox().packets();
  }

  @Override
  protected World world() {
    return actual.inbox().world();
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
