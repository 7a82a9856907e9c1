// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.world;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The lab's time as a {@link Clock}, for code under test that asks one.
 *
 * <pre>{@code
 * Cache cache = new Cache(lab.clock());
 * lab.advance(Duration.ofMinutes(5));
 * }</pre>
 *
 * <p>A lab starts at 1970-01-01T00:00:00Z.
 */
public final class VirtualClock extends Clock {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final World world;
  private final ZoneId zone;

  private VirtualClock(World world, ZoneId zone) {
    this.world = world;
    this.zone = zone;
  }

  /** A clock in UTC. */
  public static Clock of(World world) {
    return new VirtualClock(world, ZoneOffset.UTC);
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId newZone) {
    return new VirtualClock(world, newZone);
  }

  @Override
  public Instant instant() {
    long now;
    synchronized (world) { // never in the middle of an operation
      now = world.now();
    }
    return Instant.ofEpochSecond(now / NANOS_PER_SECOND, now % NANOS_PER_SECOND);
  }
}
